"""The choice of writers by whole sets: each person takes one set of opportunities, the seats tie people together.

Column generation. A linear programme over the sets found so far gives prices for the seats; pricing.py finds for each
person the best set at those prices; sets that pay are added, until none does. At any prices, the seats' prices plus
everybody's best value bound what any plan can reach; the bound is summed exactly, so it holds whatever the
tolerance of the solver. The plan itself is the best combination of the sets found.

Why this and not one programme with a variable a pair (model.py): first letters and budgets make that one weak, with
bounds 10 to 20 in 100 too high; sets hold them exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import numpy as np

from vouchsafe.core.planning.pricing import Bools, Floats, Ints, Pricing, on_grain

SMOOTHING = 0.6
"""Share of the best prices so far in the prices tried next; raw prices swing."""
PAYS = 1e-6
PRIMAL, DUAL = 4, 1
"""HiGHS's names for the simplex methods. New sets leave the last answer primal feasible, so the primal one goes on
from it: three times as fast here as the default."""
DESCENT = 0.65
"""Share of the time for finding sets; the rest is for combining them."""
STOPGAP = 1000.0
"""Fit points that an empty seat costs while the sets to fill it are still being found."""
MOST_SETS = 20_000
"""Beyond so many sets near the best ones the proof is given up, and the gap stated."""
MOST_SLACK = 40
"""Fit points between plan and bound up to which that proof is tried at all."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One number for three aims: value = (slots * slot + points) * point - half-hours."""

    slot: float
    point: float


@dataclass(slots=True)
class Answer:
    """The best combination found, its exact value, and the exact bound no plan can pass."""

    taken: Bools
    value: float
    bound: float


@dataclass(slots=True)
class Sets:
    """The columns: whose set it is, what it holds, what it is worth."""

    owner: list[int] = field(default_factory=list)
    taken: list[Bools] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    halves: list[int] = field(default_factory=list)
    seen: set[tuple[int, bytes]] = field(default_factory=set)

    def add(self, owner: int, taken: Bools, value: float, halves: int) -> bool:
        """Keep a set unless it is known."""
        key = (owner, np.packbits(taken).tobytes())
        if key in self.seen:
            return False
        self.seen.add(key)
        self.owner.append(owner)
        self.taken.append(taken)
        self.value.append(value)
        self.halves.append(halves)
        return True


