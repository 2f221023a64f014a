"""People pasted one a line, as they stand in mails and notes: `Dr Amara Nwosu <a@x.org>`, `name, address`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vouchsafe.core.reading.contacts.facts import ContactRead, ContactsNotText, Kind, NoContactsFound, tidy
from vouchsafe.core.reading.contacts.gathering import Gathering
from vouchsafe.core.words import say

_ADDRESS = re.compile(r"(?:mailto:)?([^\s<>()\[\],;:\"“”'|]+@[^\s<>()\[\],;:\"“”|]+)", re.I)
_DISPLAY = re.compile(r"\s*[\"“]?([^<>\"“”]+?)[\"”]?\s*<([^<>]*)>\s*[,;.]?\s*")
_BULLET = re.compile(r"^\s*(?:[-*•·–]|\d{1,3}[.)])\s+")
_BETWEEN = re.compile(r"(?<=>)\s*[,;]\s*(?=\S)")
_LEFT = "()[]<>\"'“”‚‘’ \t\r\n:–-"
_NO_NAME = re.compile(r"[\d@<>{}\[\]=/\\#|_*]")
_MAX_WORDS = 8


@dataclass(frozen=True, slots=True)
class _Person:
    """One entry taken apart: a name if there is one, its addresses, and what is neither."""

    name: str | None
    emails: tuple[str, ...]
    rest: tuple[str, ...]


def find_person(text: str) -> _Person:
    """Take one entry apart; the order of name and address does not matter."""
    shown = _DISPLAY.fullmatch(text)
    if shown and _ADDRESS.fullmatch(shown[2].strip()) and _looks_like_name(shown[1]):
        return _Person(tidy(shown[1]), (shown[2].strip().removeprefix("mailto:"),), ())
    emails = tuple(dict.fromkeys(found.rstrip(".'’") for found in _ADDRESS.findall(text)))
    parts = [part.strip(_LEFT) for part in re.split(r"[,;\t|]", _ADDRESS.sub("\t" if emails else "", text))]
    parts = [part for part in parts if part]
    if not emails:
        whole = tidy(text.strip(_LEFT))
        return _Person(whole if whole and _looks_like_name(whole) else None, (), ())
    if parts and _looks_like_name(parts[0]):
        return _Person(tidy(parts[0]), emails, tuple(parts[1:]))
    return _Person(None, emails, tuple(parts))


def _looks_like_name(text: str) -> bool:
    return (
        len(text) <= 100
        and len(text.split()) <= _MAX_WORDS
        and not _NO_NAME.search(text)
        and any(character.isalpha() for character in text)
    )


def read_names(lines: Sequence[str]) -> Gathering:
    """Gather one person a line, or several where a line is a list of recipients."""
    if lines and re.match(r"(?i)\s*<(?:!doctype|html|\?xml|head|body|div|table)", lines[0]):
        raise ContactsNotText
    gathering = Gathering(Kind.NAMES)
    for number, line in enumerate(lines, start=1):
        line = _BULLET.sub("", line)
        if line.strip():
            for entry in _entries(line):
                _read_entry(entry, number, gathering)
    if not len(gathering):
        raise NoContactsFound
    return gathering


def _entries(line: str) -> list[str]:
    """The recipients of one line: apart at the commas after `>`, or all bare addresses."""
    entries = _BETWEEN.split(line)
    if len(entries) > 1:
        return entries
    bare = re.split(r"\s*[,;\s]\s*", line.strip())
    return bare if len(bare) > 1 and all(_ADDRESS.fullmatch(part) for part in bare if part) else [line]


def _read_entry(entry: str, number: int, gathering: Gathering) -> None:
    if not entry.strip(_LEFT + ",;\r\n"):
        return
    person = find_person(entry)
    if person.name is None and not person.emails:
        shown = tidy(entry) or ""
        if "@" in entry:
            gathering.problem(number, say("“{text}” holds no address that can be read.", text=shown[:80]))
        else:
            gathering.problem(number, say("“{text}” does not look like a name.", text=shown[:80]))
        return
    for rest in person.rest:
        gathering.problem(
            number, say("“{text}” was left out; it is neither the name nor an address.", text=rest[:80])
        )
    emails = gathering.emails(number, person.emails)
    gathering.contact(ContactRead(person.name, None, None, emails, None, None, None, number))
