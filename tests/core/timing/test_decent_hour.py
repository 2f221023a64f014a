"""Mail goes out on a weekday between 08:30 and 18:00 by the reader's clock, whatever that clock does."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.soak import reached

from vouchsafe.core.timing import Place, ZoneUnknown, decent_hour, working_days_of, zone_named

ZONES = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Africa/Nairobi",
    "Africa/Tripoli",
    "America/Anchorage",
    "America/Argentina/Buenos_Aires",
    "America/Asuncion",
    "America/Bogota",
    "America/Caracas",
    "America/Chicago",
    "America/Denver",
    "America/Halifax",
    "America/Havana",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Nuuk",
    "America/Phoenix",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Toronto",
    "Antarctica/McMurdo",
    "Antarctica/Troll",
    "Asia/Amman",
    "Asia/Baghdad",
    "Asia/Beirut",
    "Asia/Dhaka",
    "Asia/Dubai",
    "Asia/Gaza",
    "Asia/Ho_Chi_Minh",
    "Asia/Hong_Kong",
    "Asia/Jerusalem",
    "Asia/Kabul",
    "Asia/Karachi",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Asia/Yangon",
    "Atlantic/Azores",
    "Atlantic/Reykjavik",
    "Australia/Adelaide",
    "Australia/Eucla",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/Istanbul",
    "Europe/Kyiv",
    "Europe/London",
    "Europe/Moscow",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Easter",
    "Pacific/Honolulu",
    "Pacific/Kiritimati",
    "Pacific/Marquesas",
    "Pacific/Norfolk",
]
STEP = timedelta(minutes=5)


def is_decent(moment: datetime, zone: ZoneInfo) -> bool:
    local = moment.astimezone(zone)
    return local.weekday() < 5 and time(8, 30) <= local.time() < time(18)


def changes(zone: ZoneInfo, start: datetime, days: int) -> list[datetime]:
    """The hours, in UTC, in which the zone's clock is changed."""
    hours = [start + timedelta(hours=n) for n in range(0, 24 * days, 24)]
    days_with_change = [
        (a, b)
        for a, b in itertools.pairwise(hours)
        if a.astimezone(zone).utcoffset() != b.astimezone(zone).utcoffset()
    ]
    return [a + (b - a) / 2 for a, b in days_with_change]


def test_zones_are_sixty_at_least() -> None:
    assert len(set(ZONES)) >= 60


def check_around(zone: ZoneInfo, moments: list[datetime]) -> int:
    """Hold the answer against a search in steps of five minutes; how many moments were tried."""
    tried = 0
    for change in moments:
        for hours in (-60, -31, -13, -2, 0, 3, 11, 26):
            now = change + timedelta(hours=hours)
            answer = decent_hour(now, zone)
            first = now
            while not is_decent(first, zone):
                first += STEP
            assert answer == first
            assert answer.tzinfo is zone
            tried += 1
    return tried


@pytest.mark.parametrize("name", ZONES)
def test_decent_hour_around_every_clock_change_is_the_first_that_fits(name: str) -> None:
    zone = zone_named(name)
    around = changes(zone, datetime(2025, 1, 1, tzinfo=UTC), 730) or [datetime(2026, 3, 29, tzinfo=UTC)]
    check_around(zone, around[:4])


@pytest.mark.soak
def test_decent_hour_in_every_zone_over_three_years_is_the_first_that_fits() -> None:
    """Around every change of every zone's clock, and once a month where there is none."""
    start, tried = datetime(2026, 1, 1, tzinfo=UTC), 0
    months = [start + timedelta(days=30.4 * n) for n in range(36)]
    names = sorted(available_timezones())
    for name in names:
        zone = ZoneInfo(name)
        tried += check_around(zone, [*changes(zone, start, 3 * 365), *months])
    reached(tried, len(names) * 36 * 8)


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)), st.sampled_from(ZONES)
)
def test_decent_hour_is_decent_soon_and_stays_where_it_is(now: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    answer = decent_hour(now, zone)
    assert now <= answer <= now + timedelta(days=4)
    assert is_decent(answer, zone)
    assert decent_hour(answer, zone) == answer
    assert (answer == now) == is_decent(now, zone)


def test_decent_hour_over_a_day_the_zone_skipped_is_the_monday_after() -> None:
    """Samoa went from Thursday 29 to Saturday 31 December 2011."""
    apia = ZoneInfo("Pacific/Apia")
    thursday_evening = datetime(2011, 12, 29, 19, 0, tzinfo=apia)
    assert decent_hour(thursday_evening, apia) == datetime(2012, 1, 2, 8, 30, tzinfo=apia)


@pytest.mark.parametrize(
    ("now", "hour"),
    [
        (datetime(2026, 10, 12, 8, 29, 59), datetime(2026, 10, 12, 8, 30)),
        (datetime(2026, 10, 12, 8, 30), datetime(2026, 10, 12, 8, 30)),
        (datetime(2026, 10, 12, 17, 59, 59), datetime(2026, 10, 12, 17, 59, 59)),
        (datetime(2026, 10, 12, 18, 0), datetime(2026, 10, 13, 8, 30)),
        (datetime(2026, 10, 16, 18, 0), datetime(2026, 10, 19, 8, 30)),
    ],
)
def test_decent_hour_opens_and_closes_to_the_second(now: datetime, hour: datetime) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert decent_hour(now.replace(tzinfo=berlin), berlin) == hour.replace(tzinfo=berlin)


def test_decent_hour_with_a_place_leaves_out_its_holidays_and_weekend() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    christmas_eve = datetime(2026, 12, 24, 19, 0, tzinfo=berlin)
    germany = working_days_of(Place("DE"))
    assert decent_hour(christmas_eve, berlin, germany).date() == date(2026, 12, 28)
    riyadh = ZoneInfo("Asia/Riyadh")
    thursday = datetime(2026, 10, 15, 19, 0, tzinfo=riyadh)
    assert decent_hour(thursday, riyadh, working_days_of(Place("SA"))).date() == date(2026, 10, 18)


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "../etc/passwd", "/etc/localtime", "\0", "Europe", "x" * 300]
)
def test_zone_unknown_is_refused(name: str) -> None:
    with pytest.raises(ZoneUnknown):
        zone_named(name)
