"""Bytes to text: marks, declared and guessed encodings, pages saved with their pictures (MHTML)."""

from __future__ import annotations

import codecs
import re

from vouchsafe.core.reading.posting.records import MAX_BYTES, PostingEmpty, PostingNotText, PostingTooLarge
from vouchsafe.core.words import msg

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KINDS = (
    (b"%PDF-", msg("a PDF file")),
    (b"PK\x03\x04", msg("a Word file or another zip archive")),
    (b"\xd0\xcf\x11\xe0", msg("an old Word file")),
    (b"{\\rtf", msg("a rich text file")),
    (b"\x89PNG", msg("a picture")),
    (b"\xff\xd8\xff", msg("a picture")),
    (b"GIF8", msg("a picture")),
    (b"bplist00", msg("a Safari web archive")),
    (b"\x1f\x8b", msg("a compressed file")),
)
_BINARY = msg("a binary file")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_MHTML = re.compile(rb"\A(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?MIME-Version:", re.IGNORECASE)
# Not every codec Python knows: a page may not choose one that unescapes or warns. Latin-1 and ASCII
# are left out because browsers read both as windows-1252, the encoding we end with.
_WEB_ENCODING = re.compile(
    r"utf-?8|windows-(?:125[0-8]|874)|iso-?8859-(?:[2-9]|1[0-6])|koi8-[ru]|shift_jis|euc-(?:jp|kr)|iso-2022-jp"
    r"|gb2312|gbk|gb18030|big5|macintosh|tis-620|ibm866"
)


def to_text(data: bytes) -> str:
    """The file's text without NUL characters. Refuses too much, nothing, and what is no text."""
    if len(data) > MAX_BYTES:
        raise PostingTooLarge(limit=MAX_BYTES // 1_000_000)
    if not data.strip(b" \t\r\n\x0b\x0c\x00"):
        raise PostingEmpty()
    for magic, kind in _KINDS:
        if data.startswith(magic):
            raise PostingNotText(kind=kind)
    text = _decode(_page_of_mhtml(data))
    if not text.strip(" \t\r\n\x0b\x0c\ufeff\x00"):
        raise PostingEmpty()
    return text


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace").replace("\x00", "")
    if b"\x00" in data:
        data = _without_marked_utf16(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _declared(data)
    strange = sum(ch < " " and ch not in "\t\n\r\x0b\x0c\x1b" for ch in text[:100_000])
    if strange > 20 and strange * 50 > len(text[:100_000]):
        raise PostingNotText(kind=_BINARY)
    return text


def _without_marked_utf16(data: bytes) -> bytes:
    """UTF-16 without a mark has a zero in every other byte; anything else with many zeros is no text."""
    sample = data[:4000]
    zeros = sample.count(0)
    if zeros * 5 > len(sample) * 2:
        encoding = "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
        return data.decode(encoding, "replace").replace("\x00", "").encode("utf-8", "replace")
    if zeros * 100 > len(sample):
        raise PostingNotText(kind=_BINARY)
    return data.replace(b"\x00", b"")


def _declared(data: bytes) -> str:
    found = _CHARSET.search(data[:4096])
    name = found.group(1).decode("ascii").lower() if found else ""
    if _WEB_ENCODING.fullmatch(name):
        return data.decode("mac-roman" if name == "macintosh" else name, "replace")
    return data.decode("cp1252", "replace")


def _page_of_mhtml(data: bytes) -> bytes:
    """The first HTML part of a page saved as one MHTML file; other data unchanged."""
    head = data[:4000].replace(b"\r\n", b"\n")
    if not _MHTML.match(head) or b"multipart/" not in head.lower():
        return data
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and body.strip():
                return body
    return data
