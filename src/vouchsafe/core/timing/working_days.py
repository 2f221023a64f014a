"""Working days of a writer's place: its weekend and its public holidays.

Holidays come from the `holidays` library, loaded when the first one is asked for, because that takes
about half a second. A place it doesn't know has Saturday and Sunday off and no holidays, and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

SATURDAY_AND_SUNDAY = frozenset({5, 6})
LONGEST_BREAK = 31
"""No place is closed for longer than a month on end; a search for a working day goes no further."""


Span = tuple[date, date]
"""The first and the last day of something."""


@dataclass(frozen=True, slots=True)
class Place:
    """A country by its ISO 3166-1 letters, with a subdivision where holidays differ. Empty: not known."""

    country: str = ""
    subdivision: str = ""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days of one place, and of one person where `away` says when they are not there.

    Get them with `working_days_of`.
    """

    place: Place
    weekend: frozenset[int]
    holiday_on: Callable[[date], str]
    holidays_known: bool
    away: tuple[Span, ...] = ()

    def is_working(self, day: date) -> bool:
        return not self.is_away(day) and day.weekday() not in self.weekend and not self.holiday_on(day)

    def is_away(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.away)

    def without(self, away: tuple[Span, ...]) -> WorkingDays:
        """The same days, less those on which somebody is away."""
        return replace(self, away=self.away + away) if away else self

    def on_or_after(self, day: date) -> date:
        """The first working day from `day` on; `day` itself where none is found in a month of nobody's absence."""
        return self._search(day, 1)

    def on_or_before(self, day: date) -> date:
        """The last working day up to `day`; `day` itself where none is found in a month of nobody's absence."""
        return self._search(day, -1)

    def _search(self, day: date, step: int) -> date:
        gone = sum((last - first).days + 1 for first, last in self.away)
        days = (day + timedelta(days=step * n) for n in range(LONGEST_BREAK + gone + 1))
        return next((candidate for candidate in days if self.is_working(candidate)), day)


def working_days_of(place: Place) -> WorkingDays:
    """The working days there. A subdivision not known falls back on its country."""
    calendar = _calendar(place.country.upper(), place.subdivision.upper()) if place.country else None
    if calendar is None:
        return WorkingDays(place, SATURDAY_AND_SUNDAY, lambda day: "", holidays_known=False)
    known = calendar
    weekend = frozenset(known.weekend)
    return WorkingDays(place, weekend, lambda day: known.get(day) or "", holidays_known=True)


@lru_cache(maxsize=256)
def _calendar(country: str, subdivision: str) -> HolidayBase | None:
    from holidays import country_holidays

    for part in (subdivision, None) if subdivision else (None,):
        try:
            return country_holidays(country, subdiv=part)
        except NotImplementedError:  # how the library says that it does not know a place
            continue
    return None
