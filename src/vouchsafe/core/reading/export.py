"""Bytes of one's own export -> the people, opportunities, places and open letters in it. Nothing in the file is believed.

The archive may have been made by hand: sizes are watched while it is unpacked, every value is looked at, and a row that
is not as ours are is left out and counted.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from vouchsafe.core.planning.facts import Kind, Tie
from vouchsafe.core.reading.zip_damage import ZIP_DAMAGE
from vouchsafe.core.words import Refusal, msg

MAX_BYTES = 100_000_000
MAX_TABLES = 30_000_000
MAX_LETTER = 20_000_000
MAX_LETTERS = 200
MAX_UNPACKED = 200_000_000  # of all letters together: a PDF hardly shrinks when it is packed
MAX_ROWS = 30_000
MAX_KEPT = 2_000  # people, opportunities and places: written in one transaction, milliseconds each, while others wait
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
_LETTER = re.compile(r"letters/([\w-]{1,64})\.pdf")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


class ExportNotReadable(Refusal):
    code = "export-not-readable"
    msgid = msg("This is not a file that Vouchsafe gave to somebody to take along.")
    hint_msgid = msg("Choose the ZIP that “Download everything” gave, as it was.")


class ExportTooLarge(Refusal):
    code = "export-too-large"
    msgid = msg("This file holds more than can be brought in at once.")
    hint_msgid = msg("Bring people by a table, and letters one by one.")


@dataclass(frozen=True, slots=True)
class Brought:
    """A letter's file, with what the export says of it."""

    number: str
    writer_name: str
    title: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Export:
    """Rows by their field names, ready for the facts of an action. `left_out` were not as ours are."""

    people: tuple[Mapping[str, Any], ...]
    opportunities: tuple[tuple[str, Mapping[str, Any]], ...]  # with the key they had
    places: tuple[tuple[str, Mapping[str, Any]], ...]  # with their opportunity's key
    letters: tuple[Brought, ...]
    left_out: int


class _Odd(ValueError):
    """A value that no row of ours holds."""


def read_export(data: bytes) -> Export:
    """What can be brought in. Raises `ExportNotReadable` and `ExportTooLarge`."""
    if len(data) > MAX_BYTES:
        raise ExportTooLarge
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            tables = json.loads(_unpacked(bundle, "everything.json", MAX_TABLES))
            names = [name for name in bundle.namelist() if _LETTER.fullmatch(name)]
            if len(names) > MAX_LETTERS:
                raise ExportTooLarge
            pdfs, room = {}, MAX_UNPACKED
            for name in names:
                pdf = pdfs[name[8:-4]] = _unpacked(bundle, name, min(MAX_LETTER, room))
                room -= len(pdf)
    except (
        *ZIP_DAMAGE,
        KeyError,
    ):  # KeyError: what must be in it is not; RuntimeError: its JSON is nested too deep
        raise ExportNotReadable from None
    if not isinstance(tables, dict) or not isinstance(tables.get("contact"), list):
        raise ExportNotReadable
    return _told(tables, pdfs)


def _unpacked(bundle: zipfile.ZipFile, name: str, most: int) -> bytes:
    if bundle.getinfo(name).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ExportNotReadable  # ours are packed in no other way
    with bundle.open(name) as file:
        data = file.read(most + 1)  # whatever the directory says of its size
    if len(data) > most:
        raise ExportTooLarge
    return data


def _told(tables: dict[str, Any], pdfs: Mapping[str, bytes]) -> Export:
    left_out = 0

    def rows(name: str, read: Callable[[dict[str, Any]], Any]) -> list[Any]:
        nonlocal left_out
        given = tables.get(name, [])
        if not isinstance(given, list) or len(given) > MAX_ROWS:
            raise ExportTooLarge if isinstance(given, list) else ExportNotReadable
        found = []
        for row in given:
            try:
                if not isinstance(row, dict):
                    raise _Odd
                if row.get("removed_at") is None:
                    found.append(read(row))
            except _Odd:
                left_out += 1
        return found

    addresses: dict[str, list[str]] = {}
    for key, address in rows(
        "contactaddress", lambda row: (_text(row, "contact", 32), _text(row, "address", 320))
    ):
        addresses.setdefault(key, []).append(address)
    people = rows("contact", lambda row: _person(row, addresses))
    opportunities = rows("opportunity", _opportunity)
    places = rows("destination", _place)
    if len(people) + len(opportunities) + len(places) > MAX_KEPT:
        raise ExportTooLarge
    known = {key: (writer, title) for key, writer, title in rows("letter", _letter)}
    sealed = {number: known[key] for number, key in rows("seal", _seal) if key in known}
    letters = [Brought(number, *sealed[number], pdf) for number, pdf in pdfs.items() if number in sealed] + [
        Brought("", *known[name[8:]], pdf)
        for name, pdf in pdfs.items()
        if name[:8] == "brought-" and name[8:] in known
    ]
    left_out += len(pdfs) - len(letters)
    return Export(tuple(people), tuple(opportunities), tuple(places), tuple(letters), left_out)


