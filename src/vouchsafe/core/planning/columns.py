"""The choice of writers by whole sets: each person takes one set of opportunities, the seats tie people together.

Column generation. A linear programme over the sets found so far gives prices for the seats; pricing.py finds for each
person the best set at those prices; sets that pay are added, until none does. At any prices, the seats' prices plus
everybody's best value bound what any plan can reach; the bound is summed exactly, so it holds whatever the
tolerance of the solver. The plan itself is the best combination of the sets found.

Why this and not one programme with a variable a pair (model.py): first letters and budgets make that one weak, with
bounds 10 to 20 in 100 too high; sets hold them exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import numpy as np

from vouchsafe.core.planning.pricing import Bools, Floats, Pricing, on_grain

SMOOTHING = 0.6
"""Share of the best prices so far in the prices tried next; raw prices swing."""
PAYS = 1e-6


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
    seen: set[tuple[int, bytes]] = field(default_factory=set)

    def add(self, owner: int, taken: Bools, value: float) -> bool:
        """Keep a set unless it is known."""
        key = (owner, np.packbits(taken).tobytes())
        if key in self.seen:
            return False
        self.seen.add(key)
        self.owner.append(owner)
        self.taken.append(taken)
        self.value.append(value)
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
        whole = np.zeros_like(self.pricing.allowed)
        whole[person] = taken
        return self.sets.add(person, taken.copy(), self.value_of(whole))

    def solve(
        self, incumbent: Bools, seconds: float, most: int | None = None, goal: float = np.inf
    ) -> Answer:
        """The best plan, no load above `most`. Stops early when the bound shows that `goal` can't be reached."""
        ends = perf_counter() + seconds
        best = self.value_of(incumbent) if self._within(incumbent, most) else -np.inf
        master = _Master(self, most)
        bound = np.inf
        centre = self.prices
        while perf_counter() < ends - seconds * 0.4:
            if not master.run(ends - perf_counter()):
                break
            prices = on_grain(SMOOTHING * centre + (1 - SMOOTHING) * master.prices)
            found, here = self._price(prices, most)
            if here < bound:
                bound, centre = here, prices
            if found == 0:
                found, here = self._price(on_grain(master.prices), most)
                if here < bound:
                    bound, centre = here, on_grain(master.prices)
                if found == 0:
                    break
            if bound < best + 1 or bound < goal or bound - master.value < PAYS * max(1.0, abs(bound)):
                break
            master.extend()
        self.prices = centre
        if bound < best + 1 or bound < goal:
            return Answer(incumbent, best, bound)
        taken = master.combine(best, bound, max(0.1, ends - perf_counter()))
        if taken is not None and self.value_of(taken) > best:
            incumbent, best = taken, self.value_of(taken)
        return Answer(incumbent, best, bound)

    def _within(self, taken: Bools, most: int | None) -> bool:
        return most is None or int(self.pricing.halves(taken).max(initial=0)) <= most

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
    """The linear programme over the sets: each person one set, no seat twice."""

    def __init__(self, search: Search, most: int | None) -> None:
        import highspy

        self.search, self.most = search, most
        self.people, self.seats = len(search.pricing.people), len(search.pricing.seats)
        self.prices = np.zeros(self.seats)
        self.value = -np.inf
        self.columns: list[int] = []
        self._next = 0
        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy ships no types
        for name, option in {"output_flag": False, "threads": 1, "random_seed": 1}.items():
            self._highs.setOptionValue(name, option)
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        lower = search.pricing.seats if search.is_full else np.zeros(self.seats)
        none = np.array([], dtype=np.int32)
        for person in range(self.people):
            self._highs.addRow(1.0, 1.0, 0, none, none.astype(float))
        for seat in range(self.seats):
            self._highs.addRow(
                float(lower[seat]), float(search.pricing.seats[seat]), 0, none, none.astype(float)
            )
        self.extend()

    def extend(self) -> None:
        """Take in the sets found since the last time that keep to the heaviest load allowed."""
        sets = self.search.sets
        new = [i for i in range(self._next, len(sets.owner)) if self._allowed(i)]
        self._next = len(sets.owner)
        if not new:
            return
        starts, index = [], []
        for i in new:
            starts.append(len(index))
            index += [sets.owner[i], *(self.people + np.flatnonzero(sets.taken[i]))]
        cost = np.array([sets.value[i] for i in new])
        self._highs.addCols(
            len(new),
            cost,
            np.zeros(len(new)),
            np.ones(len(new)),
            len(index),
            np.array(starts, dtype=np.int32),
            np.array(index, dtype=np.int32),
            np.ones(len(index)),
        )
        self.columns += new

    def _allowed(self, i: int) -> bool:
        if self.most is None:
            return True
        whole = np.zeros_like(self.search.pricing.allowed)
        whole[self.search.sets.owner[i]] = self.search.sets.taken[i]
        return int(self.search.pricing.halves(whole).max(initial=0)) <= self.most

    def run(self, seconds: float) -> bool:
        """Solve it as it is; False where there is no answer (yet)."""
        import highspy

        self._highs.setOptionValue("time_limit", max(0.05, seconds))
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return False
        self.value = float(self._highs.getInfo().objective_function_value)
        self.prices = np.array(self._highs.getSolution().row_dual[self.people :])
        self._reduced = np.array(self._highs.getSolution().col_dual)
        return True

    def combine(self, best: float, bound: float, seconds: float) -> Bools | None:
        """The best whole combination of the sets, better than `best`."""
        import highspy

        count = len(self.columns)
        if count == 0:
            return None
        h = self._highs
        h.changeColsIntegrality(count, np.arange(count, dtype=np.int32), np.ones(count, dtype=np.uint8))
        for name, option in {"mip_rel_gap": 0.0, "mip_abs_gap": 0.9, "time_limit": seconds}.items():
            h.setOptionValue(name, option)
        h.run()
        if h.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        values = np.array(h.getSolution().col_value)
        taken = np.zeros_like(self.search.pricing.allowed)
        for column in np.flatnonzero(values > 0.5):
            i = self.columns[column]
            taken[self.search.sets.owner[i]] |= self.search.sets.taken[i]
        return taken
