"""Raw MIME from any source becomes a frozen `Incoming`.

Read by the library's older policy (its default): the newer one refuses headers, and takes longer to load.
Mail in the wild is malformed: this never raises. What cannot be decoded is decoded as well as it can,
and what contradicts itself is left visible (two From headers stay two) for the core to judge.
"""

from __future__ import annotations

import email
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from vouchsafe.core.reading.mail.incoming import AttachedFile, Incoming, Mailbox, Report

_REPORT_TYPES = {
    "message/delivery-status": "delivery-status",
    "message/global-delivery-status": "delivery-status",
    "message/feedback-report": "feedback-report",
    "message/disposition-notification": "disposition-notification",
}
_MESSAGE_ID = re.compile(r"<[^<>\s]+>")
_KNOWN_AS = {"ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030",
             "shift_jis": "cp932", "shift-jis": "cp932", "iso-8859-1": "cp1252", "us-ascii": "utf-8", "ascii": "utf-8",
             "unicode-1-1-utf-7": "utf-7", "iso-8859-8-i": "iso-8859-8", "utf8": "utf-8", "x-sjis": "cp932"}  # fmt: skip
MAX_PARTS = 500
DEEPEST = 30
LONGEST_HEADER = 20_000


def parse(raw: bytes, *, trusted_servers: Iterable[str] = ()) -> Incoming:
    """Read a whole message. Only `trusted_servers` (our own receiving hosts) may vouch for a sender.

    Reads at most `MAX_PARTS` parts; a deeper nest than that is nobody's letter.
    """
    message = _message(raw.lstrip(b"\r\n"))
    headers = _headers(message)
    parts = _Parts(message)
    return Incoming(
        raw_digest=hashlib.sha256(raw).hexdigest(),
        message_id=_first(_ids(headers, "message-id")),
        in_reply_to=_ids(headers, "in-reply-to"),
        references=_ids(headers, "references"),
        from_=_mailboxes(message, "from"),
        sender=next(iter(_mailboxes(message, "sender")), None),
        reply_to=_mailboxes(message, "reply-to"),
        to=_mailboxes(message, "to"),
        cc=_mailboxes(message, "cc"),
        delivered_to=_delivered_to(message),
        subject=" ".join(headers.get("subject", ("",))[0].split()),
        date=_date(headers.get("date", ("",))[0]),
        content_type=message.get_content_type(),
        report_type=str(message.get_param("report-type") or "").lower(),
        text="\n".join(text.strip("\r\n") for text in parts.texts if text.strip()),
        html="\n".join(parts.htmls),
        headers=headers,
        attachments=tuple(parts.files),
        reports=tuple(parts.reports),
        enclosed_headers=parts.enclosed,
        encloses_message=parts.encloses_message,
        dmarc_pass=_dmarc(headers, trusted_servers),
    )


def _message(raw: bytes) -> Message:
    """The message; of one nested deeper than the library can follow, only the headers."""
    try:
        return email.message_from_bytes(raw)
    except RecursionError:
        return email.message_from_bytes(re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0] + b"\n\n")


def parse_body(raw: bytes) -> Incoming:
    """A bare body, text or HTML, as if it had come in a mail whose headers are not known."""
    text = _decode(raw.removeprefix(b"\xef\xbb\xbf"), "utf-8").replace("\r\n", "\n")
    is_html = re.match(
        r"\s*(?:<\?xml|<!doctype html|<(?:html|head|body|div|p|table|span|meta|style)\b)", text, re.IGNORECASE
    )
    nobody = (Mailbox(""),)
    return Incoming(
        raw_digest=hashlib.sha256(raw).hexdigest(),
        from_=nobody,
        text="" if is_html else text,
        html=text if is_html else "",
    )


