from __future__ import annotations

from datetime import datetime

from vouchsafe.asks.actions.in_order import in_order
from vouchsafe.asks.models import Closing, Purpose, Reminder, Request
from vouchsafe.ledger import journal, outbox


def close_request(*, request: Request, why: str, by: str, now: datetime) -> Closing:
    """Close a request: its letter is sealed, or the applicant stopped asking.

    Writes a closing row and drops planned reminders, in the caller's transaction. Once closed, closing again
    returns the row in force.
    """
    closing, fresh = Closing.objects.get_or_create(
        request=request,
        lifted_at__isnull=True,
        defaults={"why": why, "closed_at": in_order(request, now), "closed_by": by},
    )
    if fresh:
        Reminder.objects.filter(request=request, sent_at__isnull=True, dropped_at__isnull=True).update(
            dropped_at=now, dropped_why=why
        )
        outbox.withdraw_about(request.key, kinds=("reminder",), now=now)
        journal.note(chain=request.contact.owner.key, verb=f"closed_{why}", about=request.key, by=by, now=now)
    return closing


def lift_closing(*, request: Request, by: str, now: datetime) -> None:
    """The seal was opened again: the request goes on, unless it was withdrawn since. In the caller's transaction."""
    if Closing.objects.filter(request=request, why=Closing.Why.SEALED, lifted_at__isnull=True).update(
        lifted_at=in_order(request, now), lifted_why="reopened"
    ):
        journal.note(
            chain=request.contact.owner.key, verb="closing_lifted", about=request.key, by=by, now=now
        )


def has_letter(purpose: Purpose) -> bool:
    """Whether a letter was sealed since this purpose was put on the request."""
    return (
        Closing.objects.filter(
            request=purpose.request_id, why=Closing.Why.SEALED, closed_at__gte=purpose.added_at
        )
        .exclude(lifted_why="reopened")
        .exists()
    )
