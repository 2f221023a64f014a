from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.letters.access_open import quotes
from vouchsafe.letters.models import Quote
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account


@transaction.atomic
def remove_quote(*, by: Account, quote_key: str, now: datetime) -> None:
    """Take one sentence off the wall. Marks its row; `restore_quote` undoes it."""
    row = quotes(by).filter(key=quote_key).select_related("letter").first()
    if row is None:
        raise NotHere(quote_key)
    Quote.objects.filter(pk=row.pk).update(removed_at=now)
    journal.note(chain=by.key, verb="quote_removed", about=row.letter.key, by=by.key, now=now)
