"""When a request's reminders are due. Days from asking.md section 1: a chase while there is no answer, then
14, 7 and 1 days before the shown date; never two within 48 hours; on the writer's working days, in their morning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from vouchsafe.core.timing.hours import OPENS
from vouchsafe.core.timing.schedule import REMIND_BEFORE
from vouchsafe.core.timing.working_days import WorkingDays

CHASE_AFTER_DAYS = 4  # career advice: 3 to 4 days for a job
CHASE_NEAR_DAYS = 2  # the shown date is within a week
APART = timedelta(hours=48)


def moments_to_remind(
    *,
    now: datetime,
    shown_on: date,
    said_yes: bool,
    zone: ZoneInfo,
    working_days: WorkingDays,
    days_before: Sequence[int] = (),
    last_sent_at: datetime | None = None,
) -> list[tuple[str, datetime]]:
    """The reminders still to come as (kind, moment), in order; kinds are "chase" and "before".

    `now` and `last_sent_at` are aware; `shown_on` is a day in `zone`; `days_before` is the writer's own
    choice (empty: the usual rhythm). Without a yes there is one chase and one a day before.
    """
    today = now.astimezone(zone).date()
    left = (shown_on - today).days
    if said_yes:
        wanted = [
            ("before", shown_on - timedelta(days=n))
            for n in sorted(days_before or REMIND_BEFORE, reverse=True)
        ]
    else:
        wait = CHASE_NEAR_DAYS if left <= 7 else CHASE_AFTER_DAYS
        wanted = [("chase", today + timedelta(days=wait))]
    kept: list[tuple[str, datetime]] = []
    last = last_sent_at
    for kind, day in wanted:
        at = working_days.on_or_before(day)
        if kind == "chase" and at <= today:  # no working day before: nobody is asked again the same day
            at = working_days.on_or_after(day)
        if (
            kind == "chase" and last is not None
        ):  # asked late in the day: the first morning far enough from it
            while datetime.combine(at, OPENS, zone).astimezone(UTC) - last < APART and at < shown_on:
                at = working_days.on_or_after(at + timedelta(days=1))
        # In UTC: the difference of two times in one zone would be wall-clock hours, an hour off when clocks change.
        moment = datetime.combine(at, OPENS, zone).astimezone(UTC)
        too_close = last is not None and moment - last < APART
        if moment > now and at <= shown_on and not too_close:
            kept.append((kind, moment))
            last = moment
    return kept


def next_week(now: datetime, *, zone: ZoneInfo, working_days: WorkingDays, at_least: timedelta) -> datetime:
    """The first working Monday morning, or the first working day after it, that is `at_least` away.

    `now` is aware, in any zone; the answer is in UTC, half past eight by the clock of `zone`.
    """
    earliest = now + at_least
    day = earliest.astimezone(zone).date()
    day += timedelta(days=-day.weekday() % 7)
    while True:
        morning = datetime.combine(working_days.on_or_after(day), OPENS, zone).astimezone(UTC)
        if morning >= earliest:
            return morning
        day += timedelta(days=7)
