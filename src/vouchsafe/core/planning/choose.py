"""Choosing the writers of all opportunities together.

The aims are strictly ordered (asking.md section 2): cover every slot, then most fit, then fewest favour-hours, then
least on any one person. All four are whole numbers. The first three are one number with weights that can't overtake
each other, made as large as possible by columns.py; then the heaviest load is lowered as long as that number can be
kept. What is still equal goes to whoever knows the work better, and only then to the more senior. How this is shown
to be optimal: docs/why/planning.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from vouchsafe.core.planning.board import Board, Pair
from vouchsafe.core.planning.columns import Answer, Search, Weights
from vouchsafe.core.planning.effort import EACH_FAMILY, FIRST, written
from vouchsafe.core.planning.fit import rank
from vouchsafe.core.planning.pricing import Bools, Pricing

AIMS = ("slots", "fit", "hours", "heaviest")

Progress = Callable[[str, float], None]
"""Called with the name of the step and the share of it that is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Score:
    """What the choice of writers achieves: more slots, more fit points, fewer half-hours, a lighter heaviest load."""

    slots: int
    fit: int
    halves: int
    heaviest: int

    @property
    def order(self) -> tuple[int, int, int, int]:
        """Larger is better, compared from the left."""
        return (self.slots, self.fit, -self.halves, -self.heaviest)


@dataclass(frozen=True, slots=True)
class Proof:
    """How far each aim may at most be from its best, in its own unit (slots, fit points, half-hours).

    An aim is judged only while all before it are at their best; later ones are then missing from `gaps`.
    """

    gaps: dict[str, int]
    seconds: float

    @property
    def is_optimal(self) -> bool:
        return len(self.gaps) == len(AIMS) and not any(self.gaps.values())


@dataclass(frozen=True, slots=True)
class Choice:
    """Writers by opportunity, each in the order of their keys."""

    writers: dict[str, tuple[str, ...]]
    score: Score
    proof: Proof


def measure(board: Board, pairs: list[Pair]) -> Score:
    """Score a set of (contact, opportunity) pairs."""
    roles: dict[str, list[str]] = {}
    for contact, opportunity in pairs:
        roles.setdefault(contact, []).append(opportunity)
    loads = [board.load(contact, theirs) for contact, theirs in roles.items()]
    return Score(len(pairs), sum(board.fits[p].points for p in pairs), sum(loads), max(loads, default=0))


def choose(board: Board, *, seconds: float = 14.0, progress: Progress | None = None) -> Choice:
    """The writers of every opportunity. Stops after about `seconds` and states the gap left."""
    began = perf_counter()
    tell = progress or (lambda step, share: None)
    tell("writers", 0.0)
    pairs = without_the_outdone(board, board.open_pairs())
    if not pairs:
        tell("writers", 1.0)
        return Choice({}, Score(0, 0, 0, 0), Proof(dict.fromkeys(AIMS, 0), 0.0))
    pricing = Pricing(board, pairs)
    start = _start(board, pairs, pricing)
    most_hours = pricing.seats @ (pricing.weight + EACH_FAMILY + FIRST)
    points = float(min(most_hours, pricing.budget.sum()) + 1)
    slots = float(100 * pricing.seats.sum() + 1)
    is_full = bool(start.sum() == pricing.seats.sum())
    search = Search(pricing, Weights(slots, points), start, is_full=is_full)
    answer = search.solve(
        start, search.value_of(start), 0.75 * seconds, tell=lambda s: tell("writers", 0.75 * s)
    )
    gaps = _gaps(answer, search.weights, is_full=is_full)
    taken = answer.taken
    tell("writers", 0.75)
    if not any(gaps.values()):
        taken, gaps["heaviest"] = _lighten(search, answer, began + seconds)
    taken = _settle_ties(board, pricing, taken)
    chosen = [(pricing.people[c], pricing.openings[o]) for c, o in np.argwhere(taken)]
    writers: dict[str, list[str]] = {}
    for contact, opportunity in chosen:
        writers.setdefault(opportunity, []).append(contact)
    tell("writers", 1.0)
    found = {o: tuple(sorted(c)) for o, c in sorted(writers.items())}
    return Choice(found, measure(board, chosen), Proof(gaps, perf_counter() - began))


def without_the_outdone(board: Board, pairs: list[Pair]) -> list[Pair]:
    """Leave out people that an optimal plan can do without: long lists hold hundreds of equals.

    One outdoes another who fits no opportunity better, has no more hours, costs no less, and ranks no higher. A plan
    uses at most as many people as there are seats; so whoever is outdone by that many can always be replaced by
    one of them, whole set for whole set, and nothing is lost in any aim.
    """
    openings = sorted({o for _, o in pairs})
    seats = sum(board.seats[o] for o in openings)
    people = sorted({c for c, _ in pairs})
    if len(people) <= seats:
        return pairs
    held = set(pairs)
    kept_traits: dict[frozenset[str], list[tuple[int, ...]]] = {}
    dropped = set()
    must_stay = {c for c, _ in board.fixed}
    rows = {c: _traits(board, c, openings, held) for c in people}
    for contact in sorted(people, key=lambda c: (-sum(rows[c]), c)):
        rivals = kept_traits.setdefault(written(board.contacts[contact]), [])
        mine = np.array(rows[contact])
        outdone = len(rivals) >= seats and int((np.array(rivals) >= mine).all(axis=1).sum()) >= seats
        if outdone and contact not in must_stay:
            dropped.add(contact)
        else:
            rivals.append(rows[contact])
    return [p for p in pairs if p[0] not in dropped]


