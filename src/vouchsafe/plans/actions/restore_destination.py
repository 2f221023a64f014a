from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account
from vouchsafe.plans.models import Destination


@transaction.atomic
def restore_destination(*, by: Account, destination: Destination, now: datetime) -> None:
    """Undo a removal. Writes nothing when the destination is there already."""
    if Destination.objects.filter(pk=destination.pk, removed_at__isnull=False).update(removed_at=None):
        journal.note(chain=by.key, verb="destination_restored", about=destination.key, by=by.key, now=now)
