from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from vouchsafe.letters.models import PlannedSeal

LEASE = timedelta(minutes=10)


def begin_planned_seal(*, planned: PlannedSeal, now: datetime) -> bool:
    """Claim one planned seal for this worker; a worker that died loses its claim after ten minutes."""
    free = Q(begun_at__isnull=True) | Q(begun_at__lt=now - LEASE) | Q(begun_at__gt=now + LEASE)
    return bool(PlannedSeal.objects.filter(free, pk=planned.pk, ended_at__isnull=True).update(begun_at=now))
