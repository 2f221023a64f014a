from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.letters.models import Letter
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account


@transaction.atomic
def restore_brought(*, by: Account, letter_key: str, now: datetime) -> None:
    """Undo: a brought letter is in the Safe again. Pressed twice it is one."""
    mine = Letter.objects.filter(applicant=by, key=letter_key, origin=Letter.Origin.BROUGHT)
    if not mine.exists():
        raise NotHere(letter_key)
    if mine.filter(removed_at__isnull=False).update(removed_at=None):
        journal.note(chain=by.key, verb="letter_restored", about=letter_key, by=by.key, now=now)
