from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.letters.access_open import open_letters
from vouchsafe.letters.models import Quote
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account


@transaction.atomic
def restore_quote(*, by: Account, quote_key: str, now: datetime) -> None:
    """Undo: the sentence hangs on the wall again. Pressed twice it hangs once."""
    row = Quote.objects.filter(letter__in=open_letters(by), key=quote_key).select_related("letter").first()
    if row is None:
        raise NotHere(quote_key)
    if row.removed_at is not None:
        Quote.objects.filter(pk=row.pk).update(removed_at=None)
        journal.note(chain=by.key, verb="quote_restored", about=row.letter.key, by=by.key, now=now)
