"""A person's reply: a letter in a file, a letter in words, a plain yes or no, or something only people understand."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from vouchsafe.asks.access import Visit, stage, writes_to
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.tell_of_reply import tell_of_reply
from vouchsafe.asks.actions.write_back import TooManyMails, write_back
from vouchsafe.core.reading.mail.answers import LONGEST, Word
from vouchsafe.core.reading.mail.incoming import Incoming
from vouchsafe.core.reading.mail.read import Understood
from vouchsafe.core.words import Refusal
from vouchsafe.doors.mail_in.ending import Ending, State, aside, handled
from vouchsafe.doors.mail_in.letters import files_in, take_file, take_words
from vouchsafe.doors.mail_in.trust import Trust, trust

if TYPE_CHECKING:
    from vouchsafe.asks.models import Request
    from vouchsafe.ledger.models import Received

AGREED = {"agreed", "writing"}
OVER = {"sealed", "withdrawn"}


def take_reply(row: Received, mail: Incoming, request: Request, said: Understood, *, now: datetime) -> Ending:
    """Act on a reply as far as its sender is known, and ask where anything is in doubt."""
    try:
        mailbox = writes_to(request)
    except Refusal as refusal:
        return aside(refusal.code)
    how_sure = trust(mail, request, vouched=bool(row.vouched_by))
    if how_sure is Trust.DOUBTFUL:
        return _hold(row, mail, request, now)
    visit = Visit(request, mailbox, "reply")
    files = files_in(mail)
    plain = said.answer.word if said.answer else Word.UNCLEAR
    if files and plain is not Word.NO:
        return take_file(row, visit, files, proven=how_sure is Trust.PROVEN, now=now)
    if not said.own_text.strip():
        return aside("empty")
    if len(said.own_text.split()) > LONGEST:
        return take_words(row, visit, said.own_text, now=now)
    if plain is not Word.UNCLEAR and not files and stage(request) not in OVER:
        return _answer(visit, plain, said.own_text, now)
    return _ask(row, request, said.own_text if not files else "", visit.by, now)


def _hold(row: Received, mail: Incoming, request: Request, now: datetime) -> Ending:
    """Not from the known address: it waits for one click by the writer, who is asked at that address."""
    shown = mail.from_[0].email if mail.from_ else ""
    facts = {"applicant": request.contact.owner.name, "from_address": shown}
    try:
        write_back(request=request, kind="was_it_you", facts=facts, to_mail=row.key, now=now)
    except TooManyMails as refusal:
        return aside(refusal.code)
    return Ending(State.HELD, "not-proven")


def _answer(visit: Visit, word: Word, words: str, now: datetime) -> Ending:
    said = "yes" if word is Word.YES else "taken_back" if stage(visit.request) in AGREED else "no"
    record_answer(visit=visit, said=said, words=words, today=now.date(), now=now)
    return handled(f"said-{said.replace('_', '-')}")


def _ask(row: Received, request: Request, words: str, by: str, now: datetime) -> Ending:
    """No plain answer: its applicant hears of it, and where one is still due its writer is asked by one click."""
    shown = tell_of_reply(request=request, words=words, to_mail=row.key, by=by, now=now) and bool(words)
    if stage(request) in AGREED | OVER:
        return handled("told-the-applicant")
    owner = request.contact.owner
    facts = {"applicant": owner.name, "shown": shown, "address": owner.email}
    try:
        write_back(request=request, kind="yes_or_no", facts=facts, to_mail=row.key, now=now)
    except TooManyMails as refusal:
        return handled(refusal.code)
    return handled("asked-yes-or-no")
