"""The schedule of an ask: its order, its distances, and what it says when there is little time."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.odds import Channel, Frame
from vouchsafe.core.timing import (
    AskTooLate,
    Pace,
    Place,
    Schedule,
    decent_hour,
    schedule,
    working_days_of,
)

BERLIN = ZoneInfo("Europe/Berlin")
GERMANY = working_days_of(Place("DE"))
MONDAY = date(2026, 10, 12)
places = st.sampled_from(
    [Place(), Place("DE"), Place("US"), Place("SA"), Place("JP"), Place("CN"), Place("GB", "ENG")]
)


def deadline(day: date, zone: ZoneInfo = BERLIN, at: time = time(23, 59)) -> datetime:
    return datetime.combine(day, at, zone)


def plan(days: int, **more: Any) -> Schedule:
    due = deadline(MONDAY + timedelta(days=days))
    return schedule(today=MONDAY, deadline=due, working_days=GERMANY, **more)


@given(
    st.dates(date(2025, 1, 1), date(2029, 1, 1)),
    st.integers(0, 120),
    places,
    st.booleans(),
    st.sampled_from(list(Channel)),
    st.sampled_from(list(Pace)),
)
def test_steps_keep_their_order_and_their_distances(
    today: date, days: int, place: Place, regularly: bool, channel: Channel, pace: Pace
) -> None:
    there = working_days_of(place)
    due = deadline(today + timedelta(days=days))
    made = schedule(
        today=today, deadline=due, working_days=there, meets_regularly=regularly, channel=channel, pace=pace
    )
    assert (
        today
        <= (made.meet_on or made.mail_on)
        <= made.mail_on
        <= made.shown_on
        <= made.deadline_on
        == due.date()
    )
    assert (made.meet_on is not None) == (regularly or channel is not Channel.MAIL)
    sent = [made.mail_on, *made.reminders]
    assert all((b - a).days >= 3 for a, b in itertools.pairwise(sent))
    assert all(day < made.shown_on for day in made.reminders)
    for step in (made.chase_on, made.fall_back_on, *made.reminders):
        assert step is None or (there.is_working(step) and made.mail_on < step <= made.deadline_on)
    if made.chase_on and made.fall_back_on:
        assert made.chase_on < made.fall_back_on
    if days >= 60:
        assert all(there.is_working(day) for day in (made.mail_on, made.shown_on))
        assert made.lead_days >= 28


@given(st.integers(0, 120), places)
def test_date_shown_is_that_of_the_odds_moved_to_a_working_day(days: int, place: Place) -> None:
    there = working_days_of(place)
    due = MONDAY + timedelta(days=days)
    frame = Frame.of(MONDAY, due)
    made = schedule(today=MONDAY, deadline=deadline(due), working_days=there)
    unmoved = frame.on(frame.shown)
    if there.is_working(unmoved):
        assert made.shown_on == unmoved
    elif days >= 60:
        assert made.shown_on == there.on_or_before(unmoved)


@given(
    st.dates(date(2025, 1, 1), date(2028, 1, 1)),
    st.integers(20, 90),
    st.sampled_from(["US/Eastern", "Europe/Berlin"]),
)
def test_reminders_sent_at_any_decent_hour_are_48_hours_apart(today: date, days: int, name: str) -> None:
    zone = ZoneInfo(name)
    made = schedule(today=today, deadline=deadline(today + timedelta(days=days)), working_days=GERMANY)
    late = [
        datetime.combine(day, time(17, 59), zone).astimezone(UTC) for day in (made.mail_on, *made.reminders)
    ]
    early = [
        decent_hour(datetime.combine(day, time(0), zone), zone).astimezone(UTC) for day in made.reminders
    ]
    assert all(b - a >= timedelta(hours=48) for a, b in zip(late, early, strict=False))


def test_schedule_with_time_enough_starts_four_weeks_ahead_and_warns_of_nothing() -> None:
    made = plan(60, meets_regularly=True)
    assert made == Schedule(
        meet_on=date(2026, 11, 13),
        mail_on=date(2026, 11, 16),
        shown_on=date(2026, 12, 4),
        deadline_on=date(2026, 12, 11),
        chase_on=date(2026, 11, 23),
        fall_back_on=date(2026, 11, 30),
        reminders=(date(2026, 11, 20), date(2026, 11, 27), date(2026, 12, 3)),
        lead_days=28,
        needs_ask_anyway=False,
        holidays_known=True,
        warnings=(),
    )


def test_schedule_over_christmas_leaves_the_holidays_out() -> None:
    made = schedule(today=date(2026, 12, 1), deadline=deadline(date(2027, 1, 8)), working_days=GERMANY)
    assert made.shown_on == date(2026, 12, 31)
    assert made.reminders == (date(2026, 12, 17), date(2026, 12, 24), date(2026, 12, 30))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (28, []),
        (27, ["closer together"]),
        (20, ["three weeks", "closer together"]),
        (7, ["three weeks", "closer together", "reserve instead"]),
        (4, ["make it easy", "closer together", "1 day of reserve"]),
    ],
)
def test_late_start_is_compressed_and_says_so(days: int, said: list[str]) -> None:
    made = plan(days)
    assert made.mail_on == MONDAY
    for piece in said:
        assert any(piece in str(warning) for warning in made.warnings), piece
    assert len(made.warnings) == len(said) + (not GERMANY.is_working(made.shown_on))


def test_less_than_a_week_needs_ask_anyway() -> None:
    made = plan(6)
    assert made.needs_ask_anyway
    with pytest.raises(AskTooLate, match="Only 6 days"):
        made.check_lead(ask_anyway=False)
    made.check_lead(ask_anyway=True)
    plan(7).check_lead(ask_anyway=False)


@pytest.mark.parametrize(("days", "silent"), [(20, 5), (21, 14), (40, 14)])
def test_silence_is_borne_for_fourteen_days_and_five_when_near(days: int, silent: int) -> None:
    made = plan(days)
    assert made.fall_back_on == GERMANY.on_or_after(made.mail_on + timedelta(days=silent))


def test_informal_letter_is_chased_earlier_and_a_repeat_letter_warned_of_later() -> None:
    assert plan(40, pace=Pace.INFORMAL).chase_on < plan(40).chase_on
    assert plan(14).warnings
    assert not plan(14, pace=Pace.REPEAT).warnings
    assert not plan(14, pace=Pace.INFORMAL).warnings


def test_deadline_counts_by_the_earlier_of_both_clocks() -> None:
    tokyo, los_angeles = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/Los_Angeles")
    early = deadline(date(2026, 12, 11), tokyo, time(3, 0))
    for_berlin = schedule(today=MONDAY, deadline=early, working_days=GERMANY, writer_zone=BERLIN)
    assert for_berlin.deadline_on == date(2026, 12, 10)
    late = deadline(date(2026, 12, 11), los_angeles)
    assert schedule(
        today=MONDAY, deadline=late, working_days=GERMANY, writer_zone=BERLIN
    ).deadline_on == date(2026, 12, 11)


def test_place_not_known_is_a_fact_and_no_warning_of_every_ask() -> None:
    made = schedule(
        today=MONDAY, deadline=deadline(date(2026, 12, 11)), working_days=working_days_of(Place("XX"))
    )
    assert not made.holidays_known
    assert made.warnings == ()
    assert plan(28).holidays_known


def test_start_on_the_day_before_is_said_in_the_singular() -> None:
    said = [str(warning) for warning in plan(1).warnings]
    assert said[0] == (
        "Only 1 day is left. Ask only if this person would understand, and make it easy to say no."
    )
    assert said[1].startswith("This starts 1 day before the deadline, later than it should")


def test_weekend_without_a_working_day_left_is_said() -> None:
    saturday = date(2026, 10, 17)
    made = schedule(today=saturday, deadline=deadline(date(2026, 10, 18)), working_days=GERMANY)
    assert made.mail_on == saturday
    assert any("no working day" in str(warning) for warning in made.warnings)


def test_deadline_passed_or_without_a_zone_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="before"):
        plan(-1)
    with pytest.raises(ValueError, match="zone"):
        schedule(today=MONDAY, deadline=datetime(2026, 12, 1), working_days=GERMANY)
