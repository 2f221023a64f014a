"""The forecast itself, and what one more ask buys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from vouchsafe.core.odds.chain import slot_row
from vouchsafe.core.odds.enough import enough_row
from vouchsafe.core.odds.frame import Frame
from vouchsafe.core.odds.rows import LAST, Rows, arrays, at_hand
from vouchsafe.core.odds.scenario import Link, Scenario, Slot, check
from vouchsafe.core.words import Sentence, say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Outlook:
    """How likely enough letters are: on the deadline, and by each day 0..D from today."""

    odds: float
    by_day: tuple[float, ...]
    today: date

    def on(self, day: int) -> date:
        return self.today + timedelta(days=day)


def forecast(scenario: Scenario, rows: Rows | None = None) -> Outlook:
    """The odds of `need` letters in time, exactly, day by day. Refuses what `check` refuses."""
    check(scenario)
    frame = Frame.of_scenario(scenario)
    rows = rows or at_hand(_products(scenario, frame))
    curves = [slot_row(slot, frame, rows) for slot in scenario.slots]
    row = enough_row(curves, scenario.need, rows, frame.last_day + 1)
    by_day = _tidy(row)
    return Outlook(by_day[-1], by_day, scenario.today)


def _products(scenario: Scenario, frame: Frame) -> int:
    """About how many products the stand-bys take: days to be asked on, delays after each, days ahead."""
    asked_on = (
        min(frame.last_day, place * frame.patience) + 1
        for slot in scenario.slots
        for place in range(1, len(slot.chain))
    )
    return sum(asked_on) * frame.patience * frame.last_day


def _tidy(row: Sequence[float]) -> tuple[float, ...]:
    """Between 0 and 1 and never falling, as the exact sums are; only the last digits can be touched."""
    return tuple(accumulate((min(1.0, max(0.0, float(x))) for x in row), max))


def slot_curve(slot: Slot, frame: Frame) -> NDArray[np.float64]:
    """F(t), the chance that this slot's letter is there by day t, for t = 0..last_day."""
    curve: NDArray[np.float64] = slot_row(slot, frame, arrays())
    return curve


def slot_odds(slot: Slot, frame: Frame) -> float:
    """The chance that this slot's letter is there by the deadline; much cheaper than its curve."""
    return float(slot_row(slot, frame, LAST))


def at_least(curves: Sequence[NDArray[np.float64]], need: int) -> NDArray[np.float64]:
    """P(at least `need` of the letters are there) by day, one curve a slot, all of one length.

    Without curves there is no length to go by: the answer is then a single value.
    """
    days = len(curves[0]) if len(curves) else 1
    tail: NDArray[np.float64] = enough_row(curves, need, arrays(), days)
    return tail


def final_odds(scenario: Scenario) -> float:
    """`forecast(scenario).odds` without the days before; for comparing many scenarios."""
    check(scenario)
    frame = Frame.of_scenario(scenario)
    curves = [slot_row(slot, frame, LAST) for slot in scenario.slots]
    return min(1.0, max(0.0, float(enough_row(curves, scenario.need, LAST, 1))))


def with_ask(scenario: Scenario, link: Link, as_slot: bool) -> Scenario:
    """The scenario with one more ask: a slot of its own, or a stand-by where it helps most."""
    if as_slot:
        first = link if link.ask_on or link.known else replace(link, ask_on=scenario.today)
        return replace(scenario, slots=(*scenario.slots, Slot((first,))))
    standing_by = [
        replace(scenario, slots=(*scenario.slots[:i], Slot((*slot.chain, link)), *scenario.slots[i + 1 :]))
        for i, slot in enumerate(scenario.slots)
        if slot.chain
    ]
    return max(standing_by, key=final_odds, default=scenario)


def gain_of(scenario: Scenario, link: Link, as_slot: bool) -> float:
    """What one more ask buys: the odds with it, less the odds without."""
    return final_odds(with_ask(scenario, link, as_slot)) - final_odds(scenario)


@dataclass(frozen=True, slots=True)
class Gain:
    """One row of "what each further ask buys": so many more, asked on this day."""

    label: Sentence
    asks: int
    asked_on: date
    odds: float
    gain: float


def gain_table(scenario: Scenario, next_best: Callable[[date], Sequence[Link]]) -> tuple[Gain, ...]:
    """As it is; one more this week; two; one in two weeks; one in three.

    `next_best` gives the contacts still free, best first, with the chances they have when asked on
    that day: less lead time, less likely. "This week" ends on its Sunday. Rows past the deadline, or
    for which nobody is left, are not shown.
    """
    today = scenario.today
    sunday = today + timedelta(days=6 - today.weekday())
    offers = (
        (say("Ask one more this week"), 1, sunday),
        (say("Ask two more this week"), 2, sunday),
        (say("Ask one more, in two weeks"), 1, today + timedelta(days=14)),
        (say("Ask one more, in three weeks"), 1, today + timedelta(days=21)),
    )
    now = final_odds(scenario)
    table = [Gain(say("Leave it as it is"), 0, today, now, 0.0)]
    for label, asks, day in offers:
        links = list(next_best(day))[:asks] if day <= scenario.deadline else []
        if len(links) < asks:
            continue
        asked = scenario
        for link in links:
            asked = with_ask(asked, replace(link, ask_on=day, known=None), as_slot=True)
        odds = final_odds(asked)
        table.append(Gain(label, asks, day, odds, odds - now))
    return tuple(table)
