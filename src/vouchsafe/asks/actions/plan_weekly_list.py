from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from vouchsafe.asks.models import Request
from vouchsafe.core.timing import Place, working_days_of
from vouchsafe.core.timing.reminding import next_week
from vouchsafe.people.models import Correspondent, WeeklyList

A_WEEK = timedelta(days=7)


def plan_weekly_list(*, writer: Correspondent, request: Request, now: datetime) -> WeeklyList:
    """A writer said yes: from now on their open letters are looked at once a week.

    Writes the row that says when, once for a mailbox, in the caller's transaction. Whether there is enough for a mail
    is asked when it is due.
    """
    row, _ = WeeklyList.objects.get_or_create(
        correspondent=writer, defaults={"due_at": monday(writer, request, now, timedelta(days=1))}
    )
    return row


def monday(writer: Correspondent, request: Request | None, now: datetime, at_least: timedelta) -> datetime:
    """The first morning of a week by the writer's own clock and calendar."""
    contact = request.contact if request is not None else None
    return next_week(
        now,
        zone=ZoneInfo(writer.time_zone or (contact.time_zone if contact else "") or "UTC"),
        working_days=working_days_of(Place(contact.country if contact else "")),
        at_least=at_least,
    )
