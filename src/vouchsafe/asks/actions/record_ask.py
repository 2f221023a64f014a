from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from vouchsafe.asks.actions.ask_facts import drafts_to, follow_a_word
from vouchsafe.asks.models import Ask
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import Opportunity


class AskDateNotPossible(Refusal):
    code = "ask-date-not-possible"
    msgid = msg("{date} lies in the future, so nothing can have been said then.")
    hint_msgid = msg("Give the day on which you spoke.")


class MaybeNeedsDate(Refusal):
    code = "maybe-needs-date"
    msgid = msg("A maybe needs the day until which {writer} wants to think.")
    hint_msgid = msg("Choose a day after {date}.")


@transaction.atomic
def record_ask(
    *,
    by: Account,
    contact: Contact,
    opportunity: Opportunity,
    channel: str,
    said: str,
    asked_on: date,
    maybe_until: date | None = None,
    note: str = "",
    today: date,
    now: datetime,
) -> Ask:
    """Record a word in person or on the phone, and what was said: yes, maybe until a date, no, did not meet.

    Writes an ask row and one line, and brings a note that has not left up to date; queues nothing. Refuses a day in the future and a maybe without a later day.
    """
    if asked_on > today:
        raise AskDateNotPossible(date=asked_on)
    if said == Ask.Said.MAYBE and (maybe_until is None or maybe_until <= asked_on):
        raise MaybeNeedsDate(writer=contact.name, date=asked_on)
    drafts = drafts_to(contact, opportunity)
    row = Ask.objects.create(
        contact=contact,
        opportunity=opportunity,
        channel=channel,
        said=said,
        asked_on=asked_on,
        maybe_until=maybe_until if said == Ask.Said.MAYBE else None,
        note=note.strip(),
        recorded_at=now,
    )
    follow_a_word(drafts)
    journal.note(chain=by.key, verb=f"asked_{channel}", about=contact.key, by=by.key, now=now, detail=said)
    return row
