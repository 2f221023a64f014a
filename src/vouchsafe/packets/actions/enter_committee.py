from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.packets.access import AccessOver
from vouchsafe.packets.access_committee import seat_by_key
from vouchsafe.packets.models import Seat


@transaction.atomic
def enter_committee(*, seat: Seat, now: datetime) -> None:
    """A reader pressed to see the table of their call. Writes a line; refuses once access is over."""
    Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    if seat_by_key(seat.key, now).is_over:
        raise AccessOver
    journal.note(chain=journal.OFFICE, verb="committee_entered", about=seat.key, by=seat.key, now=now)
