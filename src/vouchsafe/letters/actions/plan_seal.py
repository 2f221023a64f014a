from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.ledger import journal
from vouchsafe.letters.models import PlannedSeal, Upload

HOUR = timedelta(hours=1)


@transaction.atomic
def plan_seal(*, visit: Visit, upload: Upload, now: datetime) -> PlannedSeal:
    """A file came by a reply that was proven: it is sealed in an hour unless its writer stops that.

    Writes one row, and ends what was planned for a file that this one replaces. The same file again keeps its
    first hour, also where it was stopped. Queues nothing. Refuses a visit that proves no mailbox.
    """
    visit.demand_proof()
    PlannedSeal.objects.filter(upload__letter=upload.letter, ended_at__isnull=True).exclude(
        upload=upload
    ).update(ended_at=now, outcome="replaced")
    planned, fresh = PlannedSeal.objects.get_or_create(
        upload=upload, defaults={"mailbox": visit.mailbox, "due_at": now + HOUR}
    )
    if fresh:
        journal.note(
            chain=upload.letter.applicant.key,
            verb="seal_planned",
            about=upload.letter.key,
            by=visit.by,
            now=now,
        )
    return planned
