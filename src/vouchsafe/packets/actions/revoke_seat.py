from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal, outbox
from vouchsafe.packets.actions.mail_seat import KIND
from vouchsafe.packets.models import Reader, Revocation, Seat
from vouchsafe.people.models import Account
from vouchsafe.plans.actions.keep_call import demand_office


@transaction.atomic
def revoke_seat(*, by: Account, seat: Seat, now: datetime) -> None:
    """End a reader's access to a call at once: its table, and every letter they had opened by it.

    Writes when, and a revocation for each of those; takes back a mail that waits. Twice is once. Refuses whoever does
    not run the office.
    """
    demand_office(by)
    Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    if not Seat.objects.filter(pk=seat.pk, revoked_at__isnull=True).update(revoked_at=now, revoked_by=by.key):
        return
    readers = Reader.objects.select_for_update(of=("self",)).filter(seat=seat, revocation__isnull=True)
    Revocation.objects.bulk_create(
        Revocation(reader=reader, revoked_at=now, revoked_by=by.key) for reader in readers.order_by("id")
    )
    outbox.withdraw_about(seat.key, kinds=(KIND,), now=now)
    journal.note(chain=journal.OFFICE, verb="committee_revoked", about=seat.key, by=by.key, now=now)
