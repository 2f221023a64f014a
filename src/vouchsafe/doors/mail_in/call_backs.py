"""A writer's reply to the mail with a reader's question: the words are passed on, the address is not."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.reading.mail.answers import Word
from vouchsafe.core.reading.mail.classify import MailKind
from vouchsafe.core.reading.mail.incoming import Incoming
from vouchsafe.core.reading.mail.read import Understood
from vouchsafe.core.words import Refusal
from vouchsafe.doors.mail_in.ending import Ending, aside, handled
from vouchsafe.packets.access_call_backs import CallBackVisit
from vouchsafe.packets.actions.answer_reader import answer_reader

if TYPE_CHECKING:
    from vouchsafe.ledger.models import Received


def _own(said: Understood) -> str:
    """The writer's words. A line that still bears a quotation mark is the question come back, never the answer."""
    return "\n".join(line for line in said.own_text.splitlines() if not line.startswith(">")).strip()


def take_call_back(
    row: Received, mail: Incoming, said: Understood, visit: CallBackVisit, *, now: datetime
) -> Ending:
    """Only from the mailbox that was asked, unless its own provider says that it is not: anything else is set aside.

    A plain no is a no; every other word is the answer, as it stands. A file is never passed on.
    """
    if said.kind is not MailKind.REPLY:
        return aside(said.kind.value)
    sender = normalise(mail.from_[0].email) if len(mail.from_) == 1 else None
    known = sender == visit.call_back.seal.correspondent.mailbox and mail.dmarc_pass is not False
    if not known and not row.vouched_by:
        return aside("not-from-the-writer")
    plain_no = said.answer is not None and said.answer.word is Word.NO
    try:
        answer_reader(visit=visit, said="declined" if plain_no else "answered", words=_own(said), now=now)
    except Refusal as refusal:
        return aside(refusal.code)
    return handled("reader-answered")
