"""Days away: only for who may know them, no reminder inside, and nothing planned inside either."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_account, make_contact, make_opportunity, make_purpose, proven

from vouchsafe.asks.access import FreshCodeNeeded, Visit
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.say_away import AwayNotPossible, say_away
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.actions.take_back_away import take_back_away
from vouchsafe.asks.models import Purpose, Reminder
from vouchsafe.core.planning import Contact as Facts
from vouchsafe.core.planning import Kind, draw
from vouchsafe.core.planning import Opportunity as Opening
from vouchsafe.core.timing import Place, working_days_of
from vouchsafe.desk.away import days_away
from vouchsafe.ledger.models import Line
from vouchsafe.people.access import NotHere, away_of, working_days_with
from vouchsafe.people.models import Away, Contact

FIRST, LAST = TODAY + timedelta(days=12), TODAY + timedelta(days=22)


@pytest.fixture
def agreed(cast: Cast) -> Purpose:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=timedelta(0))
    record_answer(visit=proven(purpose), said="yes", today=TODAY, now=NOW)
    return Purpose.objects.select_related("request__contact__owner", "request__correspondent").get()


def at_desk(purpose: Purpose) -> Visit:
    return replace(proven(purpose), works_here=True)


def away(purpose: Purpose, first: date = FIRST, last: date = LAST, *, for_all: bool = False) -> Away:
    return say_away(visit=at_desk(purpose), first=first, last=last, for_all=for_all, today=TODAY, now=NOW)


def planned() -> list[date]:
    rows = Reminder.objects.filter(sent_at=None, dropped_at=None)
    return [row.due_at.date() for row in rows]


def test_no_reminder_is_planned_on_a_day_away_and_all_come_back_when_it_is_taken_back(
    agreed: Purpose,
) -> None:
    before = planned()
    assert any(FIRST <= day <= LAST for day in before)
    row = away(agreed)
    assert planned()
    assert not any(FIRST <= day <= LAST for day in planned())
    take_back_away(visit=at_desk(agreed), key=row.key, now=NOW)
    assert planned() == before
    assert list(Line.objects.filter(about=row.correspondent.key).values_list("verb", flat=True)) == [
        "away_said",
        "away_taken_back",
    ]


def test_same_days_said_twice_are_one(agreed: Purpose) -> None:
    assert away(agreed).pk == away(agreed, for_all=True).pk
    assert Away.objects.get().for_all


def test_link_alone_says_nothing_and_takes_nothing_back(agreed: Purpose) -> None:
    with pytest.raises(FreshCodeNeeded):
        say_away(visit=proven(agreed), first=FIRST, last=LAST, for_all=False, today=TODAY, now=NOW)
    row = away(agreed)
    with pytest.raises(FreshCodeNeeded):
        take_back_away(visit=proven(agreed), key=row.key, now=NOW)
    assert Away.objects.get().taken_back_at is None


def test_days_of_another_mailbox_are_not_here(agreed: Purpose, cast: Cast) -> None:
    row = away(agreed)
    other = make_purpose(make_contact(cast.ada, "Zed Ash"), make_opportunity(cast.ada, "Other"))
    with pytest.raises(NotHere):
        take_back_away(visit=at_desk(other), key=row.key, now=NOW)


@pytest.mark.parametrize(("first", "last"), [(0, -1), (-9, -1), (3, 1), (0, 366), (400, 401)])
def test_days_that_can_not_be_are_refused(agreed: Purpose, first: int, last: int) -> None:
    with pytest.raises(AwayNotPossible):
        away(agreed, TODAY + timedelta(days=first), TODAY + timedelta(days=last))


def test_only_who_may_know_sees_the_days(agreed: Purpose, cast: Cast) -> None:
    """Eve keeps Ben's address too; before Ben shows the days to everybody she learns nothing of him."""
    away(agreed)
    ben = Contact.objects.get(pk=cast.ben.pk)
    (line,) = days_away(ben, TODAY)
    assert line.facts == {"name": "Ben Okafor", "first": FIRST, "last": LAST}
    assert days_away(cast.ben_to_eve, TODAY) == ()
    away(agreed, for_all=True)
    assert len(days_away(cast.ben_to_eve, TODAY)) == 1
    assert days_away(ben, LAST + timedelta(days=1)) == ()
    stranger = make_contact(make_account("Zoe Hart"), "Someone Else")
    assert away_of([ben, cast.ben_to_eve, stranger], TODAY)[stranger.pk] == ()


def test_working_days_of_a_contact_leave_out_the_days_away(agreed: Purpose, cast: Cast) -> None:
    away(agreed)
    days = working_days_with(Contact.objects.get(pk=cast.ben.pk), TODAY)
    assert days.on_or_after(FIRST) > LAST
    assert days.on_or_before(LAST) < FIRST


@given(first=st.integers(0, 300), length=st.integers(0, 300), day=st.integers(-40, 640))
@settings(max_examples=100)
def test_working_day_is_never_a_day_away_however_long_that_is(first: int, length: int, day: int) -> None:
    span = (TODAY + timedelta(days=first), TODAY + timedelta(days=first + length))
    days = working_days_of(Place()).without((span,))
    for found in (
        days.on_or_after(TODAY + timedelta(days=day)),
        days.on_or_before(TODAY + timedelta(days=day)),
    ):
        assert not span[0] <= found <= span[1]
        assert found.weekday() < 5


def test_plan_asks_nobody_while_they_are_away() -> None:
    span = (TODAY + timedelta(days=8), TODAY + timedelta(days=17))
    person = Facts(key="b", name="Ben", emails=("b@x.example",), knows_work=4, warmth=4, away=(span,))
    opening = Opening(
        key="o", title="Analyst", kind=Kind.JOB, need=1, spare=0, deadline=TODAY + timedelta(days=40)
    )
    assert span[0] <= _asked_on(replace(person, away=()), opening) <= span[1]
    assert not span[0] <= _asked_on(person, opening) <= span[1]


def _asked_on(person: Facts, opening: Opening) -> date:
    drawn = draw([person], [opening], [], today=TODAY)
    writer = drawn.for_opportunity(opening.key).slots[0].writer
    assert writer is not None
    assert writer.approach.ask_on is not None
    return writer.approach.ask_on