class Search:
    """One instance: its sets grow over all questions asked of it."""

    def __init__(self, pricing: Pricing, weights: Weights, start: Bools, *, is_full: bool) -> None:
        self.pricing, self.weights = pricing, weights
        self.is_full = is_full
        """Every seat is taken in `start`: then every plan worth having takes them all."""
        self.profit = weights.point * (pricing.points + (0.0 if is_full else weights.slot))
        self.sets = Sets()
        self.prices = np.zeros(len(pricing.seats))
        for person in range(len(pricing.people)):
            self._keep(person, start[person])
            self._keep(person, pricing.fixed[person])

    def value_of(self, taken: Bools) -> float:
        """The exact value of a whole plan."""
        return float(np.where(taken, self.profit, 0.0).sum() - self.pricing.halves(taken).sum())

    def _keep(self, person: int, taken: Bools) -> bool:
        halves = self.pricing.halves_of(person, taken)
        value = float(self.profit[person][taken].sum()) - halves
        return self.sets.add(person, taken.copy(), value, halves)

    def solve(
        self,
        incumbent: Bools,
        floor: float,
        seconds: float,
        most: int | None = None,
        tell: Callable[[float], None] = lambda share: None,
    ) -> Answer:
        """The best plan with a value above `floor` and no load above `most`, else the `incumbent` at `floor`.

        The bound never lies below `floor`; equal to it, nothing better exists.
        """
        ends = perf_counter() + seconds
        master = _Master(self, most)
        prices, bound = self._descend(master, floor, ends - (1 - DESCENT) * seconds, most, tell)
        tell(0.6)
        best = floor
        rounded = self._round(master, most)
        if rounded is not None and self.value_of(rounded) > best:
            incumbent, best = rounded, self.value_of(rounded)
        if bound >= best + 1:
            incumbent, best = self._better(master, incumbent, best, ends)
        if bound >= best + 1 and self._complete(prices, bound - best - 1, most):
            rest = _Master(self, most, (prices, bound - best - 1))
            incumbent, best = self._better(rest, incumbent, best, ends)
            if rest.is_exhausted:
                bound = best
        return Answer(incumbent, best, max(best, bound if bound >= best + 1 else best))

    def _descend(
        self,
        master: _Master,
        floor: float,
        ends: float,
        most: int | None,
        tell: Callable[[float], None],
    ) -> tuple[Floats, float]:
        """Bring the bound down; the prices that prove it. Stops when nothing above `floor` is left to find."""
        centre, began = self.prices, perf_counter()
        _, bound = self._price(centre, most)  # whatever the time, there is a bound to state
        master.extend()
        while perf_counter() < ends and master.run(ends - perf_counter()):
            found = 0
            for share in (SMOOTHING, 0.0):
                prices = on_grain(share * centre + (1 - share) * master.prices)
                found, here = self._price(prices, most)
                if here < bound:
                    bound, centre = here, prices
                if found:
                    break
            if not found or bound < floor + 1 or bound - master.value < PAYS * max(1.0, abs(bound)):
                break
            tell(0.6 * min(1.0, (perf_counter() - began) / max(1e-9, ends - began)))
            master.extend()
        master.extend()
        self.prices = centre
        return centre, bound

    def _round(self, master: _Master, most: int | None) -> Bools | None:
        """A plan from the shares of the sets: largest share first, then seats still empty by fit. None if not full."""
        pricing = self.pricing
        limits = pricing.budget if most is None else np.minimum(pricing.budget, most)
        taken = pricing.fixed.copy()
        left = pricing.seats - taken.sum(axis=0)
        for i in master.by_share():
            owner = self.sets.owner[i]
            mine = self.sets.taken[i] & (left > 0) & ~taken[owner]
            if pricing.halves_of(owner, taken[owner] | mine) <= limits[owner]:
                taken[owner] |= mine
                left -= mine
        empty = np.argwhere(pricing.allowed & ~taken & (left > 0))
        for person, o in empty[np.argsort(-pricing.points[tuple(empty.T)], kind="stable")]:
            if left[o] <= 0:
                continue
            taken[person, o] = True
            if pricing.halves_of(int(person), taken[person]) <= limits[person]:
                left[o] -= 1
            else:
                taken[person, o] = False
        return None if (self.is_full and left.any()) or not self._within(taken, limits) else taken

    def _within(self, taken: Bools, limits: Ints) -> bool:
        return bool((self.pricing.halves(taken) <= limits).all())

    def _better(self, master: _Master, incumbent: Bools, best: float, ends: float) -> tuple[Bools, float]:
        taken = master.combine(best, max(0.1, ends - perf_counter()))
        if taken is None or self.value_of(taken) <= best:
            return incumbent, best
        return taken, self.value_of(taken)

    def _complete(self, prices: Floats, slack: float, most: int | None) -> bool:
        """Add every set that a plan within `slack` of the bound could use; False where they are too many."""
        if slack > MOST_SLACK * self.weights.point:
            return False
        near = self.pricing.near_best(self.profit - prices, slack, most, MOST_SETS)
        if near is None:
            return False
        for person, taken in near:
            self._keep(person, taken)
        return True

    def _price(self, prices: Floats, most: int | None) -> tuple[int, float]:
        """How many new sets these prices bring, and the bound they prove."""
        sets = self.pricing.best_sets(self.profit - prices, most)
        best = sets.value.max(axis=0)
        bound = float(self.pricing.seats @ prices + best.sum())
        found = 0
        for person in range(len(best)):
            for f in range(len(sets.value)):
                if np.isfinite(sets.value[f, person]):
                    found += self._keep(person, sets.taken[f, person])
        return found, bound


