"""JSON as pages really carry it: mended only where the meaning stays beyond doubt.

Mended: control characters in strings, comments, trailing commas, a closing semicolon, an HTML
comment or CDATA wrapped around, and a block whose quotes were all turned into HTML entities.
Everything else stays broken: a guessed quote or bracket could move words from one field to another.
"""

from __future__ import annotations

import html
import json
import re

from vouchsafe.core.reading.posting.records import MAX_DEPTH

# An unclosed string or comment runs to the end, so no text is ever scanned twice.
_TOKEN = re.compile(
    r"""(?P<string>"(?:[^"\\]|\\.)*+(?:"|\\?\Z))|(?P<comment>//[^\n\r]*+|/\*.*?(?:\*/|\Z))|(?P<mark>[][{},])|(?P<rest>[^][{},"/\s]+|[\s]+|.)""",
    re.DOTALL,
)
_OPENING = re.compile(r"\s*(?://|/\*)?[ \t]*(?:<!--|<!\[CDATA\[)[ \t]*(?:\*/)?")


class NestingError(ValueError):
    """Nested deeper than any posting is."""


class MendingError(ValueError):
    """Not JSON, and not to be mended without guessing. `line` counts from 1."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"line {line}")


def load(text: str) -> object:
    """The value in `text`, mended where that is safe. Raises `MendingError` or `NestingError`."""
    check_depth(text)
    try:
        return _parse(text)
    except ValueError as error:
        first = MendingError(getattr(error, "lineno", 1))
    for candidate in (mended(text), _unescaped(text)):
        if candidate is not None:
            check_depth(candidate)
            try:
                return _parse(candidate)
            except ValueError:
                continue
    raise first


def _parse(text: str) -> object:
    return json.loads(text.strip().lstrip("\ufeff"), strict=False)


def check_depth(text: str) -> None:
    """Raise `NestingError` before the parser's own recursion would; brackets inside strings do not count."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for found in _TOKEN.finditer(text):
        mark = found.group("mark")
        if mark is None:
            continue
        if mark in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise NestingError
        elif mark in "]}":
            depth -= 1


def mended(text: str) -> str:
    """The text without wrapping, comments, trailing commas and closing semicolon; strings untouched."""
    text = _unwrapped(_unwrapped(text))
    kept: list[str] = []
    comma = -1
    for found in _TOKEN.finditer(text):
        if found.group("comment") is not None:
            kept.append(" ")  # never nothing: 1/**/2 must not become 12
            continue
        piece = found.group()
        mark = found.group("mark")
        if mark == ",":
            comma = len(kept)
        elif mark in ("]", "}") and comma >= 0:
            kept[comma] = ""
            comma = -1
        elif not piece.isspace():
            comma = -1
        kept.append(piece)
    return "".join(kept).strip().removesuffix(";")


def _unwrapped(text: str) -> str:
    """Without one HTML comment or CDATA section around it, itself perhaps inside a script comment."""
    found = _OPENING.match(text)
    if found:
        text = text[found.end() :]
    end = text.rstrip().removesuffix("*/").rstrip()
    for mark in ("-->", "]]>"):
        if end.endswith(mark):
            end = end.removesuffix(mark).rstrip()
            return end.removesuffix("//").removesuffix("/*")
    return text


def _unescaped(text: str) -> str | None:
    """Only where no true quote is left: else an entity inside a string would end that string."""
    if '"' in text or not re.search(r"&(?:quot|#34|#x22);", text, re.IGNORECASE):
        return None
    return mended(html.unescape(text))
