from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account


@transaction.atomic
def note_export(*, account: Account, by: str, now: datetime) -> None:
    """Write into somebody's chain that another took out everything that is theirs. Refuses nothing."""
    journal.note(chain=account.key, verb="exported", about=account.key, by=by, now=now)
