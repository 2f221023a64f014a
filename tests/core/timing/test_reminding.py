from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.timing import Place, working_days_of
from vouchsafe.core.timing.reminding import APART, moments_to_remind, next_week

BERLIN = ZoneInfo("Europe/Berlin")
GERMANY = working_days_of(Place("DE"))
NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


def test_yes_is_reminded_fourteen_seven_and_one_day_before() -> None:
    found = moments_to_remind(
        now=NOW, shown_on=date(2026, 10, 30), said_yes=True, zone=BERLIN, working_days=GERMANY
    )
    assert [(kind, moment.date()) for kind, moment in found] == [
        ("before", date(2026, 10, 16)),
        ("before", date(2026, 10, 23)),
        ("before", date(2026, 10, 29)),
    ]
    assert all(f"{moment.astimezone(BERLIN):%H:%M}" == "08:30" for _, moment in found)


def test_silence_is_chased_once_and_not_on_a_holiday() -> None:
    before_reformation_day = datetime(2026, 10, 27, 9, 0, tzinfo=UTC)
    found = moments_to_remind(
        now=before_reformation_day,
        shown_on=date(2026, 11, 20),
        said_yes=False,
        zone=BERLIN,
        working_days=GERMANY,
    )
    assert [(kind, moment.date()) for kind, moment in found] == [("chase", date(2026, 10, 30))]


def test_writer_who_chose_days_is_reminded_on_those() -> None:
    found = moments_to_remind(
        now=NOW,
        shown_on=date(2026, 10, 30),
        said_yes=True,
        zone=BERLIN,
        working_days=GERMANY,
        days_before=(7,),
    )
    assert [moment.date() for _, moment in found] == [date(2026, 10, 23)]


@pytest.mark.parametrize("left", [0, 1, 2])
def test_too_late_plans_nothing_after_the_shown_date(left: int) -> None:
    shown = NOW.date() + timedelta(days=left)
    found = moments_to_remind(now=NOW, shown_on=shown, said_yes=True, zone=BERLIN, working_days=GERMANY)
    assert all(moment.date() <= shown and moment > NOW for _, moment in found)


@given(
    st.integers(0, 90), st.booleans(), st.lists(st.integers(0, 60), max_size=4), st.integers(0, 200),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kathmandu"]),
)  # fmt: skip
def test_no_two_reminders_within_two_days(
    left: int, said_yes: bool, chosen: list[int], hours_ago: int, zone: str
) -> None:
    last = NOW - timedelta(hours=hours_ago)
    found = moments_to_remind(
        now=NOW, shown_on=NOW.date() + timedelta(days=left), said_yes=said_yes, zone=ZoneInfo(zone),
        working_days=GERMANY, days_before=tuple(chosen), last_sent_at=last,
    )  # fmt: skip
    moments = [last, *(moment for _, moment in found)]
    assert all(later - earlier >= APART for earlier, later in pairwise(moments))


ZONES = (
    "UTC",
    "America/New_York",
    "Pacific/Apia",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
)


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    country=st.sampled_from(("", "DE", "GB")),
    days=st.sampled_from((1, 7)),
)
def test_next_week_begins_on_a_working_morning_and_never_too_early(
    now: datetime, zone: ZoneInfo, country: str, days: int
) -> None:
    working = working_days_of(Place(country))
    found = next_week(now, zone=zone, working_days=working, at_least=timedelta(days=days))
    there = found.astimezone(zone)
    assert now + timedelta(days=days) <= found < now + timedelta(days=days + 22)
    assert f"{there:%H:%M}" == "08:30"
    assert working.is_working(there.date())
    monday = there.date() - timedelta(days=there.weekday())
    assert not any(working.is_working(monday + timedelta(days=n)) for n in range(there.weekday()))
