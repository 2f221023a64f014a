from __future__ import annotations

from datetime import datetime

from vouchsafe.letters.models import PlannedSeal


def end_planned_seal(*, planned: PlannedSeal, outcome: str, now: datetime) -> bool:
    """Record how a planned seal ended, once: sealed, replaced, or the code of what refused it."""
    rows = PlannedSeal.objects.filter(pk=planned.pk, ended_at__isnull=True)
    return bool(rows.update(ended_at=now, outcome=outcome[:64]))
