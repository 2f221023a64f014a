from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.packets.access import AccessOver
from vouchsafe.packets.access_call_backs import CallBackVisit, latest_answer, seal_words
from vouchsafe.packets.models import CallBack, CallBackAnswer, Reader

MOST = 4000


class AnswerEmpty(Refusal):
    code = "answer-empty"
    msgid = msg("There is no answer yet.")
    hint_msgid = msg("Write a line, or choose one of the other two.")


class AnswerTooLong(Refusal):
    code = "answer-too-long"
    msgid = msg("The answer is longer than {most} characters.")
    hint_msgid = msg("Shorten it, or offer a call.")


class AnsweredAlready(Refusal):
    code = "answered-already"
    msgid = msg("{reader} has your answer already.")
    hint_msgid = msg("What was sent can’t be taken back.")


@transaction.atomic
def answer_reader(*, visit: CallBackVisit, said: str, words: str, now: datetime) -> CallBackAnswer:
    """The writer's answer to a reader: in words, with leave to get in touch, or a kind no.

    `contact` tells the reader the writer's own address, and is the only thing that ever does. Writes the answer,
    encrypted, and mails a reader who has an address. The same answer twice is one. Refuses an answer without
    words, a second answer after one that was sent, and all but a no once the reader's access is over.
    """
    words = words.strip()
    chosen = CallBackAnswer.Said(said)
    if chosen is CallBackAnswer.Said.ANSWERED and not words:
        raise AnswerEmpty
    if len(words) > MOST:
        raise AnswerTooLong(most=MOST)
    row = visit.call_back
    Reader.objects.select_for_update(of=("self",)).get(pk=row.reader_id)
    if visit.is_over and chosen is not CallBackAnswer.Said.DECLINED:
        raise AccessOver
    before = latest_answer(CallBack.objects.prefetch_related("answers").get(pk=row.pk))
    if before is not None:
        if before.said == chosen:
            return before
        if before.said != CallBackAnswer.Said.DECLINED:
            raise AnsweredAlready(reader=row.reader.name)
    if chosen is CallBackAnswer.Said.CONTACT:
        words = "\n\n".join(part for part in (row.seal.correspondent.mailbox, words) if part)
    answer = CallBackAnswer.objects.create(
        call_back=row, said=chosen, sealed_words=seal_words(words), answered_at=now
    )
    if row.reader.address and not visit.is_over:
        _mail(answer, words, now)
    journal.note(
        chain=journal.OFFICE, verb="call_back_answered", about=row.key, by="writer", now=now, detail=chosen
    )
    return answer


def _mail(answer: CallBackAnswer, words: str, now: datetime) -> None:
    row = answer.call_back
    outbox.queue(
        outbox.Parcel(
            kind="call_back_answered",
            to_address=row.reader.address,
            to_name=row.reader.name,
            facts={
                "writer": row.seal.writer_name,
                "applicant": row.reader.packet.owner.name,
                "said": str(answer.said),
                "words": words,
            },
            language=row.reader.packet.owner.language,
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=journal.OFFICE,
        about=row.key,
        once=f"call-back-answered|{row.key}|{answer.pk}",
        now=now,
    )