class _Parts:
    """What the tree of parts holds: bodies, named files, reports, and a returned message's headers."""

    def __init__(self, message: Message) -> None:
        self.texts: list[str] = []
        self.htmls: list[str] = []
        self.files: list[AttachedFile] = []
        self.reports: list[Report] = []
        self.enclosed: Mapping[str, tuple[str, ...]] = {}
        self.encloses_message = False
        self.left = MAX_PARTS
        self.depth = 0
        self._read(message, nested=False)

    def _read(self, part: Message, *, nested: bool) -> None:
        self.left -= 1
        if self.left < 0 or self.depth >= DEEPEST:
            return
        self.depth += 1
        self._read_kind(part, nested=nested)
        self.depth -= 1

    def _read_kind(self, part: Message, *, nested: bool) -> None:
        kind = part.get_content_type()
        if kind in _REPORT_TYPES:
            self.reports.append(Report(_REPORT_TYPES[kind], tuple(_groups(part))))
        elif kind in ("message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers"):
            self._enclosed(part, nested=nested)
        elif part.is_multipart():
            for child in _children(part):
                self._read(child, nested=nested)
        else:
            self._leaf(part, kind, nested=nested)

    def _enclosed(self, part: Message, *, nested: bool) -> None:
        name = _file_name(part)
        if name:
            self.files.append(AttachedFile(name, part.get_content_type(), _bytes(part), nested))
        if part.is_multipart():
            self.encloses_message = True
            inner = part.get_payload(0)
            if isinstance(inner, Message):
                self.enclosed = self.enclosed or _headers(inner)
                self._read(inner, nested=True)
        else:
            inner = email.message_from_bytes(_bytes(part).lstrip())
            self.enclosed = self.enclosed or _headers(inner)

    def _leaf(self, part: Message, kind: str, *, nested: bool) -> None:
        name = _file_name(part)
        attached = str(part.get("Content-Disposition") or "").strip().lower().startswith("attachment")
        if name or attached or not kind.startswith("text/"):
            if name or attached:
                self.files.append(AttachedFile(name or _nameless(kind), kind, _bytes(part), nested))
        elif not nested and kind in ("text/html", "text/plain"):
            (self.htmls if kind == "text/html" else self.texts).append(_text(part))


def _children(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (child for child in payload if isinstance(child, Message))


def _nameless(kind: str) -> str:
    endings = {
        "application/pdf": "attachment.pdf",
        "text/plain": "attachment.txt",
        "text/calendar": "attachment.ics",
    }
    return endings.get(kind, "attachment")


def _file_name(part: Message) -> str:
    described = Message()  # a copy whose raw bytes have been read: the library would blank them
    for header, value in part.raw_items():
        if header.lower() in ("content-type", "content-disposition"):
            described[header] = _raw(str(value))
    try:
        name = described.get_filename() or described.get_param("name") or ""
    except (ValueError, LookupError, TypeError):
        name = ""
    if isinstance(name, tuple):
        charset, _, octets = name
        name = _decode(octets.encode("latin-1", "replace"), charset or "utf-8")
    name = " ".join(_decoded(str(name)).split())
    return "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable())[:200]


def _bytes(part: Message) -> bytes:
    if part.is_multipart():
        return b"".join(child.as_bytes() for child in _children(part))
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        payload = None
    return (
        payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "surrogateescape")
    )


def _text(part: Message) -> str:
    try:
        charset = str(part.get_content_charset() or "utf-8")
    except (ValueError, LookupError, TypeError):
        charset = "utf-8"
    text = _decode(_bytes(part), charset).replace("\r\n", "\n").replace("\x00", "")
    if str(part.get_param("format") or "").lower() == "flowed":
        return _unflowed(text, delsp=str(part.get_param("delsp") or "").lower() == "yes")
    return text


def _unflowed(text: str, *, delsp: bool) -> str:
    """RFC 3676: a line that ends in a space goes on in the next, unless it is quoted otherwise."""
    out: list[str] = []
    flowing = False
    for line in text.split("\n"):
        quoted = re.match(r">*", line)
        marks = quoted[0] if quoted else ""
        content = line[len(marks) :].removeprefix(" ") if not marks else line[len(marks) :]
        if flowing and out and not marks and not out[-1].startswith(">"):
            out[-1] = (out[-1][:-1] if delsp else out[-1]) + content
        else:
            out.append(marks + content)
        flowing = content.endswith(" ") and content != "-- " and not marks
    return "\n".join(out)


