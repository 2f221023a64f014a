"""The choice of writers as an integer programme for HiGHS, and the stages in which it is solved.

Columns: x[c,o] contact c writes for o; z[c,f] c writes a first letter of family f; y[c] c writes a first letter at
all; m, the heaviest load. Rows: seats of an opportunity; x <= z <= y; the budget of a person; their load under m.
highspy is imported on first use: it takes 0.4 s, and whoever only reads types should not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, floor
from typing import Any

import numpy as np
import numpy.typing as npt

from vouchsafe.core.planning.board import Board, Pair
from vouchsafe.core.planning.effort import EACH_FAMILY, FIRST, family, letter_halves, written

Floats = npt.NDArray[np.float64]

MAXIMISED = frozenset({"slots", "fit", "knows_work", "seniority"})
AIMS = ("slots", "fit", "hours", "heaviest", "knows_work", "seniority")


@dataclass(slots=True)
class Layout:
    """The programme while it is laid out: columns by what they stand for, rows in sparse form."""

    pairs: list[Pair]
    families: dict[tuple[str, str], int] = field(default_factory=dict)
    firsts: dict[str, int] = field(default_factory=dict)
    hours: dict[str, dict[int, float]] = field(default_factory=dict)
    width: int = 0
    upper: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    index: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)

    def row(self, entries: dict[int, float], upper: float) -> None:
        """Let the weighted sum of these columns be at most `upper`."""
        self.starts.append(len(self.index))
        self.index.extend(entries)
        self.value.extend(entries.values())
        self.upper.append(upper)


class Model:
    """One solver over all stages; each starts from the last answer."""

    def __init__(self, highs: Any, aims: dict[str, Floats], start: Floats, choices: int) -> None:
        self._highs = highs
        self._aims = aims
        self._values = start
        self._choices = choices

    @property
    def taken(self) -> list[bool]:
        """For each pair, whether it is chosen."""
        return [bool(v > 0.5) for v in self._values[: self._choices]]

    def optimise(self, aim: str, seconds: float) -> tuple[int, int]:
        """Best value found for one aim, and the proven bound on it; what can't be in any such answer is fixed."""
        import highspy

        h, cost = self._highs, self._aims[aim]
        upwards = aim in MAXIMISED
        everything = np.arange(len(cost), dtype=np.int32)
        h.changeColsCost(len(cost), everything, cost)
        h.changeObjectiveSense(highspy.ObjSense.kMaximize if upwards else highspy.ObjSense.kMinimize)
        h.setOptionValue("time_limit", seconds)
        bound, prices = self._relax(upwards)
        best = round(float(cost @ self._values))
        tight = floor(bound + 1e-6) if upwards else ceil(bound - 1e-6)
        if best != tight:
            start = highspy.HighsSolution()
            start.col_value = list(self._values)
            h.setSolution(start)
            h.run()
            info = h.getInfo()
            if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
                self._values = np.round(np.array(h.getSolution().col_value))
            best = round(float(cost @ self._values))
            if h.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                tight = best
            elif upwards:
                tight = min(tight, floor(min(info.mip_dual_bound, 1e12) + 1e-6))
            else:
                tight = max(tight, ceil(max(info.mip_dual_bound, -1e12) - 1e-6))
        self._fix(prices, abs(bound - best))
        return best, tight

    def _relax(self, upwards: bool) -> tuple[float, Floats]:
        """The bound without whole numbers, and the reduced costs; the answer itself where it is whole already."""
        import highspy

        h = self._highs
        h.setOptionValue("solve_relaxation", True)
        h.run()
        h.setOptionValue("solve_relaxation", False)
        if (
            h.getModelStatus() != highspy.HighsModelStatus.kOptimal
        ):  # out of time: nothing is known, nothing fixed
            return (1e12 if upwards else -1e12), np.zeros(len(self._values))
        solution = h.getSolution()
        values = np.array(solution.col_value)
        if np.all(np.abs(values - np.round(values)) < 1e-6):
            self._values = np.round(values)
        return float(h.getInfo().objective_function_value), np.array(solution.col_dual)

    def _fix(self, prices: Floats, slack: float) -> None:
        """Fix every 0-1 column whose other value would cost more than the slack between bound and best."""
        dear = np.flatnonzero(np.abs(prices[:-1]) > slack + 1e-5).astype(np.int32)
        if len(dear):
            kept = self._values[dear]
            self._highs.changeColsBounds(len(dear), dear, kept, kept)

    def hold(self, aim: str, best: int) -> None:
        """Let no later stage do worse in this aim."""
        cost = self._aims[aim]
        columns = np.flatnonzero(cost).astype(np.int32)
        lower, upper = (best, np.inf) if aim in MAXIMISED else (-np.inf, best)
        self._highs.addRow(float(lower), float(upper), len(columns), columns, cost[columns])


