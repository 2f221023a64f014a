"""Worlds of writers with a known truth, played through the product's own actions.

A truth says how one writer behaves; it shares no arithmetic with `core.odds`: events are drawn one by one, delays
from the log-normal and rounded down, letters one day after another.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from math import log

from tests.factories import make_account, make_contact, make_opportunity

from vouchsafe.asks.access import Visit
from vouchsafe.asks.actions.close_request import close_request
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.ledger import outbox
from vouchsafe.people.models import Account

BEGIN = date(2024, 1, 8)
LEAD_DAYS, SHOWN_DAYS = 35, 28
MOST_PER_APPLICANT = 25

TIES: dict[str, dict[str, object]] = {
    "direct_manager": {"tie": "direct_manager", "knows_work": 4, "warmth": 4},
    "mentor": {"tie": "mentor", "knows_work": 4, "warmth": 4},
    "professor_large": {"tie": "professor_large", "knows_work": 1, "warmth": 1},
    "weak": {"tie": "weak", "knows_work": 0, "warmth": 0},
}

TOLD_BY_MAIL = {"direct_manager": 0.869, "mentor": 0.746, "professor_large": 0.5, "weak": 0.25}
"""The priors of a yes by mail; the first two were taken after a word in person, which these asks lack."""

WRITTEN, MISSED = 0.891, 0.10


@dataclass(frozen=True, slots=True)
class Fate:
    """What one writer does, in days from the ask: None means never."""

    said: str = ""
    answered: int = 0
    letter: int | None = None


Truth = Callable[[str, random.Random], Fate]


def as_assumed(tie: str, rng: random.Random, yes: dict[str, float] | None = None) -> Fate:
    """The world the priors speak of."""
    draw, chance = rng.random(), (yes or TOLD_BY_MAIL)[tie]
    delay = int(rng.lognormvariate(0.0, log(7) / 1.2816))
    if draw >= chance:
        return Fate("no", delay) if draw < chance + (1 - chance) / 2 else Fate()
    if rng.random() >= WRITTEN:
        return Fate("yes", delay)
    return Fate("yes", delay, _letter(delay, rng))


def blind_to_ties(tie: str, rng: random.Random) -> Fate:
    """A world in which it makes no difference who is asked."""
    return as_assumed(tie, rng, dict.fromkeys(TIES, 0.6))


def all_at_once(tie: str, rng: random.Random) -> Fate:
    """A world in which as many letters come as assumed, but each on the day of the yes."""
    fate = as_assumed(tie, rng)
    return fate if fate.letter is None else Fate(fate.said, fate.answered, fate.answered)


def luckier(tie: str, rng: random.Random) -> Fate:
    """A world that is kinder than assumed to whoever asks people they hardly know, and harsher with managers."""
    return as_assumed(tie, rng, {**TOLD_BY_MAIL, "direct_manager": 0.45, "weak": 0.7})


def _letter(agreed: int, rng: random.Random) -> int:
    due = agreed + 3 if agreed > SHOWN_DAYS - 2 else SHOWN_DAYS
    if rng.random() < MISSED:
        late = 1
        while rng.random() >= 0.25:
            late += 1
        return due + late
    days = range(agreed, due + 1)
    return rng.choices(days, [1 / (due - day + 1) for day in days])[0]


def live_through(truth: Truth, *, requests: int, waves: int, seed: int) -> date:
    """Ask in waves, each when the one before it is over, and let everybody do what the truth has in store.

    Returns a day on which all of it is over. The world's events are done in the order of their days.
    """
    rng = random.Random(seed)
    numbers = count()
    start = BEGIN
    for wave in range(waves):
        size = requests // waves + (wave < requests % waves)
        events: list[tuple[int, int, Callable[[], object]]] = []
        for by, tie in _asks(size, numbers, rng):
            events += _one(by, tie, truth(tie, rng), start, next(numbers))
        for _, _, act in sorted(events, key=lambda event: event[:2]):
            act()
        start += timedelta(days=LEAD_DAYS + 16)
    return start


def _asks(size: int, numbers: Iterator[int], rng: random.Random) -> Iterator[tuple[Account, str]]:
    for n in range(size):
        if n % MOST_PER_APPLICANT == 0:
            by = make_account(f"Applicant{next(numbers)} Marsh")
        yield by, rng.choice(list(TIES))


def _one(
    by: Account, tie: str, fate: Fate, start: date, number: int
) -> list[tuple[int, int, Callable[[], object]]]:
    """The acts of one request as (day, order, act)."""
    contact = make_contact(by, f"Writer{number} Holt", **TIES[tie])
    opportunity = make_opportunity(
        by, f"Post {number}", deadline_on=start + timedelta(days=LEAD_DAYS), kind="programme"
    )

    def at(day: int, hour: int = 9) -> datetime:
        return datetime.combine(start + timedelta(days=day), time(hour), UTC)

    purpose = open_request(
        by=by, contact=contact, opportunity=opportunity, shown_on=start + timedelta(days=SHOWN_DAYS),
        confidentiality="open", subject="A letter", note="Would you write me a strong letter?",
        today=start, now=at(0, 8),
    )  # fmt: skip
    row = send_ask(by=by, purpose=purpose, now=at(0), undo=timedelta(seconds=30))
    for claimed in outbox.claim("worker", now=row.due_at):
        outbox.finish(claimed, state=outbox.State.SENT, now=row.due_at)
    visit = Visit(purpose.request, f"writer{number}@writers.example", "mailed_link")
    acts: list[tuple[int, int, Callable[[], object]]] = []
    if fate.said:
        day = at(fate.answered, 12)
        acts.append(
            (
                fate.answered,
                number,
                lambda: record_answer(visit=visit, said=fate.said, today=day.date(), now=day),
            )
        )
    if fate.letter is not None:
        sealed = at(fate.letter, 15)
        acts.append(
            (
                fate.letter,
                number,
                lambda: close_request(request=purpose.request, why="sealed", by="writer", now=sealed),
            )
        )
    return acts
