"""A table of people to invite to a call: name, address, and the writers somebody named for them, if any.

Columns `writer` and `writer address` may come again and again, numbered or not: a writer's address follows their name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.reading.contacts.columns import header_word
from vouchsafe.core.reading.invitation_list import (
    MAX_NAME,
    NotTaken,
    column_named,
    plain_address,
    read_people,
)
from vouchsafe.core.words import say

_WRITERS = frozenset(("writer", "referee", "recommender", "schreiber", "auteur", "autor", "name of writer"))
_WRITERS_ADDRESSES = frozenset(
    f"{who} {what}"
    for who in _WRITERS
    for what in ("address", "email", "e mail", "mail", "adresse", "correo", "courriel")
)


@dataclass(frozen=True, slots=True)
class ToCall:
    """One row that can be invited. Each writer is a name, perhaps empty, and an address."""

    line: int
    name: str
    address: str
    writers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CallList:
    rows: tuple[ToCall, ...]
    problems: tuple[NotTaken, ...]


def read_call_list(data: bytes) -> CallList:
    """Read a table in any of the writings and separators that spreadsheets save. Refuses what is no such table."""
    return CallList(*read_people(data, _columns, _one))


def _columns(heads: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    writer, writers = None, 0
    for place, head in enumerate(heads):
        word = " ".join(part for part in header_word(head).split() if not part.isdigit())
        if word in _WRITERS:
            writer = place
        elif word in _WRITERS_ADDRESSES:
            writers += 1
            found[f"writer {writers} address"] = place
            if writer is not None:
                found[f"writer {writers}"] = writer
            writer = None
        elif column_named("address", word):
            found.setdefault("address", place)
        elif column_named("name", word):
            found.setdefault("name", place)
    return found


def _one(line: int, address: str, cells: Mapping[str, str]) -> ToCall | NotTaken:
    writers: dict[str, tuple[str, str]] = {}
    for column in cells:
        if not column.endswith(" address"):
            continue
        said = cells[column]
        found = plain_address(said)
        if said and not found:
            why = say("“{address}” is no mail address of a writer.", address=said)
            return NotTaken(line, address, why)
        if found and normalise(found) == normalise(address):
            return NotTaken(line, address, say("Nobody writes a letter about themselves."))
        if found:
            name = cells.get(column.removesuffix(" address"), "")
            writers.setdefault(normalise(found) or found, (name[:MAX_NAME], found))
    return ToCall(line, cells.get("name", "")[:MAX_NAME], address, tuple(writers.values()))
