"""What a monitor may know of an instance: counts and moments, nobody's name, address or words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from vouchsafe.asks.models import Reminder
from vouchsafe.ledger.models import Outgoing, Received, Root


@dataclass(frozen=True, slots=True)
class Measures:
    """`outbox` by state, every state named. `oldest_due_at`: since when the mail that waits longest could have left.
    `worker_seen_at`: the anchor that a worker writes every hour."""

    outbox: dict[str, int]
    oldest_due_at: datetime | None
    reminders_due: int
    mail_in: dict[str, int]
    worker_seen_at: datetime | None


def measures(now: datetime) -> Measures:
    """Five queries, whatever the size; the two counts by state walk their tables, the others an index."""
    outbox = dict(Outgoing.objects.values_list("state").annotate(n=Count("pk")).order_by())
    came = dict(Received.objects.values_list("state").annotate(n=Count("pk")).order_by())
    return Measures(
        outbox={state: outbox.get(state, 0) for state in Outgoing.State.values},
        oldest_due_at=Outgoing.objects.due(now).aggregate(at=Min("due_at"))["at"],
        reminders_due=Reminder.objects.due(now).count(),
        mail_in={state: came.get(state, 0) for state in Received.State.values},
        worker_seen_at=Root.objects.order_by("-at").values_list("at", flat=True).first(),
    )
