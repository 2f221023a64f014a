"""A writer answers a reader's question by mail; and what becomes of a question whose mail comes back."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.mailroom import DOMAIN, Mailroom, letter_pdf, mails_of
from tests.sealing import make_packet_of, make_reader, make_sealed

from vouchsafe.desk.call_back import Question, questions_of
from vouchsafe.desk.export import export
from vouchsafe.desk.packet_page import packet_page
from vouchsafe.doors.worker import carrying, tasks
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Line, Outgoing, Received
from vouchsafe.letters.models import Seal
from vouchsafe.packets.actions.ask_writer import QuestionWaits, ask_writer
from vouchsafe.packets.actions.revoke_reader import revoke_reader
from vouchsafe.packets.models import CallBack, CallBackAnswer, Reader
from vouchsafe.people.models import Correspondent

ASKED = "Did she rebuild the heron report alone?"
BEN = "ben@writers.example"


@dataclass
class Asked(Mailroom):
    """Cleo has asked Ben about Ada's letter in confidence, and the mail has left."""

    row: CallBack
    reader: Reader
    seal: Seal

    @property
    def address(self) -> str:
        return f"r-{outbox.reply_token(self.row.key)}@{DOMAIN}"

    @property
    def seen(self) -> Question:
        return questions_of(self.reader, self.seal)[0]


@pytest.fixture
def asked(cast: Cast) -> Asked:
    opportunity = factories.make_opportunity(cast.ada, deadline_on=None)
    seal = make_sealed(cast.ben, opportunity, confidentiality="waived")
    reader = make_reader(make_packet_of(seal, opportunity=opportunity))
    row = ask_writer(reader=reader, seal=seal, wants="answer", words=ASKED, now=timezone.now())
    mail = Outgoing.objects.get(kind="call_back")
    Outgoing.objects.filter(pk=mail.pk).update(state="sent", ended_at=timezone.now())
    mail.refresh_from_db()
    purpose = seal.letter.request.purposes.get()  # type: ignore[union-attr]  # it has one
    return Asked(purpose, mail, row, reader, seal)


def test_words_of_a_reply_are_the_answer_and_the_address_is_not_in_it(asked: Asked) -> None:
    row = asked.arrive(asked.reply(f"She did, in three weeks.\n\n> {ASKED}\n"))
    assert (row.state, row.outcome) == ("handled", "reader-answered")
    assert (asked.seen.state, asked.seen.answer) == ("answered", "She did, in three weeks.")
    (told,) = mails_of("call_back_answered")
    assert told.to_address == asked.reader.address
    assert BEN not in repr(told)


def test_plain_no_by_mail_is_a_kind_no(asked: Asked) -> None:
    asked.arrive(asked.reply("No."))
    assert (asked.seen.state, asked.seen.answer) == ("declined", "No.")


def test_no_with_a_reason_is_passed_on_as_it_stands(asked: Asked) -> None:
    asked.arrive(asked.reply("No, she had one helper in May."))
    assert asked.seen.answer == "No, she had one helper in May."


@pytest.mark.parametrize(
    ("sender", "dmarc"), [("mallory@elsewhere.example", "pass"), ("ada@example.org", "pass"), (BEN, "fail")]
)
def test_answer_from_anywhere_else_is_set_aside_and_told_to_nobody(
    asked: Asked, sender: str, dmarc: str
) -> None:
    row = asked.arrive(asked.reply("She did nothing at all.", sender=sender, dmarc=dmarc))
    assert (row.state, row.outcome) == ("aside", "not-from-the-writer")
    assert not CallBackAnswer.objects.exists()
    assert mails_of("call_back_answered") == []


def test_file_in_a_reply_is_never_passed_on(asked: Asked) -> None:
    asked.arrive(asked.reply("See the file.", files=(("more.pdf", letter_pdf(), "application/pdf"),)))
    (told,) = mails_of("call_back_answered")
    assert (told.facts["words"], tuple(told.enclosed)) == ("See the file.", ())


def test_reply_without_words_answers_nothing(asked: Asked) -> None:
    row = asked.arrive(asked.reply(f"> {ASKED}\n"))
    assert (row.state, row.outcome, asked.seen.answer) == ("aside", "answer-empty", "")
    assert asked.seen.state == "waits"


def test_note_of_absence_is_no_answer(asked: Asked) -> None:
    row = asked.arrive(asked.reply("I am away until Monday.", headers={"Auto-Submitted": "auto-replied"}))
    assert row.state == "aside"
    assert asked.seen.state == "waits"


