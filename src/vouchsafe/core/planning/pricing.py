"""The best set of opportunities for each person at given prices: a small knapsack a person, all at once.

A person's set costs half-hours (effort.py) and must fit their budget. At prices for the seats, the best set is found
exactly by dynamic programming over the opportunities, once for each choice of families (study, work, both), because
the families opened fix the extra hours. Values are whole multiples of 2**-GRAIN, so sums are exact in floats.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vouchsafe.core.planning.board import Board, Pair
from vouchsafe.core.planning.effort import EACH_FAMILY, FIRST, family, letter_halves, written

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

GRAIN = 8
"""Prices are rounded to 1/256: any price gives a valid bound, and sums of such numbers are exact."""

STEPS_PER_SET = 30

FAMILY_SETS = (("study",), ("work",), ("study", "work"))


@dataclass(frozen=True, slots=True)
class Sets:
    """For each family set and person: the best set found and its value at the prices."""

    taken: Bools
    """(family set, person, opportunity)"""
    value: Floats
    """(family set, person); -inf where the set can't hold what is fixed."""


class Pricing:
    """The board as arrays: people and opportunities in their fixed order."""

    def __init__(self, board: Board, pairs: list[Pair]) -> None:
        self.people = sorted({c for c, _ in pairs})
        self.openings = sorted({o for _, o in pairs})
        at_person = {c: i for i, c in enumerate(self.people)}
        at_opening = {o: i for i, o in enumerate(self.openings)}
        shape = (len(self.people), len(self.openings))
        self.allowed = np.zeros(shape, dtype=bool)
        self.fixed = np.zeros(shape, dtype=bool)
        self.free = np.zeros(shape, dtype=bool)
        self.points = np.zeros(shape)
        for pair in pairs:
            at = (at_person[pair[0]], at_opening[pair[1]])
            self.allowed[at] = True
            self.fixed[at] = pair in board.fixed
            self.free[at] = board.has_letter(pair)
            self.points[at] = board.fits[pair].points
        openings = [board.opportunities[o] for o in self.openings]
        contacts = [board.contacts[c] for c in self.people]
        self.seats = np.array([board.seats[o] for o in self.openings], dtype=float)
        self.weight = np.array([letter_halves(o) for o in openings], dtype=np.int64)
        self.is_study = np.array([family(o.kind) == "study" for o in openings], dtype=bool)
        self.first = np.array([0 if c.written_kinds else FIRST for c in contacts], dtype=np.int64)
        self.extra = np.array(
            [
                [EACH_FAMILY * sum(name not in written(c) for name in names) for c in contacts]
                for names in FAMILY_SETS
            ],
            dtype=np.int64,
        )
        most = int(self.weight.sum() + FIRST + 2 * EACH_FAMILY)
        self.budget = np.array([min(board.budgets[c], most) for c in self.people], dtype=np.int64)

    def halves(self, taken: Bools) -> Ints:
        """Half-hours of each person for what they take: (..., person, opportunity) -> (..., person)."""
        paid = taken & ~self.free
        study = (paid & self.is_study).any(axis=-1)
        work = (paid & ~self.is_study).any(axis=-1)
        hours = (paid * self.weight).sum(axis=-1) + self.first * (study | work)
        opened: Ints = hours + self.extra[0] * study + self.extra[1] * work
        return opened

    def halves_of(self, person: int, taken: Bools) -> int:
        """Half-hours of one person for what they take."""
        paid = taken & ~self.free[person]
        study, work = bool((paid & self.is_study).any()), bool((paid & ~self.is_study).any())
        hours = int(self.weight[paid].sum()) + int(self.first[person]) * (study or work)
        return hours + int(self.extra[0, person]) * study + int(self.extra[1, person]) * work

    def near_best(
        self, profit: Floats, slack: float, most: int | None, limit: int
    ) -> list[tuple[int, Bools]] | None:
        """Every (person, set) that loses at most `slack` against that person's best; None beyond `limit` sets."""
        best = self.best_sets(profit, most).value.max(axis=0)
        found: list[tuple[int, Bools]] = []
        steps = [STEPS_PER_SET * limit]
        for person in range(len(self.people)):
            for f in range(len(FAMILY_SETS)):
                sets = self._near(person, f, profit[person], float(best[person]) - slack, most, steps)
                if sets is None or len(found) + len(sets) > limit:
                    return None
                found += [(person, taken) for taken in sets]
        return found

    def _near(
        self, person: int, f: int, profit: Floats, least: float, most: int | None, steps: list[int]
    ) -> list[Bools] | None:
        """All sets of one person within one choice of families that are worth at least `least`."""
        inside = [("study" if s else "work") in FAMILY_SETS[f] for s in self.is_study]
        in_hand = self.free[person] & self.fixed[person]
        items = [int(o) for o in np.flatnonzero(self.allowed[person] & ~in_hand) if inside[o]]
        if (self.fixed[person] & ~in_hand & ~np.array(inside)).any():
            return []
        room = int(self.budget[person]) if most is None else min(int(self.budget[person]), most)
        entry = int(self.first[person] + self.extra[f, person])
        base = float(profit[in_hand].sum())
        # reach[i][room]: the most that items from i on can still add. Fixed ones are a must.
        reach = [[0.0] * (room + 1)]
        for o in reversed(items):
            weight, gain, after = int(self.weight[o]), float(profit[o]) - int(self.weight[o]), reach[0]
            must = bool(self.fixed[person, o])
            row = [
                max(
                    -np.inf if must else after[space],
                    after[space - weight] + gain if space >= weight else -np.inf,
                )
                for space in range(room + 1)
            ]
            reach.insert(0, row)
        found: list[Bools] = []
        open_nodes: list[tuple[int, int, float, tuple[int, ...]]] = [(0, room - entry, base - entry, ())]
        while open_nodes:
            i, space, worth, taken = open_nodes.pop()
            steps[0] -= 1
            if steps[0] < 0:
                return None
            if space < 0 or worth + reach[i][space] < least:
                continue
            if i == len(items):
                whole = in_hand.copy()
                whole[list(taken)] = True
                found.append(whole)
                continue
            o, weight = items[i], int(self.weight[items[i]])
            if not self.fixed[person, o]:
                open_nodes.append((i + 1, space, worth, taken))
            if space >= weight:
                open_nodes.append((i + 1, space - weight, worth + float(profit[o]) - weight, (*taken, o)))
        # Nothing taken costs nothing: the entry was charged for it, so it is always offered.
        if not self.fixed[person].any():
            found.append(in_hand.copy())
        return found

    def best_sets(self, profit: Floats, most: int | None = None) -> Sets:
        """The best set of each person where taking a pair is worth `profit`; no load above `most`.

        Hours count against the value one for one.
        """
        count, width = profit.shape
        taken = np.zeros((len(FAMILY_SETS), count, width), dtype=bool)
        value = np.empty((len(FAMILY_SETS), count))
        budget = self.budget if most is None else np.minimum(self.budget, most)
        big = 4.0 * (np.abs(profit).sum() + 1)
        worth = np.where(self.allowed, profit, -big) + np.where(self.fixed, big, 0.0)
        for f, names in enumerate(FAMILY_SETS):
            inside = np.array([("study" if s else "work") in names for s in self.is_study])
            entry = self.first + self.extra[f]
            chosen = self._knapsack(worth, inside, budget - entry)
            chosen |= self.free & self.fixed
            taken[f] = chosen
            value[f] = (np.where(chosen, profit, 0.0)).sum(axis=1) - self.halves(chosen)
            unable = (self.fixed & ~chosen).any(axis=1) | (self.halves(chosen) > budget)
            value[f][unable] = -np.inf
        return Sets(taken, value)

    def _knapsack(self, worth: Floats, inside: Bools, room: Ints) -> Bools:
        """Which opportunities each person takes within their room; one person a row, all rows together."""
        count = len(room)
        most = max(0, int(room.max(initial=0)))
        best = np.zeros((count, most + 1))
        steps: list[tuple[int, int, Bools]] = []
        for o in np.flatnonzero(inside):
            weight = int(self.weight[o])
            if weight > most:
                continue
            gain = worth[:, o] - weight
            usable = (gain > 0) & ~self.free[:, o]
            if not usable.any():
                continue
            with_it = best[:, : most + 1 - weight] + gain[:, None]
            better = (with_it > best[:, weight:]) & usable[:, None]
            best[:, weight:] = np.where(better, with_it, best[:, weight:])
            steps.append((int(o), weight, better))
        chosen = np.zeros(worth.shape, dtype=bool)
        left = np.clip(room, -1, most)
        rows = np.arange(count)
        for item, weight, better in reversed(steps):
            fits = left >= weight
            takes = fits & better[rows, np.where(fits, left - weight, 0)]
            chosen[takes, item] = True
            left = left - weight * takes
        return chosen


def on_grain(prices: Floats) -> Floats:
    """Prices rounded so that every sum of them is exact."""
    rounded: Floats = np.round(prices * 2**GRAIN) / 2**GRAIN
    return rounded
