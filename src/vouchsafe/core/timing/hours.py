"""Decent hours: mail reaches people on a weekday, in the day, by their own clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from vouchsafe.core.timing.working_days import SATURDAY_AND_SUNDAY, WorkingDays
from vouchsafe.core.words import Refusal, msg

OPENS, CLOSES = time(8, 30), time(18, 0)


class ZoneUnknown(Refusal):
    """A time zone that is not in the IANA list."""

    code = "zone-unknown"
    msgid = msg("There is no time zone “{name}”.")
    hint_msgid = msg("Give a name such as Europe/Berlin.")


def zone_named(name: str) -> ZoneInfo:
    """The time zone of that IANA name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # odd names reach the file system
        raise ZoneUnknown(name=name) from error


def decent_hour(now: datetime, zone: ZoneInfo, working_days: WorkingDays | None = None) -> datetime:
    """The next moment from `now` on, at or after 08:30 and before 18:00 on a weekday in that zone.

    `now` is aware, in any zone; so is the answer, in `zone`: `now` itself where it is decent already. With
    `working_days`, holidays and the weekend of that place are left out too. Clock changes, and days that a
    zone skipped altogether, are taken as the zone's own record has them.
    """
    local = now.astimezone(UTC).astimezone(zone)
    if _is_open(local.date(), working_days) and OPENS <= local.time() < CLOSES:
        return local
    day = local.date()
    while True:
        for fold in (0, 1):  # an opening time that the clock shows twice: the first that is still to come
            opening = datetime.combine(day, OPENS, zone).replace(fold=fold)
            there = opening.astimezone(UTC).astimezone(zone)
            if (
                there >= local
                and there.date() == day
                and there.time() < CLOSES
                and _is_open(day, working_days)
            ):
                return there
        day += timedelta(days=1)


def _is_open(day: date, working_days: WorkingDays | None) -> bool:
    if working_days is None:
        return day.weekday() not in SATURDAY_AND_SUNDAY
    return working_days.is_working(day)