def _decode(octets: bytes, charset: str) -> str:
    name = _KNOWN_AS.get(charset.strip().strip("'\"").lower(), charset.strip().strip("'\"").lower())
    for each in (name, "utf-8", "cp1252"):
        try:
            return octets.decode(each)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return octets.decode("latin-1")


def _decoded(value: str) -> str:
    """A header's text: raw bytes read as UTF-8, encoded words decoded, both as well as they can be."""
    octets = value[:LONGEST_HEADER].encode("utf-8", "surrogateescape")
    value = re.sub(r"\r?\n[ \t]*", " ", _decode(octets, "utf-8"))
    if "=?" not in value:
        return value
    try:
        pieces = decode_header(value)
    except Exception:  # the decoder raises several kinds on broken base64; the raw text is still readable
        return value
    return "".join(p if isinstance(p, str) else _decode(p, c or "utf-8") for p, c in pieces)


def _headers(message: Message) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in list(message.raw_items())[:1000]:
        key = name.lower()
        found[key] = (*found.get(key, ()), _decoded(str(value)).strip())
    return found


def _mailboxes(message: Message, name: str) -> tuple[Mailbox, ...]:
    """Addresses are taken from the undecoded header, so that no encoded word can pose as one."""
    values = [_raw(str(value)) for key, value in message.raw_items() if key.lower() == name]
    # The library reads comments by recursion, as deep as a sender likes to nest them.
    pairs = getaddresses([v if v.count("(") <= DEEPEST else v.replace("(", " ") for v in values])
    return tuple(Mailbox(mail.strip(), _decoded(shown).strip()) for shown, mail in pairs if "@" in mail)


def _raw(value: str) -> str:
    octets = value[:LONGEST_HEADER].encode("utf-8", "surrogateescape")
    return re.sub(r"[\r\n]+[ \t]*", " ", _decode(octets, "utf-8"))


def _ids(headers: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(each for value in headers.get(name, ()) for each in _MESSAGE_ID.findall(value))
    )


def _first(values: tuple[str, ...]) -> str:
    return values[0] if values else ""


def _delivered_to(message: Message) -> tuple[str, ...]:
    names = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-forwarded-to")
    return tuple(dict.fromkeys(box.email for name in names for box in _mailboxes(message, name)))


def _date(value: str) -> datetime | None:
    try:
        return parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _groups(part: Message) -> Iterator[dict[str, str]]:
    """The blocks of fields of a report; a report with one child per block or all of them as text."""
    children = list(_children(part))
    texts = [child.as_string() for child in children] if children else [_decode(_bytes(part), "utf-8")]
    for text in texts:
        for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
            fields = _fields(block)
            if fields:
                yield fields


def _fields(block: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    last = ""
    for line in block.split("\n"):
        if line[:1] in (" ", "\t") and last:
            fields[last] += " " + line.strip()
            continue
        name, colon, value = line.partition(":")
        if colon and re.fullmatch(r"[A-Za-z0-9-]+", name.strip()):
            last = name.strip().lower()
            fields.setdefault(last, value.strip())
    return fields


def _dmarc(headers: Mapping[str, tuple[str, ...]], trusted: Iterable[str]) -> bool | None:
    """The verdict in the topmost Authentication-Results of a server we trust; anybody can write others."""
    hosts = {host.lower() for host in trusted}
    for value in headers.get("authentication-results", ()):
        server = re.split(r"[\s;]", value.strip(), maxsplit=1)[0].lower()
        if server in hosts:
            verdict = re.search(r"\bdmarc\s*=\s*(\w+)", re.sub(r"\([^()]*\)", " ", value), re.IGNORECASE)
            return None if verdict is None else verdict[1].lower() == "pass"
    return None
