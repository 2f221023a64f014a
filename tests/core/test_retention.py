from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.retention import (
    OFFERED,
    SUGGESTED,
    TOLD_BEFORE,
    Rule,
    SpanNotOffered,
    day_of,
    demand_offered,
    due_on,
    ended_by,
    erase_on,
    is_to_be_told_again,
    may_erase,
    months_after,
    rule_from,
    to_plain,
)

ZONES = ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "Asia/Kathmandu")
SPANS = sorted({span for spans in OFFERED.values() for span in spans})
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
days = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -24, date(2024, 1, 15)),
    ],
)
def test_months_after_keeps_the_day_or_takes_the_last_of_the_month(
    day: date, months: int, expected: date
) -> None:
    assert months_after(day, months) == expected


@given(days, st.integers(1, 120))
def test_months_after_is_the_calendar_months_later_and_never_a_later_day(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_due_on_counts_from_the_day_where_they_are() -> None:
    late = datetime(2026, 10, 5, 23, 30, tzinfo=UTC)
    assert due_on(late, 12, "UTC") == date(2027, 10, 5)
    assert due_on(late, 12, "Asia/Tokyo") == date(2027, 10, 6)
    assert due_on(late, 12, "America/New_York") == date(2027, 10, 5)


@given(moments, moments, st.sampled_from(SPANS), st.sampled_from(ZONES), st.sampled_from([0, 30]))
def test_no_look_in_sql_misses_what_is_old_enough_somewhere(
    ended_at: datetime, now: datetime, months: int, zone: str, ahead: int
) -> None:
    """The bound that SQL is given holds everything that a zone's own calendar calls due."""
    due = due_on(ended_at, months, zone) <= day_of(now, zone) + timedelta(days=ahead)
    assert not due or ended_at <= ended_by(now, months, ahead=timedelta(days=ahead))


@given(days, st.integers(0, 60), st.integers(0, 60), st.integers(0, 200))
def test_nothing_is_erased_before_thirty_days_and_again_seven_were_given(
    told: date, until_sent: int, until_again: int, later: int
) -> None:
    on = erase_on(told)
    told_on = told + timedelta(days=until_sent)
    again_on = on - timedelta(days=7) + timedelta(days=until_again)
    today = told + timedelta(days=later)
    if may_erase(erase_on=on, told_on=told_on, told_again_on=again_on, today=today):
        assert today - told_on >= TOLD_BEFORE
        assert today - again_on >= timedelta(days=7)
        assert today >= on
    assert may_erase(erase_on=on, told_on=told_on, told_again_on=again_on, today=today + timedelta(days=200))


def test_a_mail_that_has_not_left_keeps_everything() -> None:
    on, far = date(2026, 12, 1), date(2030, 1, 1)
    assert not may_erase(erase_on=on, told_on=None, told_again_on=date(2026, 11, 24), today=far)
    assert not may_erase(erase_on=on, told_on=date(2026, 11, 1), told_again_on=None, today=far)


def test_the_second_mail_is_due_a_week_before() -> None:
    on = date(2026, 12, 1)
    assert not is_to_be_told_again(erase_on=on, today=date(2026, 11, 23))
    assert is_to_be_told_again(erase_on=on, today=date(2026, 11, 24))


def test_spans_are_among_those_offered() -> None:
    demand_offered(SUGGESTED)
    demand_offered(Rule())
    assert Rule().is_off
    assert not SUGGESTED.is_off
    assert rule_from(to_plain(SUGGESTED)) == SUGGESTED
    for wrong in (Rule(accounts=1), Rule(requests=0), Rule(mails=-12)):
        with pytest.raises(SpanNotOffered):
            demand_offered(wrong)
