"""What machines say: it did not arrive, it is late, it has arrived, somebody complained, somebody is away."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from vouchsafe.asks.access import Visit, visit_by_proof, writes_to
from vouchsafe.asks.actions.note_mail_report import note_mail_report
from vouchsafe.asks.actions.pause_request import pause_request
from vouchsafe.asks.actions.shift_reminders import shift_reminders
from vouchsafe.asks.actions.stop_mail import stop_mail
from vouchsafe.core.reading.mail.classify import MailKind
from vouchsafe.core.reading.mail.read import Understood
from vouchsafe.core.words import Refusal
from vouchsafe.doors.mail_in.ending import Ending, aside, handled
from vouchsafe.doors.mail_in.matching import Match
from vouchsafe.ledger import outbox
from vouchsafe.packets.access_call_backs import call_back_by_key
from vouchsafe.people.access import NotHere

if TYPE_CHECKING:
    from vouchsafe.asks.models import Request
    from vouchsafe.ledger.models import Outgoing, Received

VERBS = {MailKind.DELAY: "mail_delayed", MailKind.DELIVERY_REPORT: "mail_arrived"}
FULL = ".2.2"  # RFC 3463: the mailbox is full


def take_report(row: Received, said: Understood, found: Match, *, now: datetime) -> Ending:
    """A report counts only about a mail that we sent, known by its own Message-ID."""
    if found.mail is None:
        return aside("about-no-mail-of-ours")
    try:
        request = visit_by_proof(found.key, "", "").request
    except NotHere:
        if said.kind is MailKind.BOUNCE and not said.status.startswith("4"):
            outbox.returned(
                found.mail, now=now
            )  # its page says so; a reader's question is told of by the worker
        if found.mail.kind == "call_back":
            return _about_a_question(found.key, said, now)
        return aside(f"{said.kind.value}-of-{found.mail.kind}"[:64])
    by = f"mail {row.key}"
    if said.kind is MailKind.BOUNCE:
        return _bounced(request, found.mail, said, by, now)
    if said.kind is MailKind.COMPLAINT:
        return complained(request, now)
    note_mail_report(request=request, mail=found.mail, verb=VERBS[said.kind], by=by, now=now)
    return handled(said.kind.value)


def take_auto_reply(row: Received, request: Request, said: Understood, *, now: datetime) -> Ending:
    """Never an answer. What it says of the writer's return moves the reminders."""
    if said.returns_on is None or said.returns_on <= now.date():
        return handled("away-without-a-date")
    changed = shift_reminders(request=request, returns_on=said.returns_on, by=f"mail {row.key}", now=now)
    return handled("reminders-moved" if changed else "reminders-stay")


def _bounced(request: Request, mail: Outgoing, said: Understood, by: str, now: datetime) -> Ending:
    if said.status.startswith("4"):
        note_mail_report(request=request, mail=mail, verb="mail_delayed", by=by, now=now)
        return handled("delay")
    full = said.status.endswith(FULL)
    paused = pause_request(request=request, mail=mail, mailbox_full=full, by=by, now=now)
    return handled("paused" if paused else "paused-already")


def _about_a_question(key: str, said: Understood, now: datetime) -> Ending:
    """A reader's question to a writer: nobody but the reader is told that it came back, and by the worker."""
    if said.kind is MailKind.COMPLAINT:
        letter = call_back_by_key(key, now).call_back.seal.letter
        return complained(letter.request, now) if letter.request else aside("request-gone")
    return handled(f"question-{said.kind.value}")


def complained(request: Request, now: datetime) -> Ending:
    """Somebody pressed "this is spam" on our mail: nothing more is sent to that mailbox."""
    try:
        mailbox = writes_to(request)
    except Refusal as refusal:
        return aside(refusal.code)
    stop_mail(visit=Visit(request, mailbox, "complaint"), now=now)
    return handled("mail-stopped")
