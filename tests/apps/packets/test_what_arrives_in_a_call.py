"""Which of a writer's letters the committee of a call is given: the one for this place, told of, standing, and none else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.calling import join, letter_for, make_call, make_seat
from tests.cast import Cast
from tests.factories import make_opportunity, make_purpose
from tests.sealing import at_work, make_sealed, seal_it

from vouchsafe.asks.access import Visit
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.models import Purpose
from vouchsafe.desk.call_table import call_table
from vouchsafe.letters.actions.begin_successor import begin_successor
from vouchsafe.letters.actions.begin_version import begin_version
from vouchsafe.letters.actions.release_seal import release_seal
from vouchsafe.letters.actions.withdraw_seal import withdraw_seal
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Letter, Scope, Seal
from vouchsafe.packets.actions.download_packet import NothingLeft
from vouchsafe.packets.actions.open_application import open_application
from vouchsafe.packets.models import Seat
from vouchsafe.plans.models import Application, Call


@pytest.fixture
def call(cast: Cast) -> Call:
    return make_call(cast.dana)


@pytest.fixture
def part(cast: Cast, call: Call) -> Application:
    return join(cast.ada, call, cast.ben)


@pytest.fixture
def seat(cast: Cast, call: Call) -> Seat:
    return make_seat(cast.dana, call)


def state(call: Call) -> str:
    return call_table(call, timezone.now()).rows[0].cells[0].state


def read_by(seat: Seat, part: Application) -> list[Seal]:
    reader = open_application(seat=seat, key=part.key, now=timezone.now())
    return [row.seal for row in reader.packet.enclosures.all()]


def sealed(visit: Visit, letter: Letter) -> Seal:
    seal = seal_it(visit, letter, release=False)
    release_seal(seal=seal, by="writer", now=timezone.now())
    return seal


def for_any_use() -> None:
    Scope.objects.update(opportunities=[], kinds=[], last_on=None)


def test_letter_is_there_once_its_seal_is_released_and_not_in_the_hour_before(
    cast: Cast, call: Call, part: Application, seat: Seat
) -> None:
    seal = letter_for(part, cast.ben, released=False)
    assert state(call) == "agreed"
    with pytest.raises(NothingLeft):
        read_by(seat, part)
    release_seal(seal=seal, by="writer", now=timezone.now())
    assert state(call) == "arrived"
    assert read_by(seat, part) == [seal]
    Scope.objects.update(opportunities=["another"])
    assert state(call) == "out_of_scope"
    with pytest.raises(NothingLeft):
        read_by(seat, part)


def test_letter_that_lay_in_the_safe_before_its_writer_was_asked_here_does_not_count(
    cast: Cast, call: Call, part: Application, seat: Seat
) -> None:
    make_sealed(cast.ben, make_opportunity(cast.ada), confidentiality="waived")
    for_any_use()
    open_request(
        by=cast.ada, contact=cast.ben, opportunity=part.opportunity, shown_on=None, confidentiality="waived", subject="",
        note="", today=timezone.localdate(), now=timezone.now(),
    )  # fmt: skip
    assert state(call) == "nominated"
    with pytest.raises(NothingLeft):
        read_by(seat, part)


def test_letter_asked_for_here_and_sealed_by_a_clock_set_back_since_counts(
    cast: Cast, call: Call, part: Application, seat: Seat
) -> None:
    Call.objects.update(confidentiality=Call.Confidentiality.CHOICE)
    seal = letter_for(part, cast.ben, confidentiality="open")
    Purpose.objects.update(added_at=seal.sealed_at + timedelta(hours=1))
    assert state(call) == "arrived"
    assert read_by(seat, part) == [seal]


def test_letter_sealed_before_it_was_asked_for_here_by_a_clock_set_back_since_does_not_count(
    cast: Cast, call: Call, part: Application, seat: Seat
) -> None:
    Call.objects.update(confidentiality=Call.Confidentiality.CHOICE)
    seal = make_sealed(cast.ben, make_opportunity(cast.ada))
    for_any_use()
    asked = make_purpose(cast.ben, part.opportunity, shown_on=None)
    Purpose.objects.filter(pk=asked.pk).update(added_at=seal.sealed_at - timedelta(hours=1))
    assert state(call) == "agreed"
    with pytest.raises(NothingLeft):
        read_by(seat, part)


def test_version_for_the_call_goes_before_the_letter_itself_and_one_for_another_place_is_not_read(
    cast: Cast, call: Call, part: Application, seat: Seat
) -> None:
    general = letter_for(part, cast.ben)
    assert read_by(seat, part) == [general]
    visit = at_work(general)
    elsewhere = make_purpose(
        cast.ben, make_opportunity(cast.ada, "Elsewhere"), shown_on=None, confidentiality="waived"
    )
    record_answer(visit=visit, said="yes", today=timezone.localdate(), now=timezone.now())
    here = part.opportunity
    made = {}
    for purpose in (visit.request.purposes.get(opportunity=here), elsewhere):
        letter = begin_version(
            visit=visit, letter_key=general.letter.key, purpose_key=purpose.key, first=DraftBody(), now=timezone.now()
        )  # fmt: skip
        made[purpose.opportunity_id] = sealed(visit, letter)
        for_any_use()
    assert read_by(seat, part) == [made[here.pk]]


def test_letter_whose_place_a_newer_one_took_is_not_read_even_where_that_one_was_taken_back(
    cast: Cast, call: Call, part: Application, seat: Seat
) -> None:
    old = letter_for(part, cast.ben)
    visit = at_work(old)
    letter = begin_successor(
        visit=visit, letter_key=old.letter.key, openly=False, first=DraftBody(), now=timezone.now()
    )
    new = sealed(visit, letter)
    assert read_by(seat, part) == [new]
    withdraw_seal(visit=visit, seal=new, now=timezone.now())
    assert state(call) == "withdrawn"
    with pytest.raises(NothingLeft):
        read_by(seat, part)