def _person(row: dict[str, Any], addresses: Mapping[str, list[str]]) -> dict[str, Any]:
    tie = _text(row, "tie", 20)
    return {
        "name": _text(row, "name", 200, needed=True),
        "addresses": tuple(addresses.get(_text(row, "key", 32), ())[:10]),
        **{name: _text(row, name, 120) for name in ("given", "family")},
        **{name: _text(row, name, 200) for name in ("salutation", "organisation", "title")},
        "profile": _web(row, "profile", 500),
        "tie": tie if tie in set(Tie) else "",
        **{name: _text(row, name, 4000) for name in ("how_you_know", "notes")},
        "last_worked_on": _day(row, "last_worked_on"),
        **{name: _number(row, name, 4) for name in ("knows_work", "warmth", "seniority")},
        "qualities": _texts(row, "qualities", 120),
        **{name: _flag(row, name) for name in ("meets_regularly", "phone_reference", "unreachable")},
        "budget_hours": _hours(row),
        "country": _matching(row, "country", r"([A-Z]{2})?"),
        "time_zone": _zone(row, "time_zone", ""),
    }


def _opportunity(row: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    need, spare = _number(row, "need", 10), _number(row, "spare", 5)
    return _text(row, "key", 32), {
        "kind": _matching(row, "kind", "|".join(Kind)),
        "title": _text(row, "title", 300, needed=True),
        "organisation": _text(row, "organisation", 300),
        "locations": _texts(row, "locations", 300),
        "url": _web(row, "url", 2000),
        "text": _text(row, "text", 200_000),
        "published_on": _day(row, "published_on"),
        "level": _matching(row, "level", "|junior|mid|senior"),
        "letters": _matching(row, "letters", "unknown|required|accepted|not_taken"),
        "wanted": _texts(row, "wanted", 120),
        "forms": _texts(row, "forms", 300),
        "need": 1 if need is None else need,
        "spare": 1 if spare is None else spare,
        "deadline_on": _day(row, "deadline_on"),
        "deadline_time": _hour(row, "deadline_time"),
        "zone": _zone(row, "zone", "UTC"),
    }


def _place(row: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return _text(row, "opportunity", 32, needed=True), {
        "way": _matching(row, "way", "reader_link|mail|portal|by_hand"),
        "label": _text(row, "label", 300),
        "address": _text(row, "address", 2000),
        "due_on": _day(row, "due_on"),
        "due_time": _hour(row, "due_time"),
        "zone": _zone(row, "zone", "UTC"),
    }


def _letter(row: dict[str, Any]) -> tuple[str, str, str]:
    if row.get("confidentiality") != "open":
        raise _Odd
    return _text(row, "key", 32, needed=True), _text(row, "writer_name", 200), _text(row, "title", 300)


def _seal(row: dict[str, Any]) -> tuple[str, str]:
    return _text(row, "number", 64, needed=True), _text(row, "letter", 32)


def _text(row: dict[str, Any], name: str, most: int, *, needed: bool = False) -> str:
    value = row.get(name)
    if value is None:
        value = ""
    if (
        not isinstance(value, str)
        or len(value) > most
        or _CONTROL.search(value)
        or (needed and not value.strip())
    ):
        raise _Odd
    return value


def _texts(row: dict[str, Any], name: str, most: int) -> tuple[str, ...]:
    value = row.get(name) or []
    if not isinstance(value, list) or len(value) > 50:
        raise _Odd
    return tuple(_text({"": one}, "", most) for one in value)


def _matching(row: dict[str, Any], name: str, pattern: str) -> str:
    value = _text(row, name, 64)
    if not re.fullmatch(pattern, value):
        raise _Odd
    return value


def _web(row: dict[str, Any], name: str, most: int) -> str:
    value = _text(row, name, most)
    return value if value.lower().startswith(("https://", "http://")) else ""


def _zone(row: dict[str, Any], name: str, usual: str) -> str:
    value = _text(row, name, 64)
    return value if value in _zones() else usual


@cache
def _zones() -> frozenset[str]:
    """Read from the disk once: it takes a hundredth of a second, and there may be thousands of rows."""
    return frozenset(available_timezones())


def _flag(row: dict[str, Any], name: str) -> bool:
    return row.get(name) is True


def _number(row: dict[str, Any], name: str, most: int) -> int | None:
    value = row.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise _Odd
    return value


def _hours(row: dict[str, Any]) -> Decimal:
    try:
        value = Decimal(_text(row, "budget_hours", 8) or "6")
    except InvalidOperation:
        raise _Odd from None
    if not value.is_finite() or not 0 <= value <= 100:
        raise _Odd
    return value.quantize(Decimal("0.1"))


def _day(row: dict[str, Any], name: str) -> date | None:
    value = _text(row, name, 10)
    try:
        day = date.fromisoformat(value) if value else None
    except ValueError:
        raise _Odd from None
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        raise _Odd
    return day


def _hour(row: dict[str, Any], name: str) -> time | None:
    value = _text(row, name, 15)
    try:
        hour = time.fromisoformat(value) if value else None
    except ValueError:
        raise _Odd from None
    if hour is not None and hour.tzinfo is not None:
        raise _Odd
    return hour
