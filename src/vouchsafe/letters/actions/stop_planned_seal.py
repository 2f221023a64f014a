from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.ledger import journal
from vouchsafe.letters.models import PlannedSeal


@transaction.atomic
def stop_planned_seal(*, visit: Visit, now: datetime) -> bool:
    """The writer does not want the file sealed by itself: it stays in hand, and they seal it when they like.

    Ends the plan and writes a line. False where nothing was planned any more. Refuses a visit without proof.
    """
    visit.demand_proof()
    rows = PlannedSeal.objects.filter(upload__letter__request=visit.request, ended_at__isnull=True)
    stopped = rows.update(ended_at=now, outcome="stopped")
    if stopped:
        journal.note(
            chain=visit.request.contact.owner.key,
            verb="seal_stopped",
            about=visit.request.key,
            by=visit.by,
            now=now,
        )
    return bool(stopped)
