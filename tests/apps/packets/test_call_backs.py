"""A reader asks, a writer answers or does not; the applicant hears no word of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.cast import Cast
from tests.sealing import make_packet_of, make_reader, make_sealed

from vouchsafe.desk.call_back import questions_of
from vouchsafe.desk.export import export
from vouchsafe.desk.packet_page import packet_page
from vouchsafe.ledger import custody, outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.letters.actions.withdraw_seal import withdraw_seal
from vouchsafe.letters.models import Seal
from vouchsafe.packets.access import AccessOver
from vouchsafe.packets.access_call_backs import CallBackVisit, call_back_by_key, call_back_by_token
from vouchsafe.packets.actions.answer_reader import (
    AnsweredAlready,
    AnswerEmpty,
    AnswerTooLong,
    answer_reader,
)
from vouchsafe.packets.actions.ask_writer import (
    PURPOSE,
    QuestionEmpty,
    QuestionTooLong,
    QuestionWaits,
    TooManyQuestions,
    WriterTakesNoMail,
    ask_writer,
)
from vouchsafe.packets.actions.erase_account import erase_account
from vouchsafe.packets.actions.revoke_reader import revoke_reader
from vouchsafe.packets.models import CallBack, CallBackAnswer, Reader
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Correspondent
from vouchsafe.plans.models import Opportunity

ASKED = "Did she rebuild the heron report alone?"


@pytest.fixture
def waived(cast: Cast, opportunity: Opportunity) -> Seal:
    return make_sealed(cast.ben, opportunity, confidentiality="waived")


@pytest.fixture
def cleo(waived: Seal, opportunity: Opportunity) -> Reader:
    return make_reader(make_packet_of(waived, opportunity=opportunity))


def ask(reader: Reader, seal: Seal, words: str = ASKED, wants: str = "answer", **later: int) -> CallBack:
    return ask_writer(
        reader=reader, seal=seal, wants=wants, words=words, now=timezone.now() + timedelta(**later)
    )


def at(row: CallBack) -> CallBackVisit:
    return call_back_by_key(row.key, timezone.now())


def answer(row: CallBack, said: str, words: str = "") -> CallBackAnswer:
    return answer_reader(visit=at(row), said=said, words=words, now=timezone.now())


def parcels(kind: str) -> list[outbox.Parcel]:
    return [outbox.read(row) for row in Outgoing.objects.filter(kind=kind)]


def test_question_goes_to_the_mailbox_that_sealed_and_names_no_address(cleo: Reader, waived: Seal) -> None:
    row = ask(cleo, waived)
    (mail,) = parcels("call_back")
    assert mail.to_address == waived.correspondent.mailbox
    assert mail.facts["words"] == ASKED
    assert ASKED.encode() not in bytes(row.sealed_words)
    (seen,) = questions_of(cleo, waived)
    assert (seen.state, seen.answer) == ("waits", "")
    token = custody.token(PURPOSE, row.key, 1, row.generation)
    assert call_back_by_token(token, timezone.now()).call_back == row
    with pytest.raises(NotHere):
        call_back_by_token("x" * 43, timezone.now())


def test_same_press_twice_is_one_question_and_another_waits(cleo: Reader, waived: Seal) -> None:
    assert ask(cleo, waived) == ask(cleo, waived)
    with pytest.raises(QuestionWaits):
        ask(cleo, waived, minutes=2)
    assert Outgoing.objects.filter(kind="call_back").count() == 1


def test_questions_are_few(cast: Cast, cleo: Reader, waived: Seal) -> None:
    for words in ("one", "two", "three"):
        answer(ask(cleo, waived, words), "answered", "yes")
    with pytest.raises(TooManyQuestions):
        ask(cleo, waived, "four")
    other, third = (make_reader(cleo.packet, name, f"{name}@readers.example") for name in ("gil", "hal"))
    ask(other, waived)
    ask(third, waived)
    with pytest.raises(TooManyQuestions):
        ask(make_reader(cleo.packet, "ivo", "ivo@readers.example"), waived)


@pytest.mark.parametrize(("words", "refusal"), [(" \n", QuestionEmpty), ("x" * 2001, QuestionTooLong)])
def test_question_needs_words_and_a_measure(
    cleo: Reader, waived: Seal, words: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        ask(cleo, waived, words)


def test_writer_who_stopped_mails_is_not_asked(cleo: Reader, waived: Seal) -> None:
    Correspondent.objects.update(no_mail_at=timezone.now())
    waived.refresh_from_db()
    with pytest.raises(WriterTakesNoMail):
        ask(cleo, waived)


def test_reader_whose_access_is_over_asks_nothing_and_is_told_nothing(
    cast: Cast, cleo: Reader, waived: Seal
) -> None:
    row = ask(cleo, waived)
    revoke_reader(by=cast.ada, reader=cleo, now=timezone.now())
    with pytest.raises(AccessOver):
        answer(row, "contact")
    answer(row, "declined")
    assert parcels("call_back_answered") == []
    with pytest.raises(AccessOver):
        ask(cleo, waived, "again", minutes=5)


def test_withdrawn_letter_is_asked_about_no_more(cleo: Reader, waived: Seal) -> None:
    from vouchsafe.asks.access import Visit

    visit = Visit(waived.letter.request, waived.correspondent.mailbox, "mailed_link", has_code=True)  # type: ignore[arg-type]  # it has one
    withdraw_seal(visit=visit, seal=waived, now=timezone.now())
    with pytest.raises(AccessOver):
        ask(cleo, waived)


def test_address_of_the_writer_is_told_by_leave_alone(cleo: Reader, waived: Seal) -> None:
    mailbox = waived.correspondent.mailbox
    first = ask(cleo, waived)
    answer(first, "answered", "She did.")
    told = parcels("call_back_answered")[0]
    assert told.to_address == cleo.address
    assert mailbox not in repr(told)
    assert mailbox not in questions_of(cleo, waived)[0].answer
    answer(ask(cleo, waived, "May I call?", "call"), "contact", "After four.")
    assert questions_of(cleo, waived)[0].answer == f"{mailbox}\n\nAfter four."


def test_no_may_become_an_answer_and_an_answer_stays(cleo: Reader, waived: Seal) -> None:
    row = ask(cleo, waived)
    assert answer(row, "declined") == answer(row, "declined")
    answer(row, "answered", "I thought again.")
    assert questions_of(cleo, waived)[0].state == "answered"
    with pytest.raises(AnsweredAlready):
        answer(row, "contact")
    with pytest.raises(AnsweredAlready):
        answer(row, "declined")


@pytest.mark.parametrize(("words", "refusal"), [("  ", AnswerEmpty), ("x" * 4001, AnswerTooLong)])
def test_answer_needs_words_and_a_measure(
    cleo: Reader, waived: Seal, words: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        answer(ask(cleo, waived), "answered", words)


def test_applicant_learns_nothing_of_a_question_about_a_letter_in_confidence(
    cast: Cast, cleo: Reader, waived: Seal
) -> None:
    before = export(cast.ada)
    story = packet_page(cleo.packet, timezone.now()).story
    answer(ask(cleo, waived), "answered", "She did.")
    assert packet_page(cleo.packet, timezone.now()).story == story
    assert len(export(cast.ada)) == len(before)
    assert not Line.objects.filter(chain=cast.ada.key, verb__startswith="call_back").exists()


def test_applicant_sees_that_an_open_letter_was_asked_about_and_never_what(
    cast: Cast, opportunity: Opportunity
) -> None:
    seal = make_sealed(cast.ben, opportunity)
    reader = make_reader(make_packet_of(seal, opportunity=opportunity))
    ask(reader, seal)
    said = [repr(what.said) for what in packet_page(reader.packet, timezone.now()).story]
    assert any("asked {writer} something" in words for words in said)
    assert not any(ASKED in words for words in said)


def test_erasing_the_applicant_erases_what_was_asked(cast: Cast, cleo: Reader, waived: Seal) -> None:
    answer(ask(cleo, waived), "answered", "She did.")
    erase_account(account=cast.ada, typed_address=cast.ada.email, now=timezone.now())
    assert not CallBack.objects.exists()
    assert not CallBackAnswer.objects.exists()
    assert not Outgoing.objects.filter(kind__startswith="call_back").exists()
