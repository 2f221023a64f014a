"""Who of the people read is who of the known, each at most once, whatever the order of either."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vouchsafe.core.reading.contacts.doubles import rank
from vouchsafe.core.reading.contacts.facts import ContactRead
from vouchsafe.core.reading.contacts.identity import (
    SINGLE,
    Known,
    folded,
    mailbox,
    mailboxes,
    page_of,
    place_of,
    reachable,
)

_CROWD = 50
"""People who share one mailbox before only namesakes among them are compared."""
_MOVES = 200
"""How long a chain of people may be moved to make room for one."""


class By(StrEnum):
    """What a known person was recognised by; by name alone is worth a look before it is kept."""

    ADDRESS = "address"
    PROFILE = "profile"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Change:
    """One field that the file says differently."""

    field: str
    before: str | tuple[str, ...] | None
    after: str | tuple[str, ...]


def changes_to(known: Known, person: ContactRead) -> tuple[Change, ...]:
    """What the file says differently of someone known; its silence changes nothing."""
    changes = [
        Change(field, getattr(known, field), said)
        for field in SINGLE
        if (said := getattr(person, field)) is not None and said != getattr(known, field)
    ]
    boxes = mailboxes(known)
    added = tuple(email for email in person.emails if (mailbox(email)) not in boxes)
    if added:
        changes.append(Change("emails", known.emails, known.emails + added))
    return tuple(changes)


def pair(people: Sequence[ContactRead], existing: Sequence[Known]) -> dict[int, tuple[Known, By]]:
    """Who is who, each at most once.

    Named people first, then rows that are only an address; of each, those about whom the file says nothing
    new before the others. The first kind may be moved to an equally good known person to make room: that
    is what makes a second import find everyone again, even where doubles are already kept.
    """
    evidence = sorted(_evidence(people, existing))
    held: dict[int, int] = {}  # known -> person
    edges: defaultdict[int, list[int]] = defaultdict(list)
    for named in (True, False):
        mine = [pair for pair in evidence if (people[pair[1]].name is not None) is named]
        for score, at, which in mine:
            if not changes_to(existing[which], people[at]) and (not named or score[0] == -2):
                edges[at].append(which)
        for at in dict.fromkeys(at for _, at, _ in mine if at in edges):
            _make_room(at, edges, held, set(), 0)
        settled = set(held.values())
        for _, at, which in mine:
            if at not in settled and which not in held:
                held[which] = at
                settled.add(at)
    pairs = {at: (existing[which], _by(existing[which], people[at])) for which, at in held.items()}
    for at, which in _by_place(people, existing, set(pairs), set(held)):
        pairs[at] = existing[which], By.NAME
    return pairs


def _make_room(
    at: int, edges: Mapping[int, list[int]], held: dict[int, int], seen: set[int], depth: int
) -> bool:
    """Give a person one of their known ones, moving whoever holds it if they have another (an augmenting path)."""
    for which in edges.get(at, ()):
        if which in seen:
            continue
        seen.add(which)
        if which not in held or (depth < _MOVES and _make_room(held[which], edges, held, seen, depth + 1)):
            held[which] = at
            return True
    return False


def _by(known: Known, person: ContactRead) -> By:
    return By.PROFILE if mailboxes(known).isdisjoint(mailboxes(person)) else By.ADDRESS


def _by_place(
    people: Sequence[ContactRead], existing: Sequence[Known], paired: set[int], taken: set[int]
) -> Iterable[tuple[int, int]]:
    """Of those left, the ones whose name and place only one on each side has."""
    there = _places(existing)
    for place, ats in _places(people).items():
        free = [at for at in ats if at not in paired]
        known = [which for which in there.get(place, ()) if which not in taken]
        # Of one place at most one person here has neither address nor page (`_join_by_place`); among known
        # ones like that they can't be told apart, so the first will do.
        bare = [at for at in free if not reachable(people[at])]
        alike = [which for which in known if not reachable(existing[which])]
        if bare and alike:
            yield bare[0], alike[0]
            free.remove(bare[0])
            known.remove(alike[0])
        if len(free) == len(known) == 1:
            yield free[0], known[0]


def _places(people: Sequence[ContactRead | Known]) -> Mapping[Hashable, list[int]]:
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, person in enumerate(people):
        if (place := place_of(person)) is not None:
            places[place].append(at)
    return places


_Score = tuple[int, int, int, int, tuple[int, tuple[str, ...]], str]


def _evidence(people: Sequence[ContactRead], existing: Sequence[Known]) -> Iterable[tuple[_Score, int, int]]:
    """Every pair that shares an address or a page, scored so that the best sorts first, whatever the order."""
    holders: defaultdict[Hashable, list[int]] = defaultdict(list)
    boxes = [mailboxes(known) for known in existing]
    for which, known in enumerate(existing):
        for mark in _marks(boxes[which], known):
            holders[mark].append(which)
            holders[mark, folded(known.name)].append(which)
    for at, person in enumerate(people):
        mine, page = mailboxes(person), page_of(person)
        candidates: set[int] = set()
        for mark in _marks(mine, person):
            # Where a crowd shares one mailbox, only a namesake in it can be meant.
            crowded = len(holders[mark]) > _CROWD
            candidates.update(holders[mark, folded(person.name)] if crowded else holders[mark])
        for which in candidates:
            shared = len(mine & boxes[which])
            same_page = page is not None and page == page_of(existing[which])
            score = (
                -_agreement(folded(person.name), folded(existing[which].name)),
                -shared,
                -same_page,
                -_agreement(folded(person.organisation), folded(existing[which].organisation)),
                rank(person),
                existing[which].key,
            )
            yield score, at, which


def _marks(boxes: frozenset[str], person: ContactRead | Known) -> list[Hashable]:
    page = page_of(person)
    return [*boxes, ("page", page)] if page else [*boxes]


def _agreement(one: str | None, other: str | None) -> int:
    return 2 if one == other else 1 if one is None or other is None else 0
