from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody, journal, outbox
from vouchsafe.ledger.keys import new_key, token_hash
from vouchsafe.letters.models import Seal
from vouchsafe.packets.access import demand_access
from vouchsafe.packets.access_call_backs import asked_by, seal_words, waits, words_of
from vouchsafe.packets.models import CallBack, Reader

PURPOSE = "call-back"
MOST = 2000
PER_MONTH = 3  # by one reader about one letter
PER_DAY = 5  # to one writer, by all readers


class QuestionEmpty(Refusal):
    code = "question-empty"
    msgid = msg("There is no question yet.")
    hint_msgid = msg("Write what you would like to know, in a line or two.")


class QuestionTooLong(Refusal):
    code = "question-too-long"
    msgid = msg("The question is longer than {most} characters.")
    hint_msgid = msg("Ask what matters most; a call leaves room for the rest.")


class QuestionWaits(Refusal):
    code = "question-waits"
    msgid = msg("{writer} has your question and has not answered yet.")
    hint_msgid = msg("Give it a few days. The answer appears on this page.")


class TooManyQuestions(Refusal):
    code = "too-many-questions"
    msgid = msg("{writer} has been asked as often as is fair for now.")
    hint_msgid = msg("Try again in some days.")


class WriterTakesNoMail(Refusal):
    code = "writer-takes-no-mail"
    msgid = msg("{writer} takes no mail from this site.")
    hint_msgid = msg("If it matters, reach them by an address or a number you find yourself.")


@transaction.atomic
def ask_writer(*, reader: Reader, seal: Seal, wants: str, words: str, now: datetime) -> CallBack:
    """Put a reader's question, or their wish for a call, to the writer of a letter.

    Writes the question, encrypted, and mails the writer a page to answer on; nothing of the writer's is told to
    the reader before they agree. The applicant's chain says nothing of it: see docs/why/call-back.md. Refuses once
    access is over, an empty or overlong question, a second one while the first waits, too many, and a writer
    who stopped mails. The same words twice within a minute are one question.
    """
    words = words.strip()
    if not words:
        raise QuestionEmpty
    if len(words) > MOST:
        raise QuestionTooLong(most=MOST)
    Reader.objects.select_for_update(of=("self",)).get(pk=reader.pk)
    demand_access(reader=reader, seal=seal, now=now)
    writer = seal.writer_name
    asked = asked_by(reader, seal)
    if asked and waits(asked[0]):
        if asked[0].asked_at > now - timedelta(minutes=1) and words_of(asked[0]) == words:
            return asked[0]
        raise QuestionWaits(writer=writer)
    if seal.correspondent.no_mail_at is not None:
        raise WriterTakesNoMail(writer=writer)
    lately = CallBack.objects.filter(
        seal__correspondent=seal.correspondent, asked_at__gt=now - timedelta(days=1)
    )
    mine = sum(one.asked_at > now - timedelta(days=30) for one in asked)
    if mine >= PER_MONTH or lately.count() >= PER_DAY:
        raise TooManyQuestions(writer=writer)
    key, generation = new_key(), custody.secret_generation()
    row = CallBack.objects.create(
        key=key,
        reader=reader,
        seal=seal,
        wants=CallBack.Wants(wants),
        sealed_words=seal_words(words),
        generation=generation,
        token_hash=token_hash(custody.token(PURPOSE, key, 1, generation)),
        asked_at=now,
    )
    _mail(row, words, now)
    journal.note(chain=journal.OFFICE, verb="call_back_asked", about=row.key, by=reader.key, now=now)
    return row


def _mail(row: CallBack, words: str, now: datetime) -> None:
    reader, seal = row.reader, row.seal
    outbox.queue(
        outbox.Parcel(
            kind="call_back",
            to_address=seal.correspondent.mailbox,
            to_name=seal.writer_name,
            facts={
                "reader": reader.name,
                "applicant": reader.packet.owner.name,
                "purpose": reader.packet.purpose,
                "words": words,
                "for_a_call": row.wants == CallBack.Wants.CALL,
                "is_open": seal.letter.is_open,
            },
            links={
                "page_url": outbox.TokenLink(
                    path="call_back_path", purpose=PURPOSE, key=row.key, n=1, generation=row.generation
                )
            },
            reply_key=row.key,
            language=seal.correspondent.language,
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=journal.OFFICE,  # not the applicant's: their export lists its mails
        about=row.key,
        once=f"call-back|{row.key}",
        now=now,
    )
