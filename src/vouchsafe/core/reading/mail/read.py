"""One received mail, understood: kind, own words, whom it is about, when its writer is back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from vouchsafe.core.reading.mail.classify import MailKind, classify
from vouchsafe.core.reading.mail.incoming import Incoming
from vouchsafe.core.reading.mail.own_text import own_text

if TYPE_CHECKING:
    from vouchsafe.core.reading.mail.answers import Answer

# Most mails need one reader of several, and each brings a page of patterns: they are loaded when called for,
# so that the command line answers at once.


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
    return Understood(
        kind=classified.kind,
        own_text=words,
        recipients=classified.recipients,
        status=classified.status,
        about=classified.about,
        returns_on=_returns_on(mail) if classified.kind is MailKind.AUTO_REPLY else None,
        answer=_answer(mail, words) if classified.kind is MailKind.REPLY else None,
    )


def _returns_on(mail: Incoming) -> date | None:
    from vouchsafe.core.reading.mail.absence import returns_on

    return returns_on(mail)


def _answer(mail: Incoming, words: str) -> Answer:
    from vouchsafe.core.reading.mail.answers import read_answer

    return read_answer(words, names=[box.name for box in (*mail.from_, *mail.to)])


def words_of(mail: Incoming) -> str:
    """The own words, from the text part, or from the HTML where there is no text."""
    if mail.text.strip():
        return own_text(mail.text)
    if not mail.html.strip():
        return ""
    from vouchsafe.core.reading.mail.markup import html_to_text

    return own_text(html_to_text(mail.html))
