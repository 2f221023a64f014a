"""vCard 2.1, 3.0 and 4.0, as programs really write them.

Reading goes line by line over bytes, because a 2.1 card may write each field in another encoding.
Only the fields a contact needs are decoded; photographs and keys are stepped over unread.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from vouchsafe.core.reading.contacts.decoding import decode_bytes
from vouchsafe.core.reading.contacts.facts import ContactRead, Kind
from vouchsafe.core.reading.contacts.gathering import Gathering, compose_name, is_profile
from vouchsafe.core.words import say

_BEGIN = re.compile(rb"\s*(?:[\w-]+\.)?BEGIN[ \t]*:[ \t]*VCARD\s*$", re.I)
_END = re.compile(rb"\s*(?:[\w-]+\.)?END[ \t]*:[ \t]*VCARD\s*$", re.I)
_PROPERTY = re.compile(rb"\s*(?:[\w-]+\.)?([A-Za-z][\w-]*)[ \t]*((?:;(?:\"[^\"]*\"|[^\":;])*)*):(.*)", re.S)
_AGENT_OPENS = re.compile(rb"\s*(?:[\w-]+\.)?AGENT[^:]*:\s*BEGIN[ \t]*:[ \t]*VCARD\s*$", re.I)
_AGENT_AWAITS = re.compile(rb"\s*(?:[\w-]+\.)?AGENT[^:]*:\s*$", re.I)
# A soft break with nothing after it must not swallow the next field.
_NEXT_FIELD = re.compile(
    rb"(?:[\w-]+\.)?(?:VERSION|FN|N|EMAIL|TEL|ADR|LABEL|ORG|TITLE|ROLE|NOTE|URL|BDAY|PHOTO|REV|UID|CATEGORIES|X-[\w-]+)"
    rb"[;:]",
    re.I,
)
_PARAMETER = re.compile(rb";((?:\"[^\"]*\"|[^\";])*)")
_ESCAPE = re.compile(r"\\(.)", re.S)
_BARE_2_1 = {b"QUOTED-PRINTABLE": b"ENCODING", b"BASE64": b"ENCODING", b"B": b"ENCODING"}
_WANTED = frozenset(
    (b"FN", b"N", b"NICKNAME", b"EMAIL", b"ORG", b"TITLE", b"URL", b"X-SOCIALPROFILE", b"SOCIALPROFILE")
)
_NESTED = say("A card inside another card was left out.")
_MAX_FOLDS = 50
"""Lines that may be broken before the colon comes; real programs break there once or twice."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One field of a card: its name in capitals, its parameters, its undecoded value."""

    number: int
    name: bytes
    parameters: dict[bytes, bytes]
    value: bytes

    @property
    def quoted(self) -> bool:
        return self.parameters.get(b"ENCODING", b"").upper() == b"QUOTED-PRINTABLE"

    def text(self) -> str:
        value = quopri.decodestring(self.value) if self.quoted else self.value
        return decode_bytes(value, self.parameters.get(b"CHARSET", b"").decode("ascii", "replace") or None)[0]


@dataclass(slots=True)
class _Card:
    """The lines of one card, while it is being collected."""

    begins: int
    lines: list[tuple[int, bytes]] = field(default_factory=list)


def looks_like_vcard(data: bytes) -> bool:
    return any(_BEGIN.match(line) for line in data[:4096].splitlines())


def read_vcards(data: bytes, gathering: Gathering) -> None:
    """Gather every card of the file; a card inside another belongs to its person and is only reported."""
    gathering.kind = Kind.VCARD
    for card in _cards(data.splitlines(), gathering):
        _read_card(card, gathering)


def _cards(lines: Sequence[bytes], gathering: Gathering) -> Iterator[_Card]:
    """Cut the file into cards. A card that never ends gives what it has, and the next begins anew."""
    card: _Card | None = None
    nested = 0
    for number, line in enumerate(lines, start=1):
        if _BEGIN.match(line):
            if card is not None and (nested or _awaits_card(card)):
                nested += 1
                continue
            if card is not None:
                gathering.problem(number, say("The card before this one has no end."))
                yield card
            card = _Card(number)
        elif _END.match(line):
            if nested:
                nested -= 1
                if not nested and card is not None:
                    gathering.problem(number, _NESTED)
                    card.lines.append(
                        (number, line)
                    )  # the agent's field is over, no further card belongs to it
            elif card is not None:
                yield card
                card = None
        elif card is not None and not nested:
            if _AGENT_OPENS.match(line):
                nested = 1
            else:
                card.lines.append((number, line))
        elif card is None and line.strip():
            gathering.problem(number, say("This line stands outside any card."))
    if card is not None:
        gathering.problem(card.begins, say("This card has no end."))
        yield card


