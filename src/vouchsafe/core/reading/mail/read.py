"""One received mail, understood: kind, own words, whom it is about, when its writer is back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vouchsafe.core.reading.mail.absence import returns_on
from vouchsafe.core.reading.mail.answers import Answer, read_answer
from vouchsafe.core.reading.mail.classify import MailKind, classify
from vouchsafe.core.reading.mail.incoming import Incoming
from vouchsafe.core.reading.mail.markup import html_to_text
from vouchsafe.core.reading.mail.own_text import own_text


@dataclass(frozen=True, slots=True)
class Understood:
    """What a mail says. `answer` is None where the mail cannot be one (anything but a person's reply)."""

    kind: MailKind
    own_text: str
    recipients: tuple[str, ...]
    status: str
    about: str
    returns_on: date | None
    answer: Answer | None


def understand(mail: Incoming) -> Understood:
    """Read a mail. Pure: the same mail gives the same facts."""
    classified = classify(mail)
    words = words_of(mail)
    names = [box.name for box in (*mail.from_, *mail.to)]
    return Understood(
        kind=classified.kind,
        own_text=words,
        recipients=classified.recipients,
        status=classified.status,
        about=classified.about,
        returns_on=returns_on(mail) if classified.kind is MailKind.AUTO_REPLY else None,
        answer=read_answer(words, names=names) if classified.kind is MailKind.REPLY else None,
    )


def words_of(mail: Incoming) -> str:
    """The own words, from the text part, or from the HTML where there is no text."""
    if mail.text.strip():
        return own_text(mail.text)
    return own_text(html_to_text(mail.html)) if mail.html.strip() else ""
