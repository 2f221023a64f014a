"""Whether the forecasts have come true, and whether they may still be shown.

After 200 closed requests the forecast of "in time" must beat the base rate's Brier score by 5 in
100, and 80 in 100 intervals must hold 75 to 85 in 100 of what happened. Otherwise the number is hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vouchsafe.core.words import Sentence, say, say_n

ENOUGH = 200
MUST_BEAT_BY = 0.05
INTERVAL = 0.8
COVERAGE_FROM, COVERAGE_TO = 0.75, 0.85


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was forecast for one request when it was asked, and what came.

    `by_day` is the forecast chance of the letter being there, by day from the ask to the deadline;
    `came_on` the day it did come, counted alike, or None when none came in time.
    """

    by_day: tuple[float, ...]
    came_on: int | None

    @property
    def forecast(self) -> float:
        return self.by_day[-1]

    @property
    def in_time(self) -> bool:
        return self.came_on is not None


@dataclass(frozen=True, slots=True)
class Calibration:
    """The verdict on a number of outcomes. `why` is there to be shown, whichever way it went."""

    requests: int
    brier: float
    base_brier: float
    coverage: float
    shown: bool
    why: Sentence


def calibrate(outcomes: Sequence[Outcome]) -> Calibration:
    """Hold the forecasts against what happened. The base rate is that of these same outcomes."""
    n = len(outcomes)
    if n == 0:
        return Calibration(0, 0.0, 0.0, 0.0, True, _too_few(0))
    base = sum(outcome.in_time for outcome in outcomes) / n
    brier = sum((outcome.forecast - outcome.in_time) ** 2 for outcome in outcomes) / n
    base_brier = base * (1 - base)
    coverage = sum(_share_inside(outcome) for outcome in outcomes) / n
    shown, why = _verdict(n, brier, base_brier, coverage)
    return Calibration(n, brier, base_brier, coverage, shown, why)


def _verdict(n: int, brier: float, base_brier: float, coverage: float) -> tuple[bool, Sentence]:
    if n < ENOUGH:
        return True, _too_few(n)
    if brier > (1 - MUST_BEAT_BY) * base_brier:
        return False, say(
            "The odds are hidden: over {n} closed requests they told hardly more than the plain share of letters that came in time.",
            n=n,
        )
    if not COVERAGE_FROM <= coverage <= COVERAGE_TO:
        return False, say(
            "The odds are hidden: over {n} closed requests, {percent} in 100 letters came on the days expected of 80 in 100.",
            n=n,
            percent=round(100 * coverage),
        )
    return True, say("Held against {n} closed requests here, the odds have come true.", n=n)


def _too_few(n: int) -> Sentence:
    return say_n(
        "The odds rest mostly on assumptions: {n} request has been closed here, and {enough} are needed to check them.",
        "The odds rest mostly on assumptions: {n} requests have been closed here, and {enough} are needed to check them.",
        n,
        enough=ENOUGH,
    )


def _share_inside(outcome: Outcome) -> float:
    """How much of what happened lies in the middle 80 in 100 of its forecast, from 0 to 1.

    Days are whole, so a day takes a stretch of the forecast's probability, from the chance by the
    day before to the chance by that day (no letter in time takes the rest). The share of that stretch
    inside the interval averages to exactly 80 in 100 when forecasts are true, where counting whole
    days in or out would always come out higher.
    """
    if outcome.came_on is None:
        start, end = outcome.by_day[-1], 1.0
    else:
        start = outcome.by_day[outcome.came_on - 1] if outcome.came_on > 0 else 0.0
        end = outcome.by_day[outcome.came_on]
    low, high = (1 - INTERVAL) / 2, (1 + INTERVAL) / 2
    if end <= start:  # what happened had been ruled out
        return 0.0
    return max(0.0, min(end, high) - max(start, low)) / (end - start)
