"""Single values: a line of text, plain text out of HTML, a web address, a date.

Each function gives the value in one form or None; none of them completes what is missing.
"""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, timedelta

MAX_LINE = 300
MAX_TEXT = 200_000

# Control characters, lone surrogates, and marks that reorder the text around them (a title that
# reads differently from what it is has no place on a page where letters are asked for).
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
_BREAK = re.compile(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_DROPPED = re.compile(r"(?is)<(script|style|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)")
_BLOCK = re.compile(
    r"(?i)</?(?:p|div|ul|ol|table|tr|h[1-6]|section|article|header|footer|blockquote|pre|dl|dt|dd|form"
    r"|main|title|option|figure)\b[^<>]*>|<(?:br|hr)\b[^<>]*>"
)
_ITEM = re.compile(r"(?i)<li\b[^<>]*>")
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})([.,]\d{1,9})?)?\s*(Z|z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)


def line(value: object) -> str | None:
    """One line of words without tags, entities and control characters; None when nothing is left."""
    if not isinstance(value, str):
        return None
    text = value[: MAX_LINE * 20]
    if _ENTITY.search(text):
        text = html.unescape(text)
    if _TAG.search(text):
        text = _TAG.sub(" ", text)
    text = _UNSEEN.sub("", " ".join(part.strip() for part in _BREAK.split(text) if part.strip())).strip()
    return text if text and len(text) <= MAX_LINE else None


def plain(value: object) -> str | None:
    """Plain text out of text or HTML, paragraphs and list items on lines of their own."""
    if not isinstance(value, str):
        return None
    text = value[:MAX_TEXT]
    if "<" not in text and "&lt;" in text:
        text = html.unescape(text)  # HTML escaped once more on its way into JSON, as Greenhouse does
    if _TAG.search(text):
        text = re.sub(r"\s+", " ", _DROPPED.sub(" ", text))
        text = _ITEM.sub("\n- ", _BLOCK.sub("\n", text))
        text = _TAG.sub("", text)
    return words(html.unescape(text))


def words(text: str) -> str | None:
    """Plain text as it stands, with quiet blanks and line ends; nothing in it is taken for HTML."""
    text = text[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    text = _UNSEEN.sub("", text)
    text = re.sub(r"[ \t]+", " ", text)
    text = re.sub(r" ?\n ?", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip() or None


def web_address(value: object) -> str | None:
    """An absolute http(s) address; anything else (a path, a script, a mailbox) is None."""
    text = line(value)
    if text is None or not re.match(r"(?i)https?://[^\s/?#@\\]+(?:[/?#]|$)", text):
        return None
    return text if not re.search(r"[\s<>\"\\]", text) else None


def iso_date(value: object) -> str | None:
    """A day or a moment in ISO 8601. Midnight without a zone says only the day, so the day it is."""
    text = line(value)
    if text is None:
        return None
    found = _ISO.fullmatch(text.strip())
    if found is None:
        if len(text) > 60:
            return None
        # Its patterns take longer to compile than a page takes to read, and most dates are ISO.
        from vouchsafe.core.reading.posting.written_dates import only_date

        named = only_date(text)
        return named.isoformat() if named else None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        date(int(year), int(month), int(day))
        if hour is None:
            return f"{year}-{month}-{day}"
        datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC)
    except ValueError:
        return None
    if zone is None and not (int(hour) or int(minute) or int(second or 0)):
        return f"{year}-{month}-{day}"
    clock = f"{hour}:{minute}" + (f":{second}" if second else "") + (fraction or "").replace(",", ".")
    return f"{year}-{month}-{day}T{clock}{_zone(zone)}"


def _zone(zone: str | None) -> str:
    if zone is None:
        return ""
    if zone in "Zz":
        return "Z"
    return zone if ":" in zone else f"{zone[:3]}:{zone[3:] or '00'}"


def epoch_date(value: object) -> str | None:
    """Milliseconds since 1970 as a moment in UTC, as Lever counts."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 4_102_444_800_000:
        return None
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=value)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
