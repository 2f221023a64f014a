"""A table of people to invite: name, address, role, adviser. Each row is taken, or said why not, by its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from vouchsafe.core.reading.addresses import normalise, parse_address
from vouchsafe.core.reading.contacts.columns import header_word
from vouchsafe.core.reading.contacts.decoding import decode_bytes, to_utf8
from vouchsafe.core.reading.contacts.facts import tidy
from vouchsafe.core.reading.contacts.rows import SEPARATORS, Row, cut_lines, cut_rows, named_separator
from vouchsafe.core.words import Refusal, Sentence, msg, say

MOST = 500
"""Rows taken at once: each becomes a mail, and one press sends them."""
MAX_NAME = 200

_HEADS: dict[str, frozenset[str]] = {
    "name": frozenset(("name", "full name", "person", "nom", "nombre", "vorname und nachname")),
    "address": frozenset(
        ("address", "email", "e mail", "mail", "email address", "e mail address", "e mail adresse", "correo",
         "correo electronico", "courriel", "adresse e mail")
    ),
    "role": frozenset(("role", "rolle", "rol", "what they do")),
    "adviser": frozenset(("adviser", "advisor", "adviser address", "advisor email", "berater", "conseiller", "asesor")),
}  # fmt: skip
_ROLES = {
    "": "applicant",
    "applicant": "applicant",
    "student": "applicant",
    "asks for letters": "applicant",
    "adviser": "adviser",
    "advisor": "adviser",
    "advises applicants": "adviser",
    "office": "office",
    "admin": "office",
    "administrator": "office",
    "runs the office": "office",
}


class NoAddressColumn(Refusal):
    code = "no-address-column"
    msgid = msg("No column of this file is called “address”.")
    hint_msgid = msg(
        "Name the columns in the first line: name, address, role, adviser. Only address is needed."
    )


class TooManyInvitations(Refusal):
    code = "too-many-invitations"
    msgid = msg("This file holds more than {most} people, which is more than can be invited at once.")
    hint_msgid = msg("Split it into several files.")


@dataclass(frozen=True, slots=True)
class ToInvite:
    """One row that can be sent. `adviser` is an address, or empty."""

    line: int
    name: str
    address: str
    role: str
    adviser: str


class HasAddress(Protocol):
    @property
    def address(self) -> str: ...


Person = TypeVar("Person", bound=HasAddress)


@dataclass(frozen=True, slots=True)
class NotTaken:
    """One row that is passed over, and why."""

    line: int
    address: str
    why: Sentence


@dataclass(frozen=True, slots=True)
class InvitationList:
    rows: tuple[ToInvite, ...]
    problems: tuple[NotTaken, ...]


def read_invitations(data: bytes) -> InvitationList:
    """Read a table in any of the writings and separators that spreadsheets save. Refuses what is no such table."""
    return InvitationList(*read_people(data, _columns, _one))


def read_people(
    data: bytes,
    columns_of: Callable[[Sequence[str]], dict[str, int]],
    one: Callable[[int, str, Mapping[str, str]], Person | NotTaken],
) -> tuple[tuple[Person, ...], tuple[NotTaken, ...]]:
    """The rows of a table that name each mailbox once, and those passed over.

    `columns_of` finds which columns stand where in its first line. `one` takes the line of a row, its address and what
    its known columns hold.
    """
    plain, certain = to_utf8(data)
    text, _ = decode_bytes(plain, "utf-8" if certain else None)
    rows, columns = _table(cut_lines(text), columns_of)
    below = [row for row in rows if not row.blank]
    if len(below) > MOST:
        raise TooManyInvitations(most=MOST)
    taken: list[Person] = []
    problems: list[NotTaken] = []
    seen: dict[str, int] = {}
    for row in below:
        found = _taken(row, columns, one)
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
    return tuple(taken), tuple(problems)


def _table(
    lines: Sequence[str], columns_of: Callable[[Sequence[str]], dict[str, int]]
) -> tuple[list[Row], Mapping[str, int]]:
    """The rows below the header, and where its columns stand: by the separator that names most of them."""
    named = named_separator(lines)
    best: tuple[list[Row], dict[str, int]] = ([], {})
    for separator in (named,) if named else SEPARATORS:
        rows = list(cut_rows(lines, separator))
        first = next((row for row in rows if not row.blank), None)
        columns = columns_of(first.cells if first and not first.why else ())
        if len(columns) > len(best[1]) and first is not None:
            best = (rows[rows.index(first) + 1 :], columns)
    if "address" not in best[1]:
        raise NoAddressColumn
    return best


def _columns(heads: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, head in enumerate(heads):
        word = header_word(head)
        for field, names in _HEADS.items():
            if word in names:
                found.setdefault(field, place)
    return found


def column_named(field: str, word: str) -> bool:
    """Whether a head, tidied, names this column."""
    return word in _HEADS[field]


def _taken(
    row: Row, columns: Mapping[str, int], one: Callable[[int, str, Mapping[str, str]], Person | NotTaken]
) -> Person | NotTaken:
    if row.why is not None:
        return NotTaken(row.line, "", row.why)
    cells = {
        field: (tidy(row.cells[place]) or "") if place < len(row.cells) else ""
        for field, place in columns.items()
    }
    address = plain_address(cells["address"])
    if not address:
        why = say("This is no mail address.") if cells["address"] else say("The address is missing.")
        return NotTaken(row.line, cells["address"], why)
    return one(row.line, address, cells)


def _one(line: int, address: str, cells: Mapping[str, str]) -> ToInvite | NotTaken:
    said = dict.fromkeys(_HEADS, "") | dict(cells)
    role = _ROLES.get(header_word(said["role"]))
    if role is None:
        why = say("“{role}” is no role here: applicant, adviser or office.", role=said["role"])
        return NotTaken(line, said["address"], why)
    adviser = plain_address(said["adviser"])
    if said["adviser"] and not adviser:
        return NotTaken(
            line, said["address"], say("The adviser is named by a mail address, and this is none.")
        )
    if adviser and role != "applicant":
        return NotTaken(line, said["address"], say("Only an applicant has an adviser."))
    return ToInvite(line, said["name"][:MAX_NAME], address, role, adviser)


def plain_address(text: str) -> str:
    """One plain address in small letters, or nothing: no spaces, no quotes, a domain with a dot."""
    found = parse_address(text)
    if found is None or "." not in found.domain or any(sign in found.local for sign in ' "\\'):
        return ""
    return f"{found.local}@{found.domain}".lower()