def _traits(board: Board, contact: str, openings: list[str], held: set[Pair]) -> tuple[int, ...]:
    """Everything of which more is never worse; -1 where the pair is not open."""
    person = board.contacts[contact]
    fits = (board.fits[contact, o].points if (contact, o) in held else -1 for o in openings)
    rank_of = (person.knows_work or 0, person.warmth or 0, person.seniority or 0)
    return (*fits, board.budgets[contact], *rank_of)


def _gaps(answer: Answer, weights: Weights, *, is_full: bool) -> dict[str, int]:
    """The distance to the bound, told apart by aim; the first open one ends the list."""
    left = max(0.0, answer.bound - answer.value)
    slots = 0 if is_full else int(left // (weights.slot * weights.point))
    if slots:
        return {"slots": slots}
    fit = int(left // weights.point)
    return {"slots": 0, "fit": fit} if fit else {"slots": 0, "fit": 0, "hours": int(left)}


def _lighten(search: Search, answer: Answer, ends: float) -> tuple[Bools, int]:
    """Lower the heaviest load while nothing else is lost; the plan, and the half-hours it might still be too high."""
    halves, taken = search.pricing.halves, answer.taken
    least = int(halves(search.pricing.fixed).max(initial=0))
    while (heaviest := int(halves(taken).max(initial=0))) > least:
        left = ends - perf_counter()
        lighter = search.solve(taken, answer.value - 1, max(0.05, left), heaviest - 1)
        if lighter.value >= answer.value:
            taken = lighter.taken
        elif lighter.bound >= answer.value:
            return taken, heaviest - least
        else:
            break
    return taken, 0


def _start(board: Board, pairs: list[Pair], pricing: Pricing) -> Bools:
    """A fair choice to start from: scarcest opportunity first, best fit first, within every budget."""
    chosen = set(board.fixed)
    roles: dict[str, list[str]] = {c: [] for c in board.contacts}
    for contact, opportunity in sorted(chosen):
        roles[contact].append(opportunity)
    choices: dict[str, list[str]] = {}
    for contact, opportunity in pairs:
        choices.setdefault(opportunity, []).append(contact)
    for opportunity in sorted(choices, key=lambda o: (len(choices[o]) - board.seats[o], o)):
        free = board.seats[opportunity] - sum(1 for p in chosen if p[1] == opportunity)
        ranked = sorted(choices[opportunity], key=lambda c: (-board.fits[c, opportunity].points, c))
        for contact in ranked:
            if free <= 0:
                break
            theirs = [*roles[contact], opportunity]
            if (contact, opportunity) in chosen or board.load(contact, theirs) > board.budgets[contact]:
                continue
            chosen.add((contact, opportunity))
            roles[contact].append(opportunity)
            free -= 1
    taken = [[(c, o) in chosen for o in pricing.openings] for c in pricing.people]
    return np.array(taken, dtype=bool)


def _settle_ties(board: Board, pricing: Pricing, taken: Bools) -> Bools:
    """Exchange writers of equal fit for those who rank before them, as long as no hours are added anywhere.

    Each exchange raises the rank of one seat, so this ends.
    """
    taken = taken.copy()
    heaviest = int(pricing.halves(taken).max(initial=0))
    improved = True
    while improved:
        improved = False
        for o, opening in enumerate(pricing.openings):
            for c in map(int, np.flatnonzero(taken[:, o] & ~pricing.fixed[:, o])):
                rivals = np.flatnonzero(
                    pricing.allowed[:, o] & ~taken[:, o] & (pricing.points[:, o] == pricing.points[c, o])
                )
                for rival in sorted(map(int, rivals), key=lambda r: _place(board, pricing, r, opening)):
                    if _place(board, pricing, rival, opening) >= _place(board, pricing, c, opening):
                        break
                    if _exchange(pricing, taken, o, c, rival, heaviest):
                        improved = True
                        break
    return taken


def _place(board: Board, pricing: Pricing, person: int, opening: str) -> tuple[int, int, int, int]:
    """The rank without the key: an exchange must be for a reason."""
    contact = board.contacts[pricing.people[person]]
    return rank(contact, board.fits[contact.key, opening].points)[:4]


def _exchange(pricing: Pricing, taken: Bools, o: int, out: int, into: int, heaviest: int) -> bool:
    """Let `into` write in place of `out` where that costs nothing; whether it was done."""
    before = pricing.halves_of(out, taken[out]) + pricing.halves_of(into, taken[into])
    taken[out, o], taken[into, o] = False, True
    theirs = pricing.halves_of(into, taken[into])
    after = pricing.halves_of(out, taken[out]) + theirs
    if after <= before and theirs <= min(heaviest, int(pricing.budget[into])):
        return True
    taken[out, o], taken[into, o] = True, False
    return False
