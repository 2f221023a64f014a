"""Choosing the writers of all opportunities together, by integer programming in stages.

The aims are strictly ordered (asking.md section 2): cover every slot, then most fit, then fewest favour-hours, then
least on any one person. Each stage optimises one aim with those before it held at their best. All data are whole
numbers, so a bound closer than one proves a stage optimal. Two more stages settle what is left, so that the plan
does not depend on the solver's mood: most knowledge of the work, then most seniority. Why HiGHS: docs/why/planning.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from vouchsafe.core.planning.board import Board, Pair
from vouchsafe.core.planning.model import AIMS, Model, build

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
    """How far each aim may be from its best, in its own unit, given the aims before it. All zero is optimal."""

    gaps: dict[str, int]
    seconds: float

    @property
    def is_optimal(self) -> bool:
        return not any(self.gaps.values())


@dataclass(frozen=True, slots=True)
class Choice:
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


def choose(board: Board, *, seconds: float = 12.0, progress: Progress | None = None) -> Choice:
    """The writers of every opportunity. Stops each stage at its share of `seconds` and states the gap left."""
    began = perf_counter()
    pairs = board.open_pairs()
    if not pairs:
        return Choice({}, Score(0, 0, 0, 0), Proof({}, 0.0))
    start = _quick(board, pairs)
    model = build(board, pairs, start)
    gaps: dict[str, int] = {}
    for done, aim in enumerate(AIMS):
        if progress is not None:
            progress(f"writers: {aim}", done / len(AIMS))
        left = seconds - (perf_counter() - began)
        gaps[aim] = _stage(model, aim, left / 2 if done < len(AIMS) - 1 else left)
    chosen = [p for p, taken in zip(pairs, model.taken, strict=True) if taken]
    writers: dict[str, list[str]] = {}
    for contact, opportunity in chosen:
        writers.setdefault(opportunity, []).append(contact)
    if progress is not None:
        progress("writers", 1.0)
    found = {o: tuple(sorted(c)) for o, c in sorted(writers.items())}
    return Choice(found, measure(board, chosen), Proof(gaps, perf_counter() - began))


def _quick(board: Board, pairs: list[Pair]) -> set[Pair]:
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
    return chosen


def _stage(model: Model, aim: str, seconds: float) -> int:
    """Optimise one aim, hold it, and return how far from the bound it may still be."""
    best, bound = model.optimise(aim, max(0.05, seconds))
    model.hold(aim, best)
    return abs(bound - best)
