"""What may stand in a mail: texts without control or direction tricks, addresses and links that are ones.

Names, subjects and links come from people and files. Nothing here trusts them: a line break in a name
would start a new header, and a right-to-left override would show another address than the one used.
"""

from __future__ import annotations

import re
import unicodedata

from vouchsafe.core.words import Refusal, msg

NAME_LIMIT = 120
SUBJECT_LIMIT = 200

# Embeddings, overrides, isolates and marks of direction; also the invisible tag characters.
_DIRECTION = frozenset(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, *range(0xE0000, 0xE0080)]
)
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_LABEL = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)\Z")
_LINK = re.compile(r"https?://[A-Za-z0-9\[\].:-]+(?:[/?#][!#$%&'()*+,\-./0-9:;=?@A-Z_a-z~\[\]]*)?\Z")
_ID = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+>\Z")


class AddressNotUsable(Refusal):
    """The mailbox cannot stand in a mail header."""

    code = "address-not-usable"
    msgid = msg("“{address}” is not an address that a mail can be sent to.")
    hint_msgid = msg("Enter an address like name@example.org.")


class LinkNotUsable(Refusal):
    """The link cannot stand in a mail."""

    code = "link-not-usable"
    msgid = msg("“{url}” is not a link that can be put into a mail.")
    hint_msgid = msg("Links begin with https:// and hold no spaces.")


class MessageIdNotUsable(Refusal):
    """The identifier cannot stand in a Message-ID, In-Reply-To or References header."""

    code = "message-id-not-usable"
    msgid = msg("“{message_id}” is not a message identifier.")
    hint_msgid = msg("Report this with the text above: it is a fault of ours.")


def clean_text(text: str) -> str:
    """The text with its lines kept: no control characters, no direction overrides, no lone surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = text.replace("\x0b", "\n").replace("\x0c", "\n").replace("\x85", "\n")
    return "".join(c for c in text if c in "\n\t" or _shown(c))


def clean_line(text: str, limit: int = SUBJECT_LIMIT) -> str:
    """The text as one line of at most `limit` characters, fit for a header."""
    line = " ".join(clean_text(text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def clean_name(name: str) -> str:
    """A display name. An address inside a name would pass for the sender's, so its @ is spelled out."""
    return clean_line(name, NAME_LIMIT).replace("@", " at ").replace("＠", " at ").replace("﹫", " at ")


def clean_address(address: str) -> str:
    """The mailbox in ASCII, its domain in the form the network uses; refuses what is none."""
    local, at, domain = address.strip(" ").rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise AddressNotUsable(address=clean_line(address)) from None
    labels = ascii_domain.split(".")
    sound = at and len(local) <= 64 and len(ascii_domain) <= 253 and _LOCAL.match(local)
    if not sound or len(labels) < 1 or not all(_LABEL.match(label) for label in labels):
        raise AddressNotUsable(address=clean_line(address))
    return f"{local}@{ascii_domain}"


def clean_link(url: str) -> str:
    """The link itself, if it is plain http or https in ASCII; refuses anything else."""
    if len(url) > 900 or not _LINK.match(url):
        raise LinkNotUsable(url=clean_line(url))
    return url


def clean_message_id(message_id: str) -> str:
    """The identifier in its angle brackets, if it is one; refuses anything else."""
    if len(message_id) > 900 or not _ID.match(message_id):
        raise MessageIdNotUsable(message_id=clean_line(message_id))
    return message_id


def _shown(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs") and ord(character) not in _DIRECTION
