"""How long what is over is kept: the office's rule, and the days that follow from it.

Spans are whole months of the calendar, counted from the day something ended in the zone of whom it belongs to. What
belongs to somebody is announced to them first, twice. Without a rule everything is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from vouchsafe.core.words import Refusal, msg

TOLD_BEFORE = timedelta(days=30)
TOLD_AGAIN = timedelta(days=7)
_SLACK = timedelta(days=5)  # months are shorter than others by three days, zones apart by one; rounded up


class SpanNotOffered(Refusal):
    code = "span-not-offered"
    msgid = msg("Nothing is kept for {months} months here.")
    hint_msgid = msg("Choose one of the spans that are offered, or keep everything.")


@dataclass(frozen=True, slots=True)
class Rule:
    """Months for which each kind of thing is kept after it is over; none: for good."""

    requests: int | None = None
    accounts: int | None = None
    mails: int | None = None
    readers: int | None = None

    @property
    def is_off(self) -> bool:
        return not any(asdict(self).values())

    def months(self, kind: str) -> int | None:
        found: int | None = getattr(self, kind)
        return found


KEEPS_ALL = Rule()
SUGGESTED = Rule(requests=24, accounts=36, mails=12, readers=12)
OFFERED: Mapping[str, tuple[int, ...]] = {
    "requests": (6, 12, 24, 36, 60),
    "accounts": (12, 24, 36, 60, 84),
    "mails": (3, 6, 12, 24, 36),
    "readers": (3, 6, 12, 24, 36),
}
ANNOUNCED = ("accounts", "requests")
"""What belongs to somebody, who is told beforehand. The others are our own notes of what is over."""


def demand_offered(rule: Rule) -> None:
    """Refuse a span that nobody could have chosen: too short a one would erase what people count on."""
    for kind, spans in OFFERED.items():
        months = rule.months(kind)
        if months is not None and months not in spans:
            raise SpanNotOffered(months=months)


def to_plain(rule: Rule) -> dict[str, int | None]:
    return asdict(rule)


def rule_from(plain: Mapping[str, int | None]) -> Rule:
    return Rule(**{kind: plain.get(kind) for kind in OFFERED})


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), first_of_next - timedelta(days=1))


def day_of(moment: datetime, zone: str) -> date:
    """The day on which a moment falls there."""
    return moment.astimezone(ZoneInfo(zone or "UTC")).date()


def due_on(ended_at: datetime, months: int, zone: str) -> date:
    """The first day on which what ended at that moment is old enough."""
    return months_after(day_of(ended_at, zone), months)


def ended_by(now: datetime, months: int, *, ahead: timedelta = timedelta(0)) -> datetime:
    """A moment after which nothing ended that is old enough within `ahead`, in whatever zone: to look no further."""
    days = now + ahead + _SLACK
    day = months_after(days.date(), -months)
    return datetime.combine(day, days.timetz())


def erase_on(today: date) -> date:
    """The day that is announced, on the day of the announcement."""
    return today + TOLD_BEFORE


def is_to_be_told_again(*, erase_on: date, today: date) -> bool:
    return today >= erase_on - TOLD_AGAIN


def may_erase(*, erase_on: date, told_on: date | None, told_again_on: date | None, today: date) -> bool:
    """Both mails have left, long enough ago, and the announced day has come: however late the worker was."""
    if told_on is None or told_again_on is None:
        return False
    return today >= max(erase_on, told_on + TOLD_BEFORE, told_again_on + TOLD_AGAIN)