def _awaits_card(card: _Card) -> bool:
    """Whether the last thing said was `AGENT:` with nothing after it, so that a card follows inside."""
    for _, line in reversed(card.lines):
        if line.strip():
            return _AGENT_AWAITS.match(line) is not None
    return False


def _unfold(card: _Card, gathering: Gathering) -> Iterator[_Line]:
    """Join broken lines: folds (a space first), soft breaks of quoted-printable, bare base64."""
    old = any(re.match(rb"\s*VERSION\s*:\s*2", line, re.I) for _, line in card.lines)
    fold = b" " if old else b""
    lines = card.lines
    at = 0
    while at < len(lines):
        number, raw = lines[at]
        at += 1
        if not raw.strip():
            continue
        found = _PROPERTY.match(raw)
        # A fold may fall inside the parameters, before the colon has come.
        last = min(len(lines), at + _MAX_FOLDS)
        while found is None and at < last and lines[at][1][:1] in (b" ", b"\t"):
            raw += lines[at][1][1:]
            at += 1
            found = _PROPERTY.match(raw)
        if found is None:
            gathering.problem(number, say("This line belongs to no field and was left out."))
            continue
        name, parameters = found[1].upper(), _parameters(found[2])
        line = _Line(number, name, parameters, b"")
        parts = [found[3]]
        if line.quoted:
            while parts[-1].rstrip().endswith(b"=") and at < len(lines):
                if _NEXT_FIELD.match(lines[at][1]):
                    break
                parts[-1] = parts[-1].rstrip()[:-1]
                parts.append(lines[at][1])
                at += 1
        else:
            packed = parameters.get(b"ENCODING", b"").upper() in (b"BASE64", b"B")
            while at < len(lines):
                following = lines[at][1]
                if following[:1] in (b" ", b"\t"):
                    parts.append(fold + following[1:])
                elif following.strip() and not (packed and b":" not in following):
                    break  # empty lines between folds come from line ends written twice
                at += 1
        if name == b"AGENT" and b"BEGIN" in parts[0].upper():
            gathering.problem(number, _NESTED)
        if name in _WANTED:
            yield _Line(number, name, parameters, b"".join(parts))


def _parameters(raw: bytes) -> dict[bytes, bytes]:
    """`;TYPE=home;CHARSET="utf-8";QUOTED-PRINTABLE` to a table; of a repeated name the first counts."""
    found: dict[bytes, bytes] = {}
    for part in _PARAMETER.findall(raw):
        name, is_, value = part.partition(b"=")
        name, value = name.strip().upper(), value.strip().strip(b'"')
        if not is_:
            name, value = _BARE_2_1.get(name, b"TYPE"), name
        found.setdefault(name, value)
    return found


def _cut(text: str, separator: str) -> list[str]:
    """Cut at separators that no backslash guards; the parts keep their backslashes."""
    parts: list[str] = []
    part: list[str] = []
    guarded = False
    for character in text:
        if character == separator and not guarded:
            parts.append("".join(part))
            part = []
        else:
            part.append(character)
        guarded = character == "\\" and not guarded
    return [*parts, "".join(part)]


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda found: " " if found[1] in "nN" else found[1], text)


def _read_card(card: _Card, gathering: Gathering) -> None:
    fields: dict[bytes, list[str]] = {}
    for line in _unfold(card, gathering):
        fields.setdefault(line.name, []).append(line.text())

    def first(name: bytes) -> str | None:
        texts = (gathering.value(card.begins, _plain(text)) for text in fields.get(name, []))
        return next((text for text in texts if text), None)

    parts = [_plain(part) for part in _cut(next(iter(fields.get(b"N", [])), ""), ";")]
    family, given, middle, prefix, suffix = (
        gathering.value(card.begins, part) for part in [*parts, "", "", "", "", ""][:5]
    )
    organisations = (
        gathering.value(card.begins, _plain(_cut(text, ";")[0])) for text in fields.get(b"ORG", [])
    )
    sites = [*fields.get(b"X-SOCIALPROFILE", []), *fields.get(b"SOCIALPROFILE", []), *fields.get(b"URL", [])]
    gathering.contact(
        ContactRead(
            name=first(b"FN") or compose_name(prefix, given, middle, family, suffix) or first(b"NICKNAME"),
            given=given,
            family=family,
            emails=gathering.emails(card.begins, [_plain(text) for text in fields.get(b"EMAIL", [])]),
            organisation=next((text for text in organisations if text), None),
            title=first(b"TITLE"),
            profile=next((url for url in map(_plain, sites) if is_profile(url)), None),
            where=card.begins,
        )
    )
