from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.models import Ask
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account


@transaction.atomic
def undo_ask(*, by: Account, ask: Ask, now: datetime) -> None:
    """Take back what was recorded of a word in person. Writes a line; a second undo changes nothing."""
    if Ask.objects.filter(pk=ask.pk, undone_at__isnull=True).update(undone_at=now):
        journal.note(
            chain=by.key, verb="ask_undone", about=ask.contact.key, by=by.key, now=now, detail=ask.key
        )
