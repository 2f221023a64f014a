from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_contact, make_opportunity, make_purpose, proven

from vouchsafe.asks.access import document as document_of
from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.ask_facts import composed_note, composed_subject, facts_of
from vouchsafe.asks.actions.attach_document import DocumentsEnough, attach_document
from vouchsafe.asks.actions.choose_confidentiality import ConfidentialitySettled, choose_confidentiality
from vouchsafe.asks.actions.edit_purpose import AskHasLeft, edit_purpose
from vouchsafe.asks.actions.move_date import move_date
from vouchsafe.asks.actions.open_request import AskedAlready, DateHasPassed, DateNotPossible
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.remove_document import remove_document
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.actions.undo_ask import undo_ask
from vouchsafe.asks.actions.withdraw_request import withdraw_request
from vouchsafe.asks.mailbox import OwnAddress
from vouchsafe.asks.models import Document, Purpose, Reminder, Waiver
from vouchsafe.asks.preparing import DocumentNotTaken, PreparedDocument, prepare_document
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Line
from vouchsafe.people.access import NotHere

UNDO = timedelta(seconds=30)
RESUME = PreparedDocument("Ada Marsh résumé", "0" * 32, 2)


def composed(cast: Cast) -> Purpose:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada), points=[])
    return edit_purpose(by=cast.ada, purpose=purpose, note=composed_note(facts_of(purpose)), now=NOW)


def test_points_are_carried_into_the_note_around_the_applicants_words(cast: Cast) -> None:
    purpose = composed(cast)
    edit_purpose(by=cast.ada, purpose=purpose, note=f"{purpose.note}\n\nP.S. The kiln still works.", now=NOW)
    purpose = edit_purpose(by=cast.ada, purpose=purpose, points=["The returns report", " "], now=NOW)
    assert purpose.points == ["The returns report"]
    assert "- The returns report" in purpose.note
    assert purpose.note.endswith("P.S. The kiln still works.")


def test_edit_that_changes_nothing_writes_no_line(cast: Cast) -> None:
    purpose = composed(cast)
    lines = Line.objects.count()
    edit_purpose(by=cast.ada, purpose=purpose, note=purpose.note, subject=purpose.subject, now=NOW)
    assert Line.objects.count() == lines


def test_words_stay_once_the_mail_waits(cast: Cast) -> None:
    purpose = composed(cast)
    send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=UNDO)
    with pytest.raises(AskHasLeft):
        edit_purpose(by=cast.ada, purpose=purpose, note="Other words", now=NOW)
    purpose.refresh_from_db()
    assert "Other words" not in purpose.note


def test_choosing_the_waiver_writes_it_once_and_says_so_in_the_note(cast: Cast) -> None:
    purpose = composed(cast)
    for _ in range(2):
        purpose = choose_confidentiality(by=cast.ada, purpose=purpose, choice="waived", now=NOW)
    assert Waiver.objects.get().purpose == purpose
    assert "I have waived my right" in purpose.note
    assert "not waived" not in purpose.note


def test_thinking_better_of_a_waiver_sets_it_aside_and_keeps_its_record(cast: Cast) -> None:
    waived = choose_confidentiality(by=cast.ada, purpose=composed(cast), choice="waived", now=NOW)
    fresh = choose_confidentiality(by=cast.ada, purpose=waived, choice="open", now=NOW)
    kept = Purpose.objects.get(key=waived.key)
    assert fresh.key != kept.key
    assert kept.withdrawn_at is not None
    assert kept.waiver.words
    assert not Waiver.objects.filter(purpose=fresh).exists()
    assert "not waived" in fresh.note
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.update(name="Somebody")


def test_confidentiality_is_settled_by_a_yes(cast: Cast) -> None:
    purpose = composed(cast)
    record_answer(visit=proven(purpose), said="yes", today=TODAY, now=NOW)
    with pytest.raises(ConfidentialitySettled):
        choose_confidentiality(by=cast.ada, purpose=purpose, choice="waived", now=NOW)
    assert not Waiver.objects.exists()


def test_moved_date_reaches_the_note_before_and_the_reminders_after_the_mail(cast: Cast) -> None:
    purpose = composed(cast)
    purpose = move_date(
        by=cast.ada, purpose=purpose, shown_on=TODAY + timedelta(days=21), today=TODAY, now=NOW
    )
    assert "26 October" in purpose.note
    send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=UNDO)
    record_answer(visit=proven(purpose), said="yes", today=TODAY, now=NOW)
    words = purpose.note
    move_date(by=cast.ada, purpose=purpose, shown_on=TODAY + timedelta(days=30), today=TODAY, now=NOW)
    purpose.refresh_from_db()
    assert purpose.note == words
    last = Reminder.objects.filter(dropped_at__isnull=True).latest("due_at")
    assert last.due_at.date() == TODAY + timedelta(days=29)


@pytest.mark.parametrize(("days", "refusal"), [(-1, DateHasPassed), (36, DateNotPossible)])
def test_date_in_the_past_or_after_the_deadline_is_refused(
    cast: Cast, days: int, refusal: type[Exception]
) -> None:
    purpose = composed(cast)
    day = TODAY + timedelta(days=days)
    with pytest.raises(refusal):
        move_date(by=cast.ada, purpose=purpose, shown_on=day, today=TODAY, now=NOW)
    with pytest.raises(refusal):
        make_purpose(cast.ben, make_opportunity(cast.ada, "Another"), shown_on=day)


