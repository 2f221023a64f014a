from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account
from vouchsafe.plans.actions.of_call import refuse_place_of_call
from vouchsafe.plans.models import Destination


@transaction.atomic
def remove_destination(*, by: Account, destination: Destination, now: datetime) -> None:
    """Take a destination off an opportunity; packets that went there stay. Refuses the place of a call."""
    refuse_place_of_call(destination)
    if Destination.objects.filter(pk=destination.pk, removed_at__isnull=True).update(removed_at=now):
        journal.note(chain=by.key, verb="destination_removed", about=destination.key, by=by.key, now=now)
