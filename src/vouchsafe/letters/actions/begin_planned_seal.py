from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from vouchsafe.ledger.leases import is_left
from vouchsafe.letters.models import PlannedSeal

LEASE = timedelta(minutes=10)


def begin_planned_seal(*, planned: PlannedSeal, now: datetime) -> bool:
    """Claim one planned seal for this worker; a worker that died loses its claim after ten minutes."""
    free = Q(begun_at__isnull=True) | is_left("begun_at", lease=LEASE, now=now)
    return bool(PlannedSeal.objects.filter(free, pk=planned.pk, ended_at__isnull=True).update(begun_at=now))
