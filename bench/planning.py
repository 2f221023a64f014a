"""The plan: time for the whole answer, and the writers chosen against a plain integer programme in HiGHS."""

from __future__ import annotations

from statistics import median
from time import perf_counter

from tests.core.planning.worlds import TODAY, a_world

from bench.planning_generic import solve_plainly
from vouchsafe.core.planning import draw
from vouchsafe.core.planning.board import lay_out
from vouchsafe.core.planning.choose import choose

PATIENCE = 20.0
"""Seconds that the generic solver is given for each world."""


def rows() -> list[tuple[str, float, str]]:
    draw(*a_world(99, 5, 2), today=TODAY)  # warm: the solver is loaded
    found = [_whole_plan(30, 10, range(8)), _whole_plan(60, 25, range(3))]
    slow, gaps = _large()
    found += [slow, gaps]
    for people, openings, seeds in ((5, 3, range(20)), (30, 10, range(4))):
        found += _against_generic(people, openings, seeds)
    return found


def _whole_plan(people: int, openings: int, seeds: range) -> tuple[str, float, str]:
    times = []
    for seed in seeds:
        world = a_world(seed, people, openings, roomy=True)
        began = perf_counter()
        draw(*world, today=TODAY)
        times.append(perf_counter() - began)
    return (f"whole plan, {people} x {openings}", median(times), f"s, slowest {max(times):.2f} s")


def _large() -> tuple[tuple[str, float, str], tuple[str, float, str]]:
    world = a_world(0, 200, 100, roomy=True)
    began = perf_counter()
    plan = draw(*world, today=TODAY)
    taken = perf_counter() - began
    gap = plan.proof.gaps.get("fit", 0)
    share = 100 * gap / max(1, plan.score.fit)
    return (
        ("whole plan, 200 x 100", taken, "s (promised: under 20 s)"),
        ("gap stated for it", gap, f"fit points of {plan.score.fit}, {share:.2f} in 100"),
    )


def _against_generic(people: int, openings: int, seeds: range) -> list[tuple[str, float, str]]:
    ratios, behind, open_ends = [], 0, 0
    for seed in seeds:
        board = lay_out(*a_world(seed, people, openings, roomy=True), [], TODAY)
        began = perf_counter()
        ours = choose(board)
        taken = perf_counter() - began
        values, gaps, seconds = solve_plainly(board, PATIENCE)
        ratios.append(seconds / taken)
        theirs = (
            values.get("slots", 0),
            values.get("fit", 0),
            -values.get("hours", 0),
            -values.get("heaviest", 0),
        )
        open_ends += any(gaps.values())
        behind += not any(gaps.values()) and ours.score.order != theirs
    size = f"{people} x {openings}"
    return [
        (f"writers {size}, generic solver against ours", median(ratios), "times as long"),
        (f"writers {size}, generic proved another answer", behind, f"of {len(seeds)} worlds"),
        (f"writers {size}, generic not done in {PATIENCE:.0f} s", open_ends, f"of {len(seeds)} worlds"),
    ]