def test_subject_of_ours_follows_the_date_and_ones_own_does_not(cast: Cast) -> None:
    ours = composed(cast)
    ours = edit_purpose(by=cast.ada, purpose=ours, subject=composed_subject(facts_of(ours)), now=NOW)
    day = TODAY + timedelta(days=21)
    assert "26 October" in move_date(by=cast.ada, purpose=ours, shown_on=day, today=TODAY, now=NOW).subject
    own = edit_purpose(by=cast.ada, purpose=ours, subject="A favour", now=NOW)
    later = TODAY + timedelta(days=22)
    assert move_date(by=cast.ada, purpose=own, shown_on=later, today=TODAY, now=NOW).subject == "A favour"


def test_same_purpose_twice_is_refused(cast: Cast) -> None:
    opportunity = make_opportunity(cast.ada)
    make_purpose(cast.ben, opportunity)
    with pytest.raises(AskedAlready):
        make_purpose(cast.ben, opportunity)
    assert Purpose.objects.count() == 1


@pytest.mark.parametrize("address", ["ada@example.org", "ADA@example.org", "ada+letters@example.org"])
def test_own_address_as_writer_is_refused_in_every_disguise(cast: Cast, address: str) -> None:
    disguised = make_contact(cast.ada, "Professor Nobody", email=address)
    with pytest.raises(OwnAddress):
        make_purpose(disguised, make_opportunity(cast.ada))
    assert not Purpose.objects.exists()


def test_documents_replace_their_kind_and_are_named_and_mailed(cast: Cast) -> None:
    purpose = composed(cast)
    for _ in range(2):
        attach_document(by=cast.ada, purpose=purpose, kind="resume", prepared=RESUME, now=NOW)
    assert Document.objects.filter(removed_at__isnull=True).count() == 1
    purpose.refresh_from_db()
    assert "my résumé" in purpose.note
    parcel = outbox.read(send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=UNDO))
    assert [piece.name for piece in parcel.enclosed] == ["Ada Marsh résumé.pdf"]


def test_removed_document_leaves_the_note_and_comes_back_by_undo(cast: Cast) -> None:
    purpose = composed(cast)
    row = attach_document(by=cast.ada, purpose=purpose, kind="resume", prepared=RESUME, now=NOW)
    remove_document(by=cast.ada, purpose=purpose, document=row, now=NOW)
    purpose.refresh_from_db()
    assert "résumé" not in purpose.note
    with pytest.raises(NotHere):
        document_of(purpose.request, row.key)
    remove_document(by=cast.ada, purpose=purpose, document=row, back=True, now=NOW)
    purpose.refresh_from_db()
    assert "résumé" in purpose.note


def test_fourth_document_is_refused(cast: Cast) -> None:
    purpose = composed(cast)
    for _ in range(3):
        attach_document(by=cast.ada, purpose=purpose, kind="work", prepared=RESUME, now=NOW)
    with pytest.raises(DocumentsEnough):
        attach_document(by=cast.ada, purpose=purpose, kind="work", prepared=RESUME, now=NOW)


def test_file_that_is_no_document_is_refused(cast: Cast) -> None:
    with pytest.raises(DocumentNotTaken):
        prepare_document(data=b"MZ\x90\x00", name="resume.pdf")


def test_withdrawn_request_begins_anew_without_its_old_purposes(cast: Cast) -> None:
    opportunity = make_opportunity(cast.ada)
    old = make_purpose(cast.ben, opportunity)
    withdraw_request(by=cast.ada, request=old.request, now=NOW)
    assert stage(old.request) == "withdrawn"
    fresh = make_purpose(cast.ben, opportunity)
    assert fresh.request == old.request
    assert stage(fresh.request) == "prepared"
    assert list(fresh.request.purposes.filter(withdrawn_at__isnull=True)) == [fresh]


def test_a_yes_in_person_turns_the_note_into_thanks_and_its_undo_turns_it_back(cast: Cast) -> None:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada), points=[])
    facts = facts_of(purpose)
    purpose = edit_purpose(
        by=cast.ada, purpose=purpose, note=f"{composed_note(facts)}\n\nP.S. The kiln works.",
        subject=composed_subject(facts), now=NOW,
    )  # fmt: skip
    asked = purpose.note
    word = record_ask(
        by=cast.ada, contact=cast.ben, opportunity=purpose.opportunity, channel="in_person", said="yes",
        asked_on=TODAY, today=TODAY, now=NOW,
    )  # fmt: skip
    purpose.refresh_from_db()
    assert "Thank you for saying yes when we spoke on " in purpose.note
    assert "Would you feel able" not in purpose.note
    assert "asks you" not in purpose.subject
    assert purpose.note.endswith("P.S. The kiln works.")
    undo_ask(by=cast.ada, ask=word, now=NOW)
    purpose.refresh_from_db()
    assert "Would you feel able" in purpose.note
    assert "saying yes" not in purpose.note
    assert sorted(asked.split("\n\n")) == sorted(purpose.note.split("\n\n"))


def test_a_yes_in_person_leaves_a_mail_that_has_left_alone(cast: Cast) -> None:
    purpose = composed(cast)
    send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=UNDO)
    purpose.refresh_from_db()
    before = purpose.note
    record_ask(
        by=cast.ada, contact=cast.ben, opportunity=purpose.opportunity, channel="in_person", said="yes",
        asked_on=TODAY, today=TODAY, now=NOW,
    )  # fmt: skip
    purpose.refresh_from_db()
    assert purpose.note == before
