"""MIME by hand: the same bytes every time for the same mail, and no header that we did not write.

The standard library draws random boundaries and refolds encoded names in ways that have let commas and
line breaks through. What we need is small: encoded words, quoted-printable, base64, two multiparts.
"""

from __future__ import annotations

import base64
import hashlib
import quopri
import re
from collections.abc import Iterable

from vouchsafe.adapters.post.clean import clean_address, clean_line, clean_name
from vouchsafe.adapters.post.mail import Address, Attachment

Header = tuple[str, str]

_PLAIN_PHRASE = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]*\Z")
_ENCODED_BYTES = 42  # of UTF-8 in one encoded word: 56 base64 characters and 12 around them stay under 75
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*(?:; [a-z]+=[A-Za-z0-9-]+)*\Z")


def mailbox(address: Address) -> str:
    """The address as a header shows it, its name quoted or encoded as it needs."""
    email, name = clean_address(address.email), clean_name(address.name)
    if not name:
        return email
    if not name.isascii() or "=?" in name:
        return f"{encoded(name)} <{email}>"
    if not _PLAIN_PHRASE.match(name):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{name} <{email}>"


def phrase(text: str) -> str:
    """A free text for a header such as Subject."""
    line = clean_line(text)
    return encoded(line) if not line.isascii() or "=?" in line else line


def encoded(text: str) -> str:
    """RFC 2047 words, split between characters so that each can be read alone."""
    words: list[str] = []
    chunk = b""
    for character in text:
        raw = character.encode()
        if chunk and len(chunk) + len(raw) > _ENCODED_BYTES:
            words.append(_word(chunk))
            chunk = b""
        chunk += raw
    return " ".join([*words, _word(chunk)])


def _word(chunk: bytes) -> str:
    return f"=?utf-8?b?{base64.b64encode(chunk).decode()}?="


def text_part(text: str, subtype: str) -> bytes:
    """A text part in quoted-printable; `subtype` may carry parameters."""
    body = quopri.encodestring(text.encode(), quotetabs=False).replace(b"\n", b"\r\n")
    kind, _, parameters = subtype.partition(";")
    content_type = f"text/{kind}; charset=utf-8" + (f";{parameters}" if parameters else "")
    return part([("Content-Type", content_type), ("Content-Transfer-Encoding", "quoted-printable")], body)


def attachment_part(attachment: Attachment) -> bytes:
    """An attached file in base64, with its name."""
    if not _MEDIA_TYPE.match(attachment.media_type):
        raise ValueError(f"not a media type: {attachment.media_type!r}")
    lines = base64.encodebytes(attachment.content).replace(b"\n", b"\r\n")
    headers = [
        ("Content-Type", attachment.media_type),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-Disposition", "attachment; " + _file_name(attachment.name)),
    ]
    return part(headers, lines)


def _file_name(name: str) -> str:
    """The filename parameter: plain where it can be, else in the extended form of RFC 2231."""
    shown = clean_line(name, 100).replace("/", "-").replace("\\", "-").replace('"', "'") or "attachment"
    if shown.isascii():
        return f'filename="{shown}"'
    octets = "".join(chr(b) if chr(b).isalnum() and b < 128 else f"%{b:02X}" for b in shown.encode())
    return f"filename*=utf-8''{octets}"


def multipart(subtype: str, parts: Iterable[bytes], seed: str, headers: Iterable[Header] = ()) -> bytes:
    """Several parts as one. The boundary is a digest of `seed`, so it is the same each time."""
    boundary = "=_" + hashlib.sha256(f"{subtype} {seed}".encode()).hexdigest()[:32]
    body = b"".join(f"--{boundary}\r\n".encode() + each + b"\r\n" for each in parts)
    closed = body + f"--{boundary}--\r\n".encode()
    return part([*headers, ("Content-Type", f'multipart/{subtype}; boundary="{boundary}"')], closed)


def part(headers: Iterable[Header], body: bytes) -> bytes:
    """Headers, an empty line, the body."""
    return b"".join(_header(name, value) for name, value in headers) + b"\r\n" + body


def _header(name: str, value: str) -> bytes:
    """One header, folded at its spaces. Whatever slipped through, a line break cannot."""
    line = f"{name}: {value}"
    if not line.isascii() or not line.isprintable():
        raise ValueError(f"header {name} holds characters it must not")
    folded: list[str] = []
    for word in line.split(" "):
        fits = folded and len(folded[-1]) + 1 + len(word) <= 76
        if fits or folded == [f"{name}:"]:  # a first line that holds the name alone is not allowed
            folded[-1] += f" {word}"
        else:
            folded.append(word)
    return ("\r\n ".join(folded) + "\r\n").encode("ascii")
