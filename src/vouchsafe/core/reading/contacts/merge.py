"""Importing again: which of the people just read are already known, and what is new about them.

A person is recognised by a shared address first, then by the same profile page, then by the same name
at the same organisation, and by name only where exactly one on each side answers to it. Rows of one
file that mean the same person become one match. Nothing known is ever taken away: what the file does
not say stays, and addresses are only added.

Laws: matching, keeping, and matching again finds nothing new; the order of either side changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from vouchsafe.core.reading.contacts.doubles import gather_people
from vouchsafe.core.reading.contacts.facts import ContactRead
from vouchsafe.core.reading.contacts.identity import Known
from vouchsafe.core.reading.contacts.pairing import By, Change, changes_to, pair

__all__ = ["By", "Change", "Known", "Match", "Outcome", "match", "merged"]


class Outcome(StrEnum):
    NEW = "new"
    SAME = "same"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Match:
    """One person of the file: the rows that speak of them, what they say together, and who they are."""

    outcome: Outcome
    contact: ContactRead
    rows: tuple[ContactRead, ...]
    known: Known | None = None
    by: By | None = None
    changes: tuple[Change, ...] = ()


def match(existing: Sequence[Known], incoming: Sequence[ContactRead]) -> list[Match]:
    """Match everyone read against everyone known, in the order in which the file first names them."""
    people = gather_people(incoming)
    pairs = pair([person for person, _ in people], sorted(existing, key=lambda known: known.key))
    matches = []
    for at, (person, rows) in enumerate(people):
        if at not in pairs:
            matches.append(Match(Outcome.NEW, person, rows))
            continue
        known, by = pairs[at]
        changes = changes_to(known, person)
        matches.append(Match(Outcome.UPDATE if changes else Outcome.SAME, person, rows, known, by, changes))
    return matches


def merged(known: Known, changes: Iterable[Change]) -> Known:
    """A known contact with some changes taken over."""
    said: dict[str, Any] = {change.field: change.after for change in changes}
    return replace(known, **said)
