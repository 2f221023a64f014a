from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.actions.ask_facts import drafts_to, follow_a_word
from vouchsafe.asks.models import Ask
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account


@transaction.atomic
def undo_ask(*, by: Account, ask: Ask, now: datetime) -> None:
    """Take back what was recorded of a word in person, and what a note that has not left says of it.

    Writes a line; a second undo changes nothing.
    """
    drafts = drafts_to(ask.contact, ask.opportunity)
    if Ask.objects.filter(pk=ask.pk, undone_at__isnull=True).update(undone_at=now):
        follow_a_word(drafts)
        journal.note(
            chain=by.key, verb="ask_undone", about=ask.contact.key, by=by.key, now=now, detail=ask.key
        )
