"""A mail before it is rendered: frozen, complete, and free of any wire format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vouchsafe.core.words import Sentence

Text = str | Sentence
"""A person's own words are `str` and shown as they are; the product's words are a `Sentence`."""


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox, and the name shown with it."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere. As a `button` it is the one thing the mail asks for."""

    label: Text
    url: str


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class House:
    """The instance a mail comes from: its own address, and who keeps it ("" for a person's own)."""

    address: Address
    kept_by: str = ""
    bounces_to: str = ""
    personal: bool = False
    """A personal instance writes from its owner's own mailbox, so nothing says "via"."""
    owner: str = ""
    """Who runs it: on a personal instance the one person that its own address can be reached by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """To whom, from which house, and where in the thread: what every kind of mail needs.

    `message_id` is given, never made up here: a mail sent again keeps its own. `at` is the Date.
    """

    to: Address
    house: House
    message_id: str
    at: datetime
    reply_to: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    stop_url: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail. Order on the page: the person's words, our paragraphs, the button, plain lines, the foot.

    Where the words are not those of whom the mail comes from, `lead` stands before them and says whose they are;
    they are then set as a quotation.
    """

    kind: str
    route: Route
    from_name: Text
    subject: Text
    preheader: Text
    lead: tuple[Text, ...] = ()
    words: str = ""
    paragraphs: tuple[Text | Link, ...] = ()
    code: str = ""
    """A code to type, shown large and alone on its line."""
    button: Link | None = None
    lines: tuple[Text | Link, ...] = ()
    foot: tuple[Text | Link, ...] = ()
    takes_reply: bool = False
    """Begins with "Reply above this line", because we read what comes back."""
    automatic: bool = False
    """No person pressed send: marked `Auto-Submitted: auto-generated`."""
    attachments: tuple[Attachment, ...] = ()
