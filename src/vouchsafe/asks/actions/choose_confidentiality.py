from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.ask_facts import facts_of, note_after
from vouchsafe.asks.actions.edit_purpose import locked_purpose
from vouchsafe.asks.actions.give_waiver import give_waiver
from vouchsafe.asks.actions.heed_call import check_choice
from vouchsafe.asks.actions.in_order import in_order
from vouchsafe.asks.actions.open_request import NoWaiverHere
from vouchsafe.asks.models import Purpose
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.ledger.keys import new_key
from vouchsafe.people.access import hosts_personally
from vouchsafe.people.models import Account
from vouchsafe.plans.access_calls import application_of

FREE = {"prepared", "asked", "declined", "sealed", "withdrawn"}


class ConfidentialitySettled(Refusal):
    code = "confidentiality-settled"
    msgid = msg("{writer} has said yes, so who may read the letter is settled.")
    hint_msgid = msg("{writer} can give an open letter later; you cannot ask for it by a click.")


@transaction.atomic
def choose_confidentiality(*, by: Account, purpose: Purpose, choice: str, now: datetime) -> Purpose:
    """Choose, before the ask is mailed, whether the applicant may read the letter.

    Giving up the right writes a waiver, which never changes. Thinking better of it therefore sets that
    purpose aside, waiver and all, and begins an equal one that is open: the purpose returned counts from
    now on. Refuses a waiver on a personal host, what the call that it is
    for speaks against, and a change once the mail waits or the writer has said yes.
    """
    row = locked_purpose(purpose)
    if (application := application_of(row.opportunity)) is not None:
        check_choice(application.call, choice)
    if row.confidentiality == choice:
        return row
    if choice == Purpose.Choice.WAIVED and hosts_personally():
        raise NoWaiverHere(writer=row.request.contact.name)
    if stage(row.request) not in FREE:
        raise ConfidentialitySettled(writer=row.request.contact.name)
    before = facts_of(row)
    if choice == Purpose.Choice.WAIVED:
        row.confidentiality = choice
        row.save(update_fields=["confidentiality"])
        give_waiver(by=by, purpose=row, now=now)
    else:
        row.withdrawn_at = in_order(row.request, now)
        row.save(update_fields=["withdrawn_at"])
        row.pk, row.key, row.withdrawn_at, row.confidentiality = None, new_key(), None, choice
        row.save(force_insert=True)
    row.note = note_after(row, before)
    row.save(update_fields=["note"])
    journal.note(
        chain=by.key, verb="confidentiality_chosen", about=row.key, by=by.key, now=now, detail=choice
    )
    return row
