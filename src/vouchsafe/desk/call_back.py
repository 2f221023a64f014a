"""A reader's questions about a letter: as the reader sees them, and as the writer does. Each sees where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vouchsafe.letters.models import Seal
from vouchsafe.packets.access_call_backs import CallBackVisit, asked_by, latest_answer, words_of
from vouchsafe.packets.models import CallBack, Reader


@dataclass(frozen=True, slots=True)
class Question:
    """`state` is waits, answered, contact, declined, or returned: the mail with it did not reach the writer."""

    key: str
    wants: str
    words: str
    asked_at: datetime
    state: str
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class CallBackPage:
    reader: str
    applicant: str
    writer: str
    packet: str
    number: str
    mailbox: str
    is_open: bool
    is_over: bool
    question: Question


def questions_of(reader: Reader, seal: Seal) -> tuple[Question, ...]:
    """What this reader asked about one letter, the newest first. Two queries."""
    return tuple(_question(row) for row in asked_by(reader, seal))


def call_back_page(visit: CallBackVisit) -> CallBackPage:
    row = visit.call_back
    return CallBackPage(
        reader=row.reader.name,
        applicant=row.reader.packet.owner.name,
        writer=row.seal.writer_name,
        packet=row.reader.packet.title,
        number=row.seal.number,
        mailbox=row.seal.correspondent.mailbox,
        is_open=row.seal.letter.is_open,
        is_over=visit.is_over,
        question=_question(row),
    )


def _question(row: CallBack) -> Question:
    answer = latest_answer(row)
    return Question(
        key=row.key,
        wants=row.wants,
        words=words_of(row),
        asked_at=row.asked_at,
        state=answer.said if answer else "returned" if row.returned_at else "waits",
        answer=words_of(answer) if answer else "",
        answered_at=answer.answered_at if answer else None,
    )
