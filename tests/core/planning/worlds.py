"""Random people and opportunities for the planner's tests and bench. Seeded, so that a failure can be seen again."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from vouchsafe.core.planning.facts import Contact, Kind, Opportunity, Tie

TODAY = date(2026, 9, 7)
QUALITIES = ("research", "teaching", "leadership", "writing", "care", "rigour")


def a_contact(random: Random, number: int, *, roomy: bool = False, **given: Any) -> Contact:
    known = random.random() < 0.8
    facts: dict[str, Any] = {
        "key": f"c{number:03d}",
        "name": f"Person {number}",
        "emails": (f"person{number}@example.org",) if random.random() < 0.85 else (),
        "tie": random.choice(list(Tie)) if known else None,
        "knows_work": random.randint(0, 4) if known else None,
        "warmth": random.randint(0, 4) if random.random() < 0.8 else None,
        "last_worked_on": TODAY - timedelta(days=random.randint(0, 3000)) if random.random() < 0.7 else None,
        "qualities": frozenset(random.sample(QUALITIES, random.randint(0, 3))),
        "seniority": random.randint(0, 4) if random.random() < 0.7 else None,
        "meets_regularly": random.random() < 0.3,
        "budget_hours": random.choice([3.5, 5.0, 6.0, 6.0, 6.0, 8.0])
        if roomy
        else random.choice([0.0, 3.0, 3.5, 4.0, 6.0, 6.0, 8.0]),
        "open_asks": random.choice([0, 0, 0, 1, 2]),
    }
    return Contact(**{**facts, **given})


def an_opportunity(random: Random, number: int, **given: Any) -> Opportunity:
    facts: dict[str, Any] = {
        "key": f"o{number:03d}",
        "title": f"Opening {number}",
        "kind": random.choice(list(Kind)),
        "wanted": frozenset(random.sample(QUALITIES, random.randint(0, 3))),
        "need": random.choice([1, 2, 2, 3]),
        "spare": 1,
        "deadline": TODAY + timedelta(days=random.randint(25, 90)),
        "odd_forms": frozenset(random.sample(("ratings", "essay"), random.choice([0, 0, 0, 1]))),
    }
    return Opportunity(**{**facts, **given})


def a_world(
    seed: int, contacts: int, opportunities: int, *, roomy: bool = False
) -> tuple[list[Contact], list[Opportunity]]:
    random = Random(seed)
    people = [a_contact(random, n, roomy=roomy) for n in range(contacts)]
    openings = [an_opportunity(random, n) for n in range(opportunities)]
    keys = [o.key for o in openings]
    people = [
        c
        if random.random() < 0.8
        else a_contact(
            random, int(c.key[1:]), roomy=roomy, phone_reference_for=frozenset(random.sample(keys, 1))
        )
        for c in people
    ]
    return people, openings
