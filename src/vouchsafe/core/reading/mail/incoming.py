"""What arrived, as frozen facts. The post fills it from raw MIME; everything that judges it is pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address as it arrived, with the name shown beside it."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A named part. `nested` ones sit inside an attached message, so they are not this sender's own."""

    name: str
    media_type: str
    content: bytes
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A machine-readable part: "delivery-status", "feedback-report" or "disposition-notification".

    `groups` are its blocks of fields, names in lower case: first about the message, then one a recipient.
    """

    kind: str
    groups: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One received mail. Texts are decoded; header names are lower case; nothing in it is trusted."""

    raw_digest: str
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    from_: tuple[Mailbox, ...] = ()
    sender: Mailbox | None = None
    reply_to: tuple[Mailbox, ...] = ()
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    delivered_to: tuple[str, ...] = ()
    subject: str = ""
    date: datetime | None = None
    content_type: str = "text/plain"
    report_type: str = ""
    text: str = ""
    html: str = ""
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    attachments: tuple[AttachedFile, ...] = ()
    reports: tuple[Report, ...] = ()
    enclosed_headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of the message that a report encloses: ours, when it comes back."""
    encloses_message: bool = False
    dmarc_pass: bool | None = None
    """What our own receiving server wrote about the From domain; None when it wrote nothing."""

    def header(self, name: str) -> str:
        """The first header of that name, or ""."""
        return self.headers.get(name, ("",))[0]

    @property
    def null_sender(self) -> bool:
        """Sent with an empty envelope sender, as machines must."""
        paths = self.headers.get("return-path", ())
        return bool(paths) and paths[0].strip().strip("<>").strip() in ("", "MAILER-DAEMON")
