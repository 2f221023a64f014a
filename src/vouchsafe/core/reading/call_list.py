"""A table of people to invite to a call: name, address, and the writers somebody named for them, if any.

Columns `writer` and `writer address` may come again and again, numbered or not: a writer's address follows their name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.reading.contacts.columns import header_word
from vouchsafe.core.reading.contacts.decoding import decode_bytes, to_utf8
from vouchsafe.core.reading.contacts.facts import tidy
from vouchsafe.core.reading.contacts.rows import SEPARATORS, Row, cut_lines, cut_rows, named_separator
from vouchsafe.core.reading.invitation_list import (
    MAX_NAME,
    MOST,
    NoAddressColumn,
    NotTaken,
    TooManyInvitations,
    column_named,
    plain_address,
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


@dataclass(slots=True)
class _Columns:
    name: int | None = None
    address: int | None = None
    writers: list[tuple[int | None, int]] = field(default_factory=list)

    @property
    def known(self) -> int:
        return (self.name is not None) + (self.address is not None) + len(self.writers)


def read_call_list(data: bytes) -> CallList:
    """Read a table in any of the writings and separators that spreadsheets save. Refuses what is no such table."""
    plain, certain = to_utf8(data)
    text, _ = decode_bytes(plain, "utf-8" if certain else None)
    rows, columns = _table(cut_lines(text))
    below = [row for row in rows if not row.blank]
    if len(below) > MOST:
        raise TooManyInvitations(most=MOST)
    taken: list[ToCall] = []
    problems: list[NotTaken] = []
    seen: dict[str, int] = {}
    for row in below:
        found = _one(row, columns)
        if isinstance(found, NotTaken):
            problems.append(found)
            continue
        mailbox = normalise(found.address) or found.address
        if mailbox in seen:
            why = say("The same address stands in line {n}.", n=seen[mailbox])
            problems.append(NotTaken(row.line, found.address, why))
            continue
        seen[mailbox] = row.line
        taken.append(found)
    return CallList(tuple(taken), tuple(problems))


def _table(lines: Sequence[str]) -> tuple[list[Row], _Columns]:
    """The rows below the header, and where its columns stand: by the separator that names most of them."""
    named = named_separator(lines)
    best: tuple[list[Row], _Columns] = ([], _Columns())
    for separator in (named,) if named else SEPARATORS:
        rows = list(cut_rows(lines, separator))
        first = next((row for row in rows if not row.blank), None)
        if first is None or first.why:
            continue
        columns = _columns(first.cells)
        if columns.known > best[1].known:
            best = (rows[rows.index(first) + 1 :], columns)
    if best[1].address is None:
        raise NoAddressColumn
    return best


def _columns(heads: Sequence[str]) -> _Columns:
    found = _Columns()
    writer: int | None = None
    for place, head in enumerate(heads):
        word = " ".join(part for part in header_word(head).split() if not part.isdigit())
        if word in _WRITERS:
            writer = place
        elif word in _WRITERS_ADDRESSES:
            found.writers.append((writer, place))
            writer = None
        elif column_named("address", word) and found.address is None:
            found.address = place
        elif column_named("name", word) and found.name is None:
            found.name = place
    return found


def _one(row: Row, columns: _Columns) -> ToCall | NotTaken:
    if row.why is not None:
        return NotTaken(row.line, "", row.why)

    def cell(place: int | None) -> str:
        if place is None or place >= len(row.cells):
            return ""
        return tidy(row.cells[place]) or ""

    written = cell(columns.address)
    address = plain_address(written)
    if not address:
        why = say("This is no mail address.") if written else say("The address is missing.")
        return NotTaken(row.line, written, why)
    writers: dict[str, tuple[str, str]] = {}
    for name, place in columns.writers:
        said = cell(place)
        found = plain_address(said)
        if said and not found:
            return NotTaken(
                row.line, address, say("“{address}” is no mail address of a writer.", address=said)
            )
        if found and normalise(found) == normalise(address):
            return NotTaken(row.line, address, say("Nobody writes a letter about themselves."))
        if found:
            writers.setdefault(normalise(found) or found, (cell(name)[:MAX_NAME], found))
    return ToCall(row.line, cell(columns.name)[:MAX_NAME], address, tuple(writers.values()))
