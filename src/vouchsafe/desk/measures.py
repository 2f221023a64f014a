"""What a monitor may know of an instance: counts and moments, nobody's name, address or words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from vouchsafe.asks.models import Reminder
from vouchsafe.ledger import tallies
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


def mails() -> dict[str, int]:
    """Mails of the outbox by state, those states that have any."""
    return tallies.by_state(Outgoing.objects.all(), changing=Outgoing.CHANGING, settled=Outgoing.SETTLED)


def mails_in() -> dict[str, int]:
    """Mails that came, by state."""
    return tallies.by_state(Received.objects.all(), changing=Received.CHANGING, settled=Received.SETTLED)


def measures(now: datetime) -> Measures:
    """Nine queries, whatever the size, and each by an index; what is settled and many was counted within the hour."""
    outbox, came = mails(), mails_in()
    return Measures(
        outbox={state: outbox.get(state, 0) for state in Outgoing.State.values},
        oldest_due_at=Outgoing.objects.due(now).aggregate(at=Min("due_at"))["at"],
        reminders_due=Reminder.objects.due(now).count(),
        mail_in={state: came.get(state, 0) for state in Received.State.values},
        worker_seen_at=Root.objects.order_by("-id").values_list("at", flat=True).first(),
    )
