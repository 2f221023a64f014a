"""The days of one computation: today is day 0, `last_day` the deadline, `shown` the writer's date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from vouchsafe.core.odds.scenario import Scenario, check_dates

SHOWN_BEFORE = 7
"""Days the date shown lies before the deadline, where there is room for them."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Day numbers. Make one with `Frame.of`; equal frames share what has been worked out for them."""

    today: date
    last_day: int
    shown: int
    patience: int

    @classmethod
    def of(cls, today: date, deadline: date, shown: date | None = None, patience: int | None = None) -> Frame:
        """Count the days, filling in the date shown and the patience where none is given."""
        check_dates(today, deadline, shown, patience)
        last_day = (deadline - today).days
        shown_day = min(last_day, max(last_day - SHOWN_BEFORE, 3)) if shown is None else (shown - today).days
        return cls(today, last_day, shown_day, default_patience(last_day) if patience is None else patience)

    @classmethod
    def of_scenario(cls, scenario: Scenario) -> Frame:
        return cls.of(scenario.today, scenario.deadline, scenario.shown, scenario.patience)

    def day(self, on: date) -> int:
        """The number of a date: negative before today."""
        return (on - self.today).days

    def on(self, day: int) -> date:
        """The date of a day number."""
        return self.today + timedelta(days=day)


def default_patience(last_day: int) -> int:
    """Days of silence before the next is asked: 14, or 5 when the deadline is within three weeks."""
    return 5 if last_day < 21 else 14
