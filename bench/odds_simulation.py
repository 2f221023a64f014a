"""The odds model played out event by event, to hold the exact computation against.

Written from the model's text alone and shares no arithmetic with `core.odds`: delays are drawn
from the log-normal and rounded down, facts are met by drawing again until a run agrees with them. Runs are
drawn side by side in numpy.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from math import log

import numpy as np
from numpy.typing import NDArray

from vouchsafe.core.odds import Channel, Known, Link, Scenario, Slot

Days = NDArray[np.float64]
NEVER = np.inf


def simulate(scenario: Scenario, runs: int, rng: np.random.Generator) -> Days:
    """Share of the runs with enough letters by each day 0..D."""
    world = _World(scenario, runs, rng)
    letters = np.array([world.slot(slot) for slot in scenario.slots]).reshape(len(scenario.slots), runs)
    if scenario.need <= 0:
        there = np.zeros(runs)
    elif scenario.need > len(scenario.slots):
        there = np.full(runs, NEVER)
    else:
        there = np.sort(letters, axis=0)[scenario.need - 1]
    return np.array([(there <= day).mean() for day in range(world.last_day + 1)])


class _World:
    def __init__(self, scenario: Scenario, runs: int, rng: np.random.Generator) -> None:
        self.runs, self.rng, self.today = runs, rng, scenario.today
        self.last_day = (scenario.deadline - scenario.today).days
        self.shown = (
            min(self.last_day, max(self.last_day - 7, 3))
            if scenario.shown is None
            else (scenario.shown - scenario.today).days
        )
        default = 5 if self.last_day < 21 else 14
        self.patience = default if scenario.patience is None else scenario.patience

    def slot(self, slot: Slot) -> Days:
        """The day the slot's letter comes, in each run."""
        letter = np.full(self.runs, NEVER)
        turn = np.full(self.runs, NEVER)
        for place, link in enumerate(slot.chain):
            if link.known is not None:
                asked = np.full(self.runs, float((link.known.asked_on - self.today).days))
            elif place == 0:
                assert link.ask_on is not None
                asked = np.full(self.runs, float((link.ask_on - self.today).days))
            else:
                asked = turn
            own, turn = self._ask(link, asked)
            letter = np.minimum(letter, own)
        return letter

    def _ask(self, link: Link, asked: Days) -> tuple[Days, Days]:
        """The day of this person's letter, and the day the next one is due."""
        known = link.known
        if known is not None and known.letter_on is not None:
            return np.zeros(self.runs), np.full(self.runs, NEVER)
        if known is not None and known.answer is not None:
            answered = float(((known.answered_on or known.asked_on) - self.today).days)
            kind, delay = np.full(self.runs, known.answer), answered - asked
        elif known is not None:
            kind, delay = self._again(
                lambda n: self._answer(link, n),
                lambda kind, delay: (kind == "never") | (asked[0] + delay >= 0),
            )
        else:
            kind, delay = self._answer(link, self.runs)
        yes, agreed = kind == "yes", asked + delay
        letter = np.full(self.runs, NEVER)
        if known is not None and known.answer == "yes":
            (letter,) = self._again(
                lambda n: (self._letter(link, np.full(n, asked[0]), np.full(n, agreed[0])),),
                lambda day: day >= 0,
            )
        elif yes.any():
            letter[yes] = self._letter(link, asked[yes], agreed[yes])
        soon = (kind != "never") & (delay < self.patience)
        turn = np.where(soon, np.where(yes, NEVER, agreed), asked + self.patience)
        return letter, np.maximum(turn, 0)

    def _answer(self, link: Link, n: int) -> tuple[NDArray[np.str_], Days]:
        kinds = self.rng.choice(
            ["yes", "no", "never"], size=n, p=[link.p, (1 - link.p) / 2, (1 - link.p) / 2]
        )
        if link.channel is Channel.IN_PERSON:
            return kinds, np.zeros(n)
        return kinds, np.floor(self.rng.lognormal(0.0, log(7) / 1.2816, size=n))

    def _letter(self, link: Link, asked: Days, agreed: Days) -> Days:
        shown = np.maximum(self.shown, asked + 3)
        due = np.where(agreed > shown - 2, agreed + 3, shown)
        due, agreed = np.where(np.isfinite(due), due, 0), np.where(np.isfinite(agreed), agreed, 0)
        length = (due - agreed + 1).astype(int)
        up_to = np.concatenate([[0.0], np.cumsum(1 / np.arange(1, length.max() + 1))])
        before_due = np.searchsorted(up_to, self.rng.random(len(due)) * up_to[length], side="right") - 1
        late = self.rng.random(len(due)) < link.l
        day = np.where(late, due + self.rng.geometric(0.25, len(due)), due - before_due)
        written = (self.rng.random(len(due)) < link.r) & np.isfinite(asked)
        return np.where(written, day, NEVER)

    def _again(
        self, draw: Callable[[int], tuple[NDArray, ...]], agrees: Callable[..., NDArray]
    ) -> tuple[NDArray, ...]:
        """Draw runs until enough of them agree with what is known."""
        kept: list[tuple[NDArray, ...]] = []
        while sum(len(part[0]) for part in kept) < self.runs:
            drawn = draw(self.runs)
            fits = agrees(*drawn)
            kept.append(tuple(column[fits] for column in drawn))
        return tuple(np.concatenate(column)[: self.runs] for column in zip(*kept, strict=True))


def random_scenario(rng: np.random.Generator) -> Scenario:
    """A scenario with one to four slots, chains of up to four, and all kinds of known facts."""
    today = date(2026, 1, 1) + timedelta(days=int(rng.integers(0, 400)))
    last_day = int(rng.integers(0, 70))
    slots = tuple(_random_slot(today, last_day, rng) for _ in range(rng.integers(1, 5)))
    return Scenario(
        today=today,
        deadline=today + timedelta(days=last_day),
        need=int(rng.integers(1, len(slots) + 1)),
        slots=slots,
        shown=None if rng.random() < 0.5 else today + timedelta(days=int(rng.integers(-3, last_day + 1))),
        patience=None if rng.random() < 0.7 else int(rng.integers(1, 20)),
    )


def _random_slot(today: date, last_day: int, rng: np.random.Generator) -> Slot:
    length = int(rng.integers(1, 5))
    known = int(rng.integers(0, length + 1)) if rng.random() < 0.5 else 0
    return Slot(
        tuple(
            _random_link(
                rng,
                _random_known(today, rng) if place < known else None,
                today + timedelta(days=int(rng.integers(0, last_day + 3)))
                if place == 0 and not known
                else None,
            )
            for place in range(length)
        )
    )


def _random_link(rng: np.random.Generator, known: Known | None, ask_on: date | None) -> Link:
    p, r, late = rng.uniform(0.05, 0.97), rng.uniform(0.05, 0.97), rng.uniform(0.0, 0.9)
    channel = list(Channel)[rng.integers(0, 3)]
    return Link(float(p), float(r), float(late), channel, ask_on, known)


def _random_known(today: date, rng: np.random.Generator) -> Known:
    asked_on = today - timedelta(days=int(rng.integers(0, 30)))
    answered_on = asked_on + timedelta(days=int(rng.integers(0, (today - asked_on).days + 1)))
    what = rng.random()
    if what < 0.4:
        return Known(asked_on)
    if what < 0.7:
        return Known(asked_on, "yes", answered_on)
    if what < 0.95:
        return Known(asked_on, "no", answered_on)
    return Known(asked_on, "yes", answered_on, today)