class _Master:
    """The linear programme over the sets: each person one set, no seat twice. Values are scaled to fit points.

    With `within` (prices, slack), only sets that lose at most `slack` against their owner's best are taken in.
    """

    def __init__(self, search: Search, most: int | None, within: tuple[Floats, float] | None = None) -> None:
        import highspy

        self.search, self.most = search, most
        self.people, self.seats = len(search.pricing.people), len(search.pricing.seats)
        self.prices = np.zeros(self.seats)
        self.value = -np.inf
        self.columns: list[int] = []
        self.is_exhausted = False
        """Whether `combine` has proven that nothing better can be combined."""
        self._next = 0
        self._shares = np.zeros(0)
        self._losses: tuple[Floats, float, Floats] | None = None
        if within is not None:
            sets = search.pricing.best_sets(search.profit - within[0], most)
            self._losses = (*within, sets.value.max(axis=0))
        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy ships no types
        options = {"output_flag": False, "threads": 1, "random_seed": 1, "simplex_strategy": PRIMAL}
        for name, option in options.items():
            self._highs.setOptionValue(name, option)
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        lower = search.pricing.seats if search.is_full else np.zeros(self.seats)
        none = np.array([], dtype=np.int32)
        for low, high in [*[(1.0, 1.0)] * self.people, *zip(lower, search.pricing.seats, strict=True)]:
            self._highs.addRow(float(low), float(high), 0, none, none.astype(float))
        # Where every seat must be taken, an empty one is allowed at a price until the sets for it are found.
        self._stopgaps = self.seats if search.is_full else 0
        for seat in range(self._stopgaps):
            row = np.array([self.people + seat], dtype=np.int32)
            self._highs.addCol(-STOPGAP, 0.0, highspy.kHighsInf, 1, row, np.ones(1))
        self.extend()

    def extend(self) -> None:
        """Take in the sets found since the last time."""
        sets = self.search.sets
        new = [i for i in range(self._next, len(sets.owner)) if self._allowed(i)]
        self._next = len(sets.owner)
        if not new:
            return
        starts: list[int] = []
        index: list[int] = []
        for i in new:
            starts.append(len(index))
            index += [sets.owner[i], *(self.people + np.flatnonzero(sets.taken[i]))]
        self._highs.addCols(
            len(new),
            np.array([sets.value[i] for i in new]) / self.search.weights.point,
            np.zeros(len(new)),
            np.ones(len(new)),
            len(index),
            np.array(starts, dtype=np.int32),
            np.array(index, dtype=np.int32),
            np.ones(len(index)),
        )
        self.columns += new

    def _allowed(self, i: int) -> bool:
        sets = self.search.sets
        if self.most is not None and sets.halves[i] > self.most:
            return False
        if self._losses is None:
            return True
        prices, slack, best = self._losses
        worth = sets.value[i] - float(prices[sets.taken[i]].sum())
        return bool(worth >= best[sets.owner[i]] - slack)

    def run(self, seconds: float) -> bool:
        """Solve it as it is; False where there is no answer in time."""
        import highspy

        self._highs.setOptionValue("time_limit", max(0.05, seconds))
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return False
        scale = self.search.weights.point
        self.value = scale * float(self._highs.getInfo().objective_function_value)
        self._shares = np.array(self._highs.getSolution().col_value)[self._stopgaps :]
        self.prices = scale * np.array(self._highs.getSolution().row_dual[self.people :])
        return True

    def by_share(self) -> list[int]:
        """The sets with a share in the last answer, largest first."""
        shares = self._shares
        return [self.columns[c] for c in np.argsort(-shares, kind="stable") if shares[c] > 0.01]

    def combine(self, floor: float, seconds: float) -> Bools | None:
        """The best whole combination of the sets, where one lies above `floor`."""
        import highspy

        h, count, scale = self._highs, len(self.columns), self.search.weights.point
        statuses = highspy.HighsModelStatus
        everything = np.arange(self._stopgaps, self._stopgaps + count, dtype=np.int32)
        for seat in range(self._stopgaps):
            h.changeColBounds(seat, 0.0, 0.0)
        h.changeColsIntegrality(count, everything, np.ones(count, dtype=np.uint8))
        options = {
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.9 / scale,
            "time_limit": seconds,
            "simplex_strategy": DUAL,
        }
        for name, option in options.items():
            h.setOptionValue(name, option)
        costs = np.array([self.search.sets.value[i] for i in self.columns]) / scale
        if np.isfinite(floor):
            h.addRow((floor + 0.5) / scale, highspy.kHighsInf, count, everything, costs)
        h.run()
        self.is_exhausted = h.getModelStatus() in (statuses.kOptimal, statuses.kInfeasible)
        if h.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        values = np.array(h.getSolution().col_value)[self._stopgaps :]
        taken = np.zeros_like(self.search.pricing.allowed)
        for column in np.flatnonzero(values > 0.5):
            i = self.columns[column]
            taken[self.search.sets.owner[i]] |= self.search.sets.taken[i]
        return taken
