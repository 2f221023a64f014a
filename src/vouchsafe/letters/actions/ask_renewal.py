from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.models import Purpose
from vouchsafe.core.stages import LETTER
from vouchsafe.core.words import Refusal, msg
from vouchsafe.letters.access import stage_of
from vouchsafe.letters.actions.begin_successor import ReplacedAlready
from vouchsafe.letters.models import Letter, Renewal, Version
from vouchsafe.letters.succession import successor_of
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account
from vouchsafe.plans.models import Opportunity


class NotWrittenHere(Refusal):
    code = "not-written-here"
    msgid = msg("This letter was not sealed here, so there is nobody’s page to renew it on.")
    hint_msgid = msg("Ask {writer} to confirm it instead.")


class RenewedAsked(Refusal):
    code = "renewal-asked"
    msgid = msg("{writer} is asked for a newer letter already.")
    hint_msgid = msg("The request’s page shows where it stands.")


@transaction.atomic
def ask_renewal(
    *,
    by: Account,
    letter_key: str,
    opportunity: Opportunity,
    shown_on: date | None,
    note: str,
    today: date,
    now: datetime,
) -> Purpose:
    """Ask the writer of a letter in the Safe for a newer one: a new purpose on their request, as confidential as before.

    Writes the purpose (with a new waiver where the old letter was waived) and the renewal; queues nothing,
    `send_ask` mails it. The old letter stands until its successor is sealed. Refuses a letter that was brought, one
    that has a successor, one whose renewal is asked for, and what `open_request` refuses. Never loads a text.
    """
    letter = Letter.objects.of(by).select_related("request__contact").filter(key=letter_key).first()
    if letter is None or Version.objects.filter(letter=letter).exists():
        raise NotHere(letter_key)
    if letter.request is None:
        raise NotWrittenHere(writer=letter.writer_name)
    newer = successor_of(letter)
    if newer is not None:
        raise ReplacedAlready(number=newer.number)
    LETTER.demand("renew", stage_of(letter))
    standing = Renewal.objects.filter(letter=letter, purpose__withdrawn_at__isnull=True)
    if standing.exists():
        raise RenewedAsked(writer=letter.writer_name)
    waived = letter.confidentiality == Letter.Confidentiality.WAIVED
    purpose = open_request(
        by=by,
        contact=letter.request.contact,
        opportunity=opportunity,
        shown_on=shown_on,
        confidentiality=Purpose.Choice.WAIVED if waived else Purpose.Choice.OPEN,
        subject="",
        note=note,
        today=today,
        now=now,
    )
    Renewal.objects.create(purpose=purpose, letter=letter, asked_at=now)
    return purpose
