"""Bytes of unknown writing to text: marks, UTF-16 without a mark, UTF-8, and what is left.

A file that is not UTF-8 is read as windows-1252, by far the most frequent in exports of Western
programs; whoever knows better names the encoding. Which one was used is part of the result.
"""

from __future__ import annotations

import codecs

from vouchsafe.core.reading.contacts.facts import (
    MAX_BYTES,
    ContactsEmpty,
    ContactsNotText,
    ContactsTooLarge,
    EncodingNotKnown,
    WorkbookNotReadable,
)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x1f\x8b", b"SQLite format 3")

# Python also knows encodings that are no writing (zip, rot13, idna, unicode_escape); only these families
# may be named by a file or a person.
_FAMILIES = (
    "utf-8",
    "utf_8",
    "utf-16",
    "utf-32",
    "ascii",
    "iso8859",
    "cp",
    "mac-",
    "koi8",
    "shift_jis",
    "euc_",
    "gb",
    "big5",
    "iso2022",
    "tis-620",
    "hz",
)


def known_encoding(name: str) -> str | None:
    """The proper name of an encoding that really is a writing, or `None`."""
    try:
        proper = codecs.lookup(name.strip().strip('"')).name
    except (LookupError, ValueError):  # ValueError: a NUL inside the name
        return None
    return proper if proper.startswith(_FAMILIES) else None


def decode_bytes(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text of some bytes and the encoding it was read with; never fails, marks what it can't read."""
    proper = known_encoding(encoding) if encoding else None
    for tried in (proper, "utf-8", "windows-1252"):
        if tried is None:
            continue
        try:
            return data.decode(tried), tried
        except UnicodeError:
            continue
    # Five bytes mean nothing in windows-1252; they show as the mark for an unreadable character.
    return data.decode("windows-1252", "replace"), "windows-1252"


def to_utf8(data: bytes, encoding: str | None = None) -> tuple[bytes, str | None]:
    """The same file with wide writings turned into UTF-8, and the encoding when that is already certain.

    Anything else keeps its bytes: in a vCard each field may name an encoding of its own.
    Refuses what is empty, too large or plainly no text.
    """
    if len(data) > MAX_BYTES:
        raise ContactsTooLarge(limit=MAX_BYTES // 1024 // 1024)
    if not data.strip(b" \t\r\n\0"):
        raise ContactsEmpty
    if data.startswith(_PACKED):
        raise WorkbookNotReadable
    if encoding is not None:
        proper = known_encoding(encoding)
        if proper is None:
            raise EncodingNotKnown(encoding=encoding)
        data = data.decode(proper, "replace").removeprefix("\ufeff").encode("utf-8", "replace")
        certain: str | None = proper
    else:
        data, certain = _unwiden(data)
    if not data.strip():
        raise ContactsEmpty
    if _looks_binary(data):
        raise ContactsNotText
    return data, certain


def _unwiden(data: bytes) -> tuple[bytes, str | None]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(name, "replace")
            return text.encode("utf-8", "replace"), name
    wide = _unmarked_utf16(data)
    if wide is not None:
        return data.decode(wide, "replace").encode("utf-8", "replace"), wide
    return data, None


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 gives itself away: in Western text every second byte is nought, always on the same side."""
    head = data[:2048]
    half = len(head) // 2
    if half < 4:
        return None
    high, low = head[0 : half * 2 : 2].count(0), head[1 : half * 2 : 2].count(0)
    if high > 0.4 * half and low < 0.05 * half:
        return "utf-16-be"
    if low > 0.4 * half and high < 0.05 * half:
        return "utf-16-le"
    return None


def _looks_binary(data: bytes) -> bool:
    """Text holds no noughts and hardly any control characters."""
    head = data[:65536]
    if b"\0" in head or head.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        return True
    odd = sum(head.count(byte) for byte in (*range(1, 9), *range(14, 27), *range(28, 32)))
    return odd > max(2, len(head) // 100)
