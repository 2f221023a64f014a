from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account, Contact


@transaction.atomic
def undo_keeping(*, by: Account, kept_at: datetime, now: datetime) -> int:
    """Take off the list again everyone whom one keeping of an import added. Returns how many.

    For the moment after. Those it only updated stay as they are, and so does anyone of whom something has
    been said since.
    """
    count = (
        Contact.objects.of(by)
        .filter(added_at=kept_at, knows_work__isnull=True, warmth__isnull=True, tie="")
        .update(removed_at=now)
    )
    if count:
        journal.note(
            chain=by.key, verb="contacts_kept_undone", about=by.key, by=by.key, now=now, detail=str(count)
        )
    return count
