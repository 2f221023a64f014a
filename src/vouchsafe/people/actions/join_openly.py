from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account


@transaction.atomic
def join_openly(*, account: Account, name: str, now: datetime) -> Account:
    """Someone joined by themselves, where the institution lets anyone in. Writes the name and a line."""
    account.name = name.strip()
    account.save(update_fields=["name"])
    journal.note(
        chain=account.key, verb="joined", about=account.key, by=account.key, now=now, detail=account.role
    )
    return account
