"""The choice of writers as one plain integer programme, a variable a pair, for a generic solver to work on.

Written straight from the rules, stage by stage: most slots, then most fit, then fewest hours, then the lightest
heaviest load. It is what anybody would write first; `core/planning` is held against it.
"""

from __future__ import annotations

from math import isfinite
from time import perf_counter

import highspy

from vouchsafe.core.planning.board import Board
from vouchsafe.core.planning.effort import EACH_FAMILY, FIRST, family, letter_halves, written

UNKNOWN = 10**9
"""The gap of an aim for which no plan was found in time."""

STAGES = ("slots", "fit", "hours", "heaviest")


def solve_plainly(board: Board, seconds: float) -> tuple[dict[str, int], dict[str, int], float]:
    """(value of each aim, gap left in each, seconds taken); hours are half-hours."""
    h = highspy.Highs()
    h.silent()
    for option, value in {"threads": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 0.99}.items():
        h.setOptionValue(option, value)
    pairs = board.open_pairs()
    x = {
        p: h.addVariable(lb=float(p in board.fixed), ub=1, type=highspy.HighsVarType.kInteger) for p in pairs
    }
    heaviest = h.addVariable(lb=0, ub=max([0, *board.budgets.values()]))
    loads = []
    for contact in {c for c, _ in pairs}:
        load = _load(h, board, contact, x)
        loads.append(load)
        h.addConstr(load <= board.budgets[contact])
        h.addConstr(load - heaviest <= 0)
    for opportunity in {o for _, o in pairs}:
        h.addConstr(h.qsum(v for p, v in x.items() if p[1] == opportunity) <= board.seats[opportunity])
    aims = {
        "slots": h.qsum(x.values()),
        "fit": h.qsum(board.fits[p].points * v for p, v in x.items()),
        "hours": h.qsum(loads),
        "heaviest": 1.0 * heaviest,
    }
    values, gaps, began = {}, {}, perf_counter()
    for stage in STAGES:
        left = seconds - (perf_counter() - began)
        upwards = stage in ("slots", "fit")
        h.setOptionValue("time_limit", max(0.1, left))
        (h.maximize if upwards else h.minimize)(aims[stage])
        info = h.getInfo()
        if not isfinite(info.objective_function_value):  # out of time before it found any plan for this aim
            gaps[stage] = UNKNOWN
            break
        values[stage] = round(info.objective_function_value)
        done = h.getModelStatus() == highspy.HighsModelStatus.kOptimal
        gaps[stage] = 0 if done else round(min(UNKNOWN, abs(info.mip_dual_bound - values[stage])))
        h.addConstr(aims[stage] >= values[stage] if upwards else aims[stage] <= values[stage])
        if gaps[stage]:
            break
    return values, gaps, perf_counter() - began


def _load(h: highspy.Highs, board: Board, contact: str, x: dict[tuple[str, str], object]) -> object:
    """Half-hours of one person, with a 0-1 variable for the first letter and for each family opened."""
    person, terms = board.contacts[contact], []
    first = None if person.written_kinds else h.addVariable(lb=0, ub=1, type=highspy.HighsVarType.kInteger)
    opened: dict[str, object] = {}
    for (who, opportunity), taken in x.items():
        if who != contact or board.has_letter((who, opportunity)):
            continue
        kin = family(board.opportunities[opportunity].kind)
        terms.append(letter_halves(board.opportunities[opportunity]) * taken)
        if kin not in written(person):
            if kin not in opened:
                opened[kin] = h.addVariable(lb=0, ub=1, type=highspy.HighsVarType.kInteger)
                terms.append(EACH_FAMILY * opened[kin])
            h.addConstr(taken <= opened[kin])
        if first is not None:
            h.addConstr(taken <= first)
    if first is not None:
        terms.append(FIRST * first)
    return h.qsum(terms)