def build(board: Board, pairs: list[Pair], start: set[Pair]) -> Model:
    """The programme for these pairs; `start` is a choice that keeps every rule."""
    layout = Layout(pairs, width=len(pairs))
    _lay_columns(board, layout)
    _lay_links(board, layout)
    _lay_seats(board, layout)
    _lay_hours(board, layout)
    heaviest = layout.width
    lower, upper, values = np.zeros(heaviest + 1), np.ones(heaviest + 1), np.zeros(heaviest + 1)
    upper[heaviest] = values[heaviest] = max([0, *board.budgets.values()])
    for i, pair in enumerate(pairs):
        if pair in board.fixed:
            lower[i] = 1.0
        if pair in start:
            values[_chain(board, layout, i)] = 1.0
    return Model(_solver(layout, lower, upper), _aims(board, layout), values, len(pairs))


def _lay_columns(board: Board, layout: Layout) -> None:
    for pair in layout.pairs:
        person, kin = board.contacts[pair[0]], family(board.opportunities[pair[1]].kind)
        if board.has_letter(pair) or kin in written(person):
            continue
        if (person.key, kin) not in layout.families:
            layout.families[(person.key, kin)] = layout.width
            layout.width += 1
        if not person.written_kinds and person.key not in layout.firsts:
            layout.firsts[person.key] = layout.width
            layout.width += 1


def _chain(board: Board, layout: Layout, i: int) -> list[int]:
    """The columns that must be 1 when pair `i` is."""
    contact, opportunity = layout.pairs[i]
    if board.has_letter(layout.pairs[i]):
        return [i]
    kin = family(board.opportunities[opportunity].kind)
    linked = (layout.families.get((contact, kin)), layout.firsts.get(contact))
    return [i, *(column for column in linked if column is not None)]


def _lay_links(board: Board, layout: Layout) -> None:
    """x <= z <= y, and for each family the capacity row that makes a fractional z pay in full."""
    kin_hours: dict[int, dict[int, float]] = {}
    for i, (contact, opportunity) in enumerate(layout.pairs):
        mine = layout.hours.setdefault(contact, {})
        chain = _chain(board, layout, i)
        if not board.has_letter((contact, opportunity)):
            mine[i] = float(letter_halves(board.opportunities[opportunity]))
        if len(chain) > 1:
            layout.row({i: 1.0, chain[1]: -1.0}, 0.0)
            kin_hours.setdefault(chain[1], {})[i] = mine[i]
    for (contact, _), z in layout.families.items():
        layout.hours[contact][z] = float(EACH_FAMILY)
        spent = EACH_FAMILY
        if contact in layout.firsts:
            layout.row({z: 1.0, layout.firsts[contact]: -1.0}, 0.0)
            layout.hours[contact][layout.firsts[contact]] = float(FIRST)
            spent += FIRST
        room = float(max(0, board.budgets[contact] - spent))
        if sum(kin_hours[z].values()) > room:
            layout.row({**kin_hours[z], z: -room}, 0.0)


def _lay_seats(board: Board, layout: Layout) -> None:
    seats: dict[str, dict[int, float]] = {}
    for i, (_, opportunity) in enumerate(layout.pairs):
        seats.setdefault(opportunity, {})[i] = 1.0
    for opportunity, entries in seats.items():
        if len(entries) > board.seats[opportunity]:
            layout.row(entries, float(board.seats[opportunity]))


def _lay_hours(board: Board, layout: Layout) -> None:
    for contact, entries in layout.hours.items():
        if not entries:
            continue
        if sum(entries.values()) > board.budgets[contact]:
            room, first = float(board.budgets[contact]), layout.firsts.get(contact)
            if first is None:
                layout.row(entries, room)
            else:
                rest = {column: v for column, v in entries.items() if column != first}
                layout.row({**rest, first: FIRST - room}, 0.0)
        layout.row({**entries, layout.width: -1.0}, 0.0)


def _aims(board: Board, layout: Layout) -> dict[str, Floats]:
    aims = {name: np.zeros(layout.width + 1) for name in AIMS}
    for i, pair in enumerate(layout.pairs):
        person = board.contacts[pair[0]]
        aims["slots"][i] = 1.0
        aims["fit"][i] = board.fits[pair].points
        aims["knows_work"][i] = person.knows_work or 0
        aims["seniority"][i] = person.seniority or 0
    for entries in layout.hours.values():
        for column, value in entries.items():
            aims["hours"][column] = value
    aims["heaviest"][layout.width] = 1.0
    return aims


def _solver(layout: Layout, lower: Floats, upper: Floats) -> Any:
    import highspy

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(lower), len(layout.upper)
    lp.col_cost_ = np.zeros(len(lower))
    lp.col_lower_, lp.col_upper_ = lower, upper
    lp.row_lower_ = np.full(len(layout.upper), -highspy.kHighsInf)
    lp.row_upper_ = np.array(layout.upper)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array([*layout.starts, len(layout.index)], dtype=np.int32)
    lp.a_matrix_.index_ = np.array(layout.index, dtype=np.int32)
    lp.a_matrix_.value_ = np.array(layout.value)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(lower)
    h: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy ships no types
    options = {"output_flag": False, "threads": 1, "random_seed": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 0.99}
    for name, value in options.items():
        h.setOptionValue(name, value)
    h.passModel(lp)
    return h
