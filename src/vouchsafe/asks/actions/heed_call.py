from __future__ import annotations

from datetime import datetime

from vouchsafe.asks.models import Purpose
from vouchsafe.core.words import Refusal, Sentence, msg
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.access_calls import application_of
from vouchsafe.plans.actions.nominate_writer import nominate_writer
from vouchsafe.plans.models import Call, Opportunity


class CallAsksConfidence(Refusal):
    code = "call-asks-confidence"
    msgid = msg("“{call}” asks for letters that the applicant gives up reading.")
    hint_msgid = msg("Choose that on the step “May you read the letter?”, or take no part in the call.")


class CallAsksOpen(Refusal):
    code = "call-asks-open"
    msgid = msg("“{call}” asks for letters that the applicant may read.")
    hint_msgid = msg("Leave it at “Yes, once it is sealed”.")


def heed_call(*, by: Account, contact: Contact, opportunity: Opportunity, now: datetime) -> Call | None:
    """Where an opportunity is an applicant's part in a call, whoever is asked for it is nominated, within its rules.

    In the caller's transaction. Writes a nomination where there is none; refuses what `nominate_writer` refuses.
    Returns the call, or nothing.
    """
    application = application_of(opportunity)
    if application is None:
        return None
    nominate_writer(by=by, application=application, contact=contact, now=now)
    return application.call


def demand_call_rules(*, by: Account, purpose: Purpose, now: datetime) -> None:
    """Before an ask can reach its writer: what `heed_call` does, and who may read the letter is as the call wants it."""
    call = heed_call(by=by, contact=purpose.request.contact, opportunity=purpose.opportunity, now=now)
    if call is not None:
        check_choice(call, purpose.confidentiality)


def check_choice(call: Call, choice: str) -> None:
    if call.confidentiality == Call.Confidentiality.REQUIRED and choice != Purpose.Choice.WAIVED:
        raise CallAsksConfidence(call=call.title)
    refuse_waiver(call, choice)


def choice_demanded(opportunity: Opportunity) -> tuple[str, Sentence] | None:
    """Who may read the letter, where a call leaves no choice, and the words that say so."""
    application = application_of(opportunity)
    if application is None:
        return None
    call = application.call
    if call.confidentiality == Call.Confidentiality.REQUIRED:
        return Purpose.Choice.WAIVED, CallAsksConfidence(call=call.title).sentence
    if call.confidentiality == Call.Confidentiality.OPEN:
        return Purpose.Choice.OPEN, CallAsksOpen(call=call.title).sentence
    return None


def refuse_waiver(call: Call, choice: str) -> None:
    if call.confidentiality == Call.Confidentiality.OPEN and choice == Purpose.Choice.WAIVED:
        raise CallAsksOpen(call=call.title)
