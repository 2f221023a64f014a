from __future__ import annotations

from datetime import UTC, datetime, timedelta

from vouchsafe.core.addresses import call_path
from vouchsafe.ledger import outbox
from vouchsafe.plans.models import Application, Call


def tell_applicants(
    *, call: Call, what: str, undo: timedelta, now: datetime, joined_since: datetime | None = None
) -> int:
    """Queue a mail to everybody who takes part: the call's days moved, or it was withdrawn. In the caller's transaction.

    One that still waits is replaced, so that nobody is told of days which were moved again. With `joined_since` only
    whoever came then is told. Returns how many are told.
    """
    outbox.withdraw_about(call.key, kinds=("call_changed",), now=now)
    told = 0
    rows = Application.objects.standing().filter(call=call).select_related("applicant")
    for row in rows if joined_since is None else rows.filter(applied_at__gte=joined_since):
        told += 1
        outbox.queue(
            outbox.Parcel(
                kind="call_changed",
                to_address=row.applicant.email,
                to_name=row.applicant.name,
                facts={"call": call.title, "what": what, "closes_on": call.closes_on, "due_on": call.due_on},
                links={"page_url": outbox.PlainLink(call_path(call.key))},
                language=row.applicant.language,
            ),
            delivery=outbox.Delivery.AT_LEAST_ONCE,
            chain=row.applicant.key,
            about=call.key,
            once=f"call_changed|{row.key}|{moment_of(now)}",
            now=now,
            wait=undo,
        )
    return told


def moment_of(now: datetime) -> str:
    """The end of the names of all mails of one telling."""
    return now.astimezone(UTC).isoformat()
