"""How long people take: to answer an ask, and to write once they have said yes.

All days are whole numbers counted from today. Curves are cumulative, one value for each day
0..D. The figures are those of the odds model; their sources are in `priors`.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from math import erfc, log, sqrt

from vouchsafe.core.odds.scenario import Channel

SIGMA = log(7) / 1.2816
"""Spread of the answer's log-normal delay: median 1 day, 90 in 100 within 7 days."""

GRACE = 3
"""Days a writer is given at the least, from the ask or from a late yes."""

STILL_WAITING = 0.75
"""Chance that an overdue letter is not there a day later: a geometric delay with mean 4 days."""


@lru_cache(maxsize=8192)
def still_silent(channel: Channel, k: int) -> float:
    """Chance that an answer that will come has taken `k` days or more."""
    if k <= 0:
        return 1.0
    if channel is Channel.IN_PERSON:
        return 0.0
    return 0.5 * erfc(log(k) / (SIGMA * sqrt(2)))


@lru_cache(maxsize=8192)
def answers_after(channel: Channel, k: int) -> float:
    """Chance that an answer that will come takes exactly `k` days."""
    return still_silent(channel, k) - still_silent(channel, k + 1) if k >= 0 else 0.0


def date_given(shown: int, asked: int, agreed: int) -> int:
    """The day a letter is due when a yes to the ask of day `asked` comes on day `agreed`."""
    due = max(shown, asked + GRACE)
    return agreed + GRACE if agreed > due - 2 else due


@lru_cache(maxsize=64)
def _harmonic(n: int) -> tuple[float, ...]:
    return tuple(accumulate((1 / i for i in range(1, n + 1)), initial=0.0))


def on_time_by(day: int, agreed: int, due: int) -> float:
    """Chance that a letter which keeps its date is there by `day`: day t weighs 1 / (due - t + 1)."""
    if day < agreed:
        return 0.0
    if day >= due:
        return 1.0
    harmonic = _harmonic(due - agreed + 1)
    return 1 - harmonic[due - day] / harmonic[-1]


def overdue_by(day: int, due: int) -> float:
    """Chance that a letter which misses its date is there by `day`."""
    return 1 - STILL_WAITING ** (day - due) if day > due else 0.0


def arrivals(
    last_day: int, shown: int, channel: Channel, asked: int, first_k: int, end_k: int | None
) -> tuple[list[float], list[float]]:
    """Letters from yeses that take `first_k` to `end_k - 1` days, for every day 0..last_day.

    Two curves: letters that keep their date, and letters that miss it. Each is the sum over k of
    the chance of that delay times the chance of the letter being there, so both end at no more than
    the chance of such a delay. Linear in the number of days: writers with the same due date
    share one running sum, and late yeses, each with its own date, share one short kernel.
    """
    due = max(shown, asked + GRACE)
    stop = last_day + 1 if end_k is None else min(last_day + 1, asked + end_k)
    kept, missed = _with_common_date(
        last_day, channel, asked, range(asked + first_k, min(stop, due - 1)), due
    )
    own_kept, own_missed = _with_own_date(
        last_day, channel, asked, range(max(asked + first_k, due - 1), stop)
    )
    return [a + b for a, b in zip(kept, own_kept, strict=True)], [
        a + b for a, b in zip(missed, own_missed, strict=True)
    ]


def _with_common_date(
    last_day: int, channel: Channel, asked: int, agreed_days: range, due: int
) -> tuple[list[float], list[float]]:
    """Yeses early enough to keep the date all share: `due`."""
    kept, missed = [0.0] * (last_day + 1), [0.0] * (last_day + 1)
    if not agreed_days:
        return kept, missed
    harmonic = _harmonic(due - agreed_days.start + 1)
    agreed = scaled = 0.0
    for t in range(agreed_days.start, last_day + 1):
        if t < agreed_days.stop:
            weight = answers_after(channel, t - asked)
            agreed += weight
            scaled += weight / harmonic[due - t + 1]
        kept[t] = agreed if t >= due else agreed - harmonic[due - t] * scaled
        missed[t] = agreed * overdue_by(t, due)
    return kept, missed


def _with_own_date(
    last_day: int, channel: Channel, asked: int, agreed_days: range
) -> tuple[list[float], list[float]]:
    """Yeses so late that each gets its own date, `GRACE` days on."""
    came, dated = [0.0] * (last_day + 1), [0.0] * (last_day + 1)
    harmonic = _harmonic(GRACE + 1)
    for s in agreed_days:
        weight = answers_after(channel, s - asked)
        for t in range(s, min(s + GRACE, last_day) + 1):
            came[t] += weight / (s + GRACE - t + 1) / harmonic[-1]
        if s + GRACE <= last_day:
            dated[s + GRACE] += weight
    missed, total, waiting = [], 0.0, 0.0
    for newly_due in dated:
        total += newly_due
        waiting = STILL_WAITING * waiting + newly_due
        missed.append(total - waiting)
    return list(accumulate(came)), missed
