"""The choice of writers equals plain enumeration, whose rules and hours are written out here once more."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from random import Random

import pytest
from tests.core.planning.worlds import TODAY, a_world

from vouchsafe.core.planning.board import Board, lay_out
from vouchsafe.core.planning.choose import choose, without_the_outdone
from vouchsafe.core.planning.facts import Contact, Forbid, Kind, Opportunity, Pin, Wish

ORDER = ("slots", "fit", "hours", "heaviest")
WORK = {Kind.JOB, Kind.POCKET}


def hours(contact: Contact, theirs: list[Opportunity]) -> float:
    """Three hours for a new letter, half an hour or one to adapt it, one for each odd form."""
    total, families = 0.0, {k in WORK for k in contact.written_kinds}
    for opportunity in theirs:
        is_work = opportunity.kind in WORK
        total += 3.0 if not families else 0.5 if is_work in families else 1.0
        total += len(opportunity.odd_forms)
        families.add(is_work)
    return total


def best_by_enumeration(board: Board) -> tuple[float, ...]:
    """The best of all assignments, as (slots, fit points, -hours, -heaviest)."""
    choices = []
    for key, opportunity in board.opportunities.items():
        must = {c for c, o in board.fixed if o == key}
        free = [c for c in board.contacts if (c, key) not in board.barred and c not in must]
        room = board.seats[key] - len(must)
        choices.append(
            [
                (opportunity, must | set(some))
                for size in range(min(room, len(free)) + 1)
                for some in combinations(free, size)
            ]
        )
    best: tuple[float, ...] = ()
    for assignment in product(*choices):
        roles: dict[str, list[Opportunity]] = {}
        for opportunity, writers in assignment:
            for contact in writers:
                roles.setdefault(contact, []).append(opportunity)
        loads = [hours(board.contacts[c], theirs) for c, theirs in roles.items()]
        if any(
            load > board.contacts[c].budget_hours - board.contacts[c].committed_hours
            for c, load in zip(roles, loads, strict=True)
        ):
            continue
        fits = sum(board.fits[c, o.key].points for o, writers in assignment for c in writers)
        slots = sum(len(writers) for _, writers in assignment)
        best = max(best, (slots, fits, -sum(loads), -max(loads, default=0)))
    return best


def small_world(seed: int) -> Board:
    random = Random(seed)
    people, openings = a_world(seed, random.randint(2, 5), random.randint(1, 3), roomy=random.random() < 0.5)
    openings = [o if o.need + o.spare <= 3 else an_easier(o) for o in openings]
    wishes: list[Wish] = []
    if random.random() < 0.4:
        wishes.append(Pin(random.choice(people).key, random.choice(openings).key))
    if random.random() < 0.4:
        wishes.append(Forbid(random.choice(people).key, random.choice([None, openings[0].key])))
    return lay_out(people, openings, wishes, TODAY)


def an_easier(opportunity: Opportunity) -> Opportunity:
    return replace(opportunity, need=2)


@pytest.mark.parametrize("block", range(10))
def test_choice_of_writers_on_small_worlds_equals_enumeration(block: int) -> None:
    """500 worlds in ten blocks, with pins and bans in some."""
    for seed in range(50 * block, 50 * block + 50):
        board = small_world(seed)
        choice = choose(board)
        score = choice.score
        found = (score.slots, score.fit, -score.halves / 2, -score.heaviest / 2)
        assert found == best_by_enumeration(board), f"seed {seed}"
        assert choice.proof.is_optimal, f"seed {seed}"


def test_choice_from_more_people_than_seats_equals_enumeration() -> None:
    """Here some are left out before the search, because enough others outdo them."""
    left_out = 0
    for seed in range(60):
        people, openings = a_world(seed, 8, 2, roomy=seed % 2 == 0)
        openings = [replace(o, need=1, spare=seed % 2) for o in openings]
        people = [replace(c, knows_work=c.knows_work or 0, warmth=2, qualities=frozenset()) for c in people]
        board = lay_out(people, openings, [], TODAY)
        pairs = board.open_pairs()
        left_out += len(without_the_outdone(board, pairs)) < len(pairs)
        score = choose(board).score
        found = (score.slots, score.fit, -score.halves / 2, -score.heaviest / 2)
        assert found == best_by_enumeration(board), f"seed {seed}"
    assert left_out > 20


def test_worlds_used_for_enumeration_are_not_trivial() -> None:
    boards = [small_world(seed) for seed in range(500)]
    scores = [best_by_enumeration(b) for b in boards[:100]]
    assert sum(score[0] < sum(b.seats.values()) for b, score in zip(boards, scores, strict=False)) > 20
    assert sum(score[0] == sum(b.seats.values()) for b, score in zip(boards, scores, strict=False)) > 20
    assert sum(bool(b.fixed) for b in boards) > 50
    assert sum(bool(b.refused) for b in boards) > 20
