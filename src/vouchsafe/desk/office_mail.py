"""Mail that came in, as the office sees it: what was done with each, and never what is written in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vouchsafe.adapters.post.parse import parse
from vouchsafe.core.words import Sentence, msg, say
from vouchsafe.desk.measures import mails_in
from vouchsafe.ledger import inbox
from vouchsafe.ledger.models import Received

NEWEST = 50

# What an outcome means to who looks after the instance; others are shown as their code.
OUTCOMES: dict[str, str] = {
    "nobodys": msg("It answers no mail of ours and came to no address of ours."),
    "own-mail": msg("It is a mail of ours that came back."),
    "empty": msg("It has neither words nor a file."),
    "forward": msg("It was forwarded, so its words are somebody else’s."),
    "other": msg("It is no answer: a list, several senders, or a machine."),
    "request-gone": msg("Its request was erased."),
    "about-no-mail-of-ours": msg("It reports about a mail that we did not send."),
    "too-many-mails": msg("Too many mails came here within a day, so nobody was answered."),
    "no-address": msg("Its writer has no address to ask at."),
    "own-address": msg("Its writer has the applicant’s own address."),
    "fault": msg("We failed to handle it: {problem}."),
}


@dataclass(frozen=True, slots=True)
class CameIn:
    key: str
    received_at: datetime
    source: str
    kind: str
    from_address: str
    what: Sentence
    is_fault: bool


@dataclass(frozen=True, slots=True)
class MailThatCame:
    """Newest first, at most fifty that need a look; numbers of the rest."""

    unhandled: tuple[CameIn, ...]
    waiting: int
    held: int
    handled: int
    dropped: int


def mail_that_came() -> MailThatCame:
    """In as many queries however much there is."""
    counts = mails_in()
    rows = Received.objects.unhandled().order_by("-received_at", "-id")[:NEWEST]
    state = Received.State
    return MailThatCame(
        unhandled=tuple(_row(row) for row in rows),
        waiting=counts.get(state.WAITING, 0) + counts.get(state.BEGUN, 0),
        held=counts.get(state.HELD, 0),
        handled=counts.get(state.HANDLED, 0),
        dropped=counts.get(state.DROPPED, 0),
    )


def _row(row: Received) -> CameIn:
    """Who wrote is read from the mail; a letter in it stays unread here."""
    head = inbox.read(row).split(b"\r\n\r\n", 1)[0].split(b"\n\n", 1)[0]
    mail = parse(head + b"\r\n\r\n")
    outcome = OUTCOMES.get(row.outcome, "{outcome}")
    return CameIn(
        key=row.key,
        received_at=row.received_at,
        source=row.source,
        kind=row.kind,
        from_address=", ".join(box.email for box in mail.from_),
        what=say(outcome, problem=row.problem, outcome=row.outcome),
        is_fault=row.state == Received.State.FAILED,
    )