def test_second_reply_changes_nothing_that_was_sent(asked: Asked) -> None:
    asked.arrive(asked.reply("She did."))
    row = asked.arrive(asked.reply("She did not."))
    assert (row.state, row.outcome) == ("handled", "reader-answered")
    assert asked.seen.answer == "She did."
    assert len(mails_of("call_back_answered")) == 1


def test_reply_after_access_ended_reaches_nobody(cast: Cast, asked: Asked) -> None:
    revoke_reader(by=cast.ada, reader=asked.reader, now=timezone.now())
    row = asked.arrive(asked.reply("She did."))
    assert (row.state, row.outcome) == ("aside", "access-over")
    assert not CallBackAnswer.objects.exists()


def test_question_that_comes_back_waits_no_longer_and_its_reader_is_told_once(asked: Asked) -> None:
    row = asked.arrive(asked.report(action="failed", status="5.1.1"))
    assert (row.kind, row.outcome) == ("bounce", "question-bounce")
    for _ in range(2):
        tasks.return_questions(now=timezone.now())
    assert asked.seen.state == "returned"
    (told,) = mails_of("call_back_returned")
    assert told.to_address == asked.reader.address
    assert BEN not in repr(told)
    assert "5.1.1" not in repr(told)
    sent = carrying.render(
        carrying.build(Outgoing.objects.get(kind="call_back_returned"), carrying.sending_house()),
        carrying.translate("en-gb"),
    )
    assert "says nothing about" in sent.text
    assert "heron" not in sent.text


def test_question_that_came_back_may_be_asked_again_and_one_under_way_may_not(asked: Asked) -> None:
    def again() -> CallBack:
        return ask_writer(
            reader=asked.reader,
            seal=asked.seal,
            wants="answer",
            words="Once more?",
            now=timezone.now(),
        )

    with pytest.raises(QuestionWaits):
        again()
    asked.arrive(asked.report(action="failed", status="5.1.1"))
    tasks.return_questions(now=timezone.now())
    assert again().pk != asked.row.pk


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("failed", "4.4.7")])
def test_late_question_goes_on_waiting(asked: Asked, action: str, status: str) -> None:
    asked.arrive(asked.report(action=action, status=status))
    assert tasks.return_questions(now=timezone.now()) == 0
    assert asked.seen.state == "waits"


def test_question_that_a_server_refuses_at_once_counts_as_returned(asked: Asked) -> None:
    Outgoing.objects.filter(pk=asked.ask.pk).update(state="failed", outcome="550 rcpt")
    assert tasks.return_questions(now=timezone.now()) == 1
    assert asked.seen.state == "returned"


def test_answer_by_the_page_after_the_mail_came_back_still_counts(asked: Asked) -> None:
    """An old address may forward and bounce at once: what the writer says stands above what a server said."""
    asked.arrive(asked.report(action="failed", status="5.1.1"))
    tasks.return_questions(now=timezone.now())
    asked.arrive(asked.reply("She did."))
    assert asked.seen.state == "answered"


def test_reader_whose_access_ended_is_not_told(cast: Cast, asked: Asked) -> None:
    revoke_reader(by=cast.ada, reader=asked.reader, now=timezone.now())
    asked.arrive(asked.report(action="failed", status="5.1.1"))
    assert tasks.return_questions(now=timezone.now()) == 1
    assert mails_of("call_back_returned") == []


def test_applicant_hears_nothing_of_a_question_that_came_back(cast: Cast, asked: Asked) -> None:
    before, story = len(export(cast.ada)), packet_page(asked.reader.packet, timezone.now()).story
    asked.arrive(asked.report(action="failed", status="5.1.1"))
    tasks.return_questions(now=timezone.now())
    assert not Line.objects.filter(chain=cast.ada.key, verb__startswith="call_back").exists()
    assert packet_page(asked.reader.packet, timezone.now()).story == story
    assert len(export(cast.ada)) == before


def test_writer_who_calls_a_question_spam_gets_no_further_mail(asked: Asked) -> None:
    raw = (
        b"From: feedback@isp.example\r\nTo: letters@localhost\r\nSubject: abuse\r\n"
        b"Message-ID: <spam@isp.example>\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\nAn abuse report.\r\n"
        b"--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\n\r\n"
        b"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        + f"Message-ID: <{asked.ask.message_id}>\r\n\r\n--b--\r\n".encode()
    )
    row = asked.arrive(raw)
    assert (row.kind, row.outcome) == ("complaint", "mail-stopped")
    assert Correspondent.objects.get(mailbox=BEN).no_mail_at is not None
    assert Received.objects.count() == 1
