"""Exact odds against a simulation of the same model at equal error."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from time import perf_counter

import numpy as np

from bench.odds_simulation import simulate
from vouchsafe.core.odds import Channel, Link, Scenario, Slot, final_odds, forecast
from vouchsafe.core.odds.rows import PLAIN, arrays

ALLOWED = 1e-6
"""The error the exact odds are promised to stay within, and the one a simulation would have to reach."""


def rows() -> list[tuple[str, float, str]]:
    scenario = four_slots_with_three_stand_bys()
    as_arrays = seconds(lambda: forecast(scenario, arrays()))
    as_lists = seconds(lambda: forecast(scenario, PLAIN))
    headline = seconds(lambda: final_odds(scenario))
    runs = 100_000
    rng = np.random.default_rng(1)
    simulated = seconds(lambda: simulate(scenario, runs, rng), times=3)
    exact = forecast(scenario).odds
    error = (exact * (1 - exact) / runs) ** 0.5
    at_equal_error = simulated * (error / ALLOWED) ** 2
    return [
        ("4 slots, 3 stand-bys each, 90 days: every day, with numpy", 1e3 * as_arrays, "ms warm (bar: 50)"),
        ("the same without numpy, as `vouchsafe odds` runs", 1e3 * as_lists, "ms warm (bar: 50)"),
        ("the same, the deadline alone, as the planner searches", 1e3 * headline, "ms warm"),
        ("simulation with 100,000 runs", 1e3 * simulated, f"ms, standard error {error:.1e}"),
        ("simulation at the exact odds' error of 1e-6, by proportion", at_equal_error, "s"),
        ("simulation / exact at equal error", at_equal_error / as_arrays, "x"),
    ]


def seconds(act: Callable[[], object], times: int = 15) -> float:
    """Median time of a warm call."""
    act()
    taken = []
    for _ in range(times):
        start = perf_counter()
        act()
        taken.append(perf_counter() - start)
    return median(taken)


def four_slots_with_three_stand_bys() -> Scenario:
    today = date(2026, 10, 1)
    chances = [(0.8, 0.85, 0.1), (0.6, 0.9, 0.15), (0.5, 0.8, 0.1), (0.25, 0.85, 0.2)]

    def chain(start: int) -> tuple[Link, ...]:
        return tuple(
            Link(
                p - 0.02 * start, r, late, Channel.MAIL, today + timedelta(days=start) if place == 0 else None
            )
            for place, (p, r, late) in enumerate(chances)
        )

    return Scenario(today, today + timedelta(days=90), 3, tuple(Slot(chain(start)) for start in range(4)))
