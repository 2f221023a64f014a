"""Nothing is sealed under other terms than those its writer saw, and a waiver given before the seal always counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_opportunity, make_purpose, proven

from vouchsafe.adapters.vault import FileInConfidence, Role, Viewer
from vouchsafe.asks.access import MailboxNotProven, Visit
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.withdraw_request import withdraw_request
from vouchsafe.asks.models import Purpose
from vouchsafe.ledger import custody
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.actions.mark_in_confidence import mark_in_confidence
from vouchsafe.letters.actions.release_seal import release_seal
from vouchsafe.letters.actions.reopen_seal import reopen_seal
from vouchsafe.letters.actions.save_draft import save_draft
from vouchsafe.letters.actions.seal_letter import LetterChanged, seal_letter
from vouchsafe.letters.actions.withdraw_seal import withdraw_seal
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Letter, Seal
from vouchsafe.letters.preparing import PreparedSeal, demand_seen, prepare_seal, what_it_rests_on
from vouchsafe.people.access import viewer_keys
from vouchsafe.plans.models import Opportunity

LATER = NOW + timedelta(days=1)
LATEST = NOW + timedelta(days=2)


def write(purpose: Purpose, text: str = "I managed Ada for two years.", based_on: int = 0) -> Letter:
    body = DraftBody(text=text, name="Ben Okafor")
    return save_draft(visit=proven(purpose), body=body, based_on=based_on, now=LATER).letter


def prepare(purpose: Purpose, letter: Letter) -> PreparedSeal:
    fresh = Letter.objects.get(pk=letter.pk)
    return prepare_seal(visit=proven(purpose), letter=fresh, writer_name="Ben Okafor", now=LATER)


def in_hand(cast: Cast, confidentiality: str = "open") -> tuple[Purpose, Letter]:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada), confidentiality=confidentiality)
    record_answer(visit=proven(purpose), said="yes", today=TODAY, now=NOW)
    return purpose, write(purpose)


def another(cast: Cast, confidentiality: str = "waived") -> Purpose:
    opportunity = make_opportunity(cast.ada, "Evening course")
    return make_purpose(cast.ben, opportunity, confidentiality=confidentiality)


def assert_kept_from_ada(cast: Cast, seal: Seal) -> None:
    assert seal.letter.confidentiality == "waived"
    with pytest.raises(FileInConfidence):
        custody.vault().open(seal.file, Viewer(Role.APPLICANT, viewer_keys(cast.ada)))


def test_letter_begun_open_is_sealed_waived_once_a_waived_purpose_is_added(cast: Cast) -> None:
    purpose, letter = in_hand(cast)
    another(cast)
    seal = seal_letter(visit=proven(purpose), prepared=prepare(purpose, letter), now=LATER)
    seal.letter.refresh_from_db()
    assert_kept_from_ada(cast, seal)
    assert b"I do so freely" in custody.decrypt(seal.record, context="record")


def test_writing_on_after_a_waiver_makes_the_letter_in_hand_a_waived_one(cast: Cast) -> None:
    purpose, letter = in_hand(cast)
    another(cast)
    write(purpose, "I managed Ada for three years.", based_on=1)
    letter.refresh_from_db()
    assert letter.confidentiality == "waived"


def test_draft_of_an_open_round_is_sealed_waived_in_a_waived_one(cast: Cast) -> None:
    purpose, letter = in_hand(cast)
    withdraw_request(by=cast.ada, request=purpose.request, now=LATER)
    again = another(cast)
    record_answer(visit=proven(again), said="yes", today=TODAY, now=LATEST)
    write(again, based_on=1)
    seal = seal_letter(visit=proven(again), prepared=prepare(again, letter), now=LATEST)
    seal.letter.refresh_from_db()
    assert_kept_from_ada(cast, seal)


def test_waived_purpose_set_aside_after_the_yes_and_asked_again_as_open_stays_waived(cast: Cast) -> None:
    opportunity: Opportunity = make_opportunity(cast.ada)
    purpose = make_purpose(cast.ben, opportunity, confidentiality="waived")
    record_answer(visit=proven(purpose), said="yes", today=TODAY, now=LATER)
    Purpose.objects.filter(pk=purpose.pk).update(withdrawn_at=LATEST)  # as an outcome does
    again = make_purpose(cast.ben, opportunity, confidentiality="open")
    assert write(again).confidentiality == "waived"


def test_new_round_for_the_same_opportunity_may_be_open(cast: Cast) -> None:
    opportunity: Opportunity = make_opportunity(cast.ada)
    purpose = make_purpose(cast.ben, opportunity, confidentiality="waived")
    record_answer(visit=proven(purpose), said="yes", today=TODAY, now=NOW - timedelta(days=2))
    withdraw_request(by=cast.ada, request=purpose.request, now=NOW - timedelta(days=1))
    again = make_purpose(cast.ben, opportunity, confidentiality="open")
    record_answer(visit=proven(again), said="yes", today=TODAY, now=LATER)
    assert write(again).confidentiality == "open"


def test_waiver_given_while_the_pages_were_made_refuses_the_seal(cast: Cast) -> None:
    purpose, letter = in_hand(cast)
    prepared = prepare(purpose, letter)
    another(cast)
    with pytest.raises(LetterChanged):
        seal_letter(visit=proven(purpose), prepared=prepared, now=LATER)
    assert not Seal.objects.exists()


def test_confidence_given_in_another_window_refuses_a_seal_prepared_as_open(cast: Cast) -> None:
    purpose, letter = in_hand(cast)
    prepared = prepare(purpose, letter)
    mark_in_confidence(visit=proven(purpose), letter=letter, now=LATER)
    with pytest.raises(LetterChanged):
        seal_letter(visit=proven(purpose), prepared=prepared, now=LATER)


def test_purpose_added_after_the_review_must_be_looked_at(cast: Cast) -> None:
    _, letter = in_hand(cast)
    seen = what_it_rests_on(letter)
    demand_seen(letter, seen)
    another(cast, "open")
    with pytest.raises(LetterChanged):
        demand_seen(letter, seen)


def test_words_saved_after_the_review_must_be_looked_at(cast: Cast) -> None:
    purpose, letter = in_hand(cast)
    seen = what_it_rests_on(letter)
    write(purpose, "Somebody else typed this.", based_on=1)
    with pytest.raises(LetterChanged):
        demand_seen(letter, seen)


def test_pages_that_did_not_become_the_letter_are_destroyed(cast: Cast) -> None:
    purpose, letter = in_hand(cast)
    stale = prepare(purpose, letter)
    mark_in_confidence(visit=proven(purpose), letter=letter, now=LATER)
    with pytest.raises(LetterChanged):
        seal_letter(visit=proven(purpose), prepared=stale, now=LATER)
    assert not custody.vault().exists(stale.file)
    first, second = prepare(purpose, letter), prepare(purpose, letter)
    seal = seal_letter(visit=proven(purpose), prepared=first, now=LATER)
    assert seal_letter(visit=proven(purpose), prepared=second, now=LATER) == seal
    assert custody.vault().exists(first.file)
    assert not custody.vault().exists(second.file)


def test_seal_is_never_written_for_a_file_that_is_gone(cast: Cast) -> None:
    purpose, letter = in_hand(cast)
    prepared = prepare(purpose, letter)
    custody.vault().erase(prepared.file)
    with pytest.raises(LetterChanged):
        seal_letter(visit=proven(purpose), prepared=prepared, now=LATER)
    assert not Seal.objects.exists()


def test_letter_withdrawn_within_the_hour_is_not_told_of_as_safe(cast: Cast) -> None:
    purpose, letter = in_hand(cast)
    seal = seal_letter(visit=proven(purpose), prepared=prepare(purpose, letter), now=LATER)
    visit = replace(proven(purpose), has_code=True)
    withdraw_seal(visit=visit, seal=seal, now=LATER)
    assert release_seal(seal=seal, by="worker", now=LATEST) is None
    assert not Outgoing.objects.filter(kind="letter_safe").exists()


def test_what_was_sealed_and_opened_again_is_never_sealed_a_second_time(cast: Cast) -> None:
    """Pressed once more, it is refused politely, and the file of the seal that stood is kept."""
    purpose, letter = in_hand(cast)
    prepared = prepare(purpose, letter)
    seal = seal_letter(visit=proven(purpose), prepared=prepared, now=LATER)
    reopen_seal(visit=replace(proven(purpose), has_code=True), seal=seal, now=LATER)
    with pytest.raises(LetterChanged):
        seal_letter(visit=proven(purpose), prepared=prepared, now=LATER)
    assert custody.vault().exists(seal.file)
    newer = seal_letter(visit=proven(purpose), prepared=prepare(purpose, letter), now=LATER)
    again = seal_letter(visit=proven(purpose), prepared=prepared, now=LATER)
    assert newer == again
    assert custody.vault().exists(seal.file)


def test_press_that_is_refused_never_destroys_the_file_of_a_letter_that_is_sealed(cast: Cast) -> None:
    purpose, letter = in_hand(cast)
    prepared = prepare(purpose, letter)
    seal = seal_letter(visit=proven(purpose), prepared=prepared, now=LATER)
    with pytest.raises(MailboxNotProven):
        seal_letter(visit=Visit(purpose.request), prepared=prepared, now=LATER)
    assert custody.vault().exists(seal.file)
