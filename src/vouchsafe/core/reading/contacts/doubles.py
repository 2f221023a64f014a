"""Rows of one file that mean the same person, brought together whatever their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from vouchsafe.core.reading.contacts.facts import ContactRead
from vouchsafe.core.reading.contacts.identity import (
    SINGLE,
    folded,
    mailbox,
    mailboxes,
    page_of,
    place_of,
    reachable,
)


def gather_people(incoming: Sequence[ContactRead]) -> list[tuple[ContactRead, tuple[ContactRead, ...]]]:
    """Rows that mean the same person, together; each group in the order of its first row."""
    groups = [[row] for row in incoming]
    groups = _join(groups, _by_mailbox)
    groups = _join(groups, _by_profile)
    groups = _join_by_place(groups)
    return [(_together(group), tuple(group)) for group in groups]


def _by_mailbox(group: Sequence[ContactRead]) -> Iterable[Hashable]:
    return {box for row in group for box in mailboxes(row)}


def _by_profile(group: Sequence[ContactRead]) -> Iterable[Hashable]:
    return {found for row in group if (found := page_of(row))}


def _names(group: Iterable[ContactRead]) -> set[str]:
    return {name for row in group if (name := folded(row.name))}


def _join(
    groups: list[list[ContactRead]], marks: Callable[[Sequence[ContactRead]], Iterable[Hashable]]
) -> list[list[ContactRead]]:
    """Join groups that share a mark. Where that would give one person two names, only equal names join."""
    holders: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        for mark in marks(group):
            holders[mark].append(at)
    parts = _connected(len(groups), holders.values())
    joined: list[list[int]] = []
    for part in parts:
        if len(_names(row for at in part for row in groups[at])) <= 1:
            joined.append(part)
            continue
        # An office's mailbox is shared by several people: those of one name stay together.
        same: defaultdict[Hashable, list[int]] = defaultdict(list)
        for at in part:
            for mark in marks(groups[at]):
                same[(mark, frozenset(_names(groups[at])))].append(at)
        local = {at: number for number, at in enumerate(part)}
        split = _connected(len(part), [[local[at] for at in held] for held in same.values()])
        joined.extend([part[number] for number in piece] for piece in split)
    joined.sort(key=min)
    return [[row for at in sorted(part) for row in groups[at]] for part in joined]


def _connected(count: int, links: Iterable[Sequence[int]]) -> list[list[int]]:
    """The numbers below `count` in groups, linked directly or through others (union by the smaller root)."""
    root = list(range(count))

    def find(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    for linked in links:
        for at in linked[1:]:
            first, second = sorted((find(linked[0]), find(at)))
            root[second] = first
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for at in range(count):
        groups[find(at)].append(at)
    return list(groups.values())


def _join_by_place(groups: list[list[ContactRead]]) -> list[list[ContactRead]]:
    """Rows with neither address nor page join the one group of their name and organisation, if it is one."""
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        if (place := place_of(_together(group))) is not None:
            places[place].append(at)
    links = []
    for held in places.values():
        found = [at for at in held if any(reachable(row) for row in groups[at])]
        if len(found) <= 1:
            links.append(held)
        else:
            links.append([at for at in held if at not in found])
    return [[row for at in part for row in groups[at]] for part in _connected(len(groups), links)]


def _together(group: Sequence[ContactRead]) -> ContactRead:
    """What several rows say of one person: the fullest row speaks first, whatever the order in the file."""
    if len(group) == 1:
        return group[0]
    ranked = sorted(group, key=rank)
    said: dict[str, str | None] = {
        field: next((value for row in ranked if (value := getattr(row, field)) is not None), None)
        for field in SINGLE
    }
    emails: dict[str, str] = {}
    for row in ranked:
        for email in row.emails:
            emails.setdefault(mailbox(email), email)
    where = min(row.where for row in group)
    return ContactRead(
        said["name"], said["given"], said["family"], tuple(emails.values()),
        said["organisation"], said["title"], said["profile"], where,
    )  # fmt: skip


def rank(row: ContactRead) -> tuple[int, tuple[str, ...]]:
    values = [getattr(row, field) for field in SINGLE]
    return -sum(value is not None for value in values), (*(value or "" for value in values), *row.emails)
