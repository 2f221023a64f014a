"""What the worker does with each mail that was kept: understand, match, act, and say how it ended."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import OperationalError

from vouchsafe.adapters.post.parse import parse
from vouchsafe.asks.access import visit_by_proof
from vouchsafe.core.reading.mail.classify import MailKind
from vouchsafe.core.reading.mail.incoming import Incoming
from vouchsafe.core.reading.mail.read import Understood, understand
from vouchsafe.doors.mail_in.call_backs import take_call_back
from vouchsafe.doors.mail_in.ending import Ending, State, aside, handled
from vouchsafe.doors.mail_in.matching import is_own, match
from vouchsafe.doors.mail_in.replies import take_reply
from vouchsafe.doors.mail_in.reports import take_auto_reply, take_report
from vouchsafe.ledger import inbox
from vouchsafe.packets.access_call_backs import call_back_by_key
from vouchsafe.people.access import NotHere

if TYPE_CHECKING:
    from vouchsafe.ledger.models import Received

log = logging.getLogger("vouchsafe.mail_in")
REPORTS = {MailKind.BOUNCE, MailKind.DELAY, MailKind.DELIVERY_REPORT, MailKind.COMPLAINT}


def handle_due(*, worker: str, now: datetime) -> int:
    """One round over the mails that wait; returns how many were handled."""
    recovered = inbox.recover(now=now)
    rows = inbox.claim(worker, now=now)
    for row in rows:
        if inbox.go_on(row, now=datetime.now(UTC)):
            handle(row, now=now)
    return recovered + len(rows)


def handle(row: Received, *, now: datetime) -> None:
    """Handle one claimed mail. A fault of ours is logged, kept and shown: one mail never stops the others."""
    kind, about = "", ""
    try:
        mail = parse(inbox.read(row), trusted_servers=settings.MAIL_TRUSTED_SERVERS)
        said = understand(mail)
        kind = said.kind.value
        about, ending = _handle(row, mail, said, now)
    except OperationalError:
        raise  # the database's trouble, not this mail's: the claim runs out and it is handled again
    except Exception as fault:  # ours: logged, kept and shown; one mail never stops the others
        log.exception("mail %s could not be handled", row.key)
        inbox.finish(
            row,
            state=State.FAILED,
            outcome="fault",
            kind=kind,
            about=about,
            problem=type(fault).__name__,
            now=now,
        )
        return
    inbox.finish(row, state=ending.state, outcome=ending.outcome, kind=kind, about=about, now=now)


def _handle(row: Received, mail: Incoming, said: Understood, now: datetime) -> tuple[str, Ending]:
    """The request's key and how it ended."""
    if is_own(mail):
        return "", aside("own-mail")
    found = match(mail, said.about)
    if found is None:
        return "", aside("nobodys")
    if inbox.note_same(row, _what_it_says(mail, said)) and not row.vouched_by:
        return found.key, handled("duplicate")
    if said.kind in REPORTS:
        return found.key, take_report(row, said, found, now=now)
    try:
        return found.key, take_call_back(row, mail, said, call_back_by_key(found.key, now), now=now)
    except NotHere:
        pass  # not about a reader's question: about a request
    try:
        visit = visit_by_proof(found.key, "", "")
    except NotHere:
        return found.key, aside("request-gone")
    if said.kind is MailKind.AUTO_REPLY:
        return found.key, take_auto_reply(row, visit.request, said, now=now)
    if said.kind is MailKind.REPLY:
        return found.key, take_reply(row, mail, visit.request, said, now=now)
    return found.key, aside(said.kind.value)


def _what_it_says(mail: Incoming, said: Understood) -> str:
    """Equal for one mail that came twice by two ways, whose trace headers differ."""
    files = [str(hash_of) for hash_of in (_digest(part.content) for part in mail.attachments)]
    senders = [box.email for box in mail.from_]
    date = mail.date.isoformat() if mail.date else ""
    return "\n".join([mail.message_id, date, *senders, mail.subject, said.own_text, *said.recipients, *files])


def _digest(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()
