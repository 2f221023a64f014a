from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.timing import Place, working_days_of

PLACES = [
    Place(),
    Place("XX"),
    Place("DE", "BY"),
    Place("GB", "SCT"),
    Place("US"),
    Place("SA"),
    Place("JP"),
    Place("CN"),
]
days = st.dates(date(2024, 1, 1), date(2031, 12, 31))


@pytest.mark.parametrize(
    ("place", "day"),
    [
        (Place("DE"), date(2026, 10, 3)),
        (Place("DE", "BY"), date(2026, 1, 6)),
        (Place("US"), date(2026, 11, 26)),
        (Place("GB", "SCT"), date(2026, 11, 30)),
        (Place("SA"), date(2026, 10, 16)),
        (Place(), date(2026, 10, 17)),
    ],
)
def test_holiday_or_weekend_is_no_working_day(place: Place, day: date) -> None:
    assert not working_days_of(place).is_working(day)


@pytest.mark.parametrize(
    ("place", "day"),
    [
        (Place("DE"), date(2026, 1, 6)),
        (Place("GB", "ENG"), date(2026, 11, 30)),
        (Place("SA"), date(2026, 10, 18)),
        (Place("de", "by"), date(2026, 1, 7)),
        (Place("XX"), date(2026, 12, 25)),
    ],
)
def test_ordinary_day_is_a_working_day(place: Place, day: date) -> None:
    assert working_days_of(place).is_working(day)


def test_place_not_known_says_so_and_a_wrong_subdivision_falls_back_on_its_country() -> None:
    assert not working_days_of(Place("XX")).holidays_known
    assert not working_days_of(Place()).holidays_known
    odd = working_days_of(Place("DE", "NOWHERE"))
    assert odd.holidays_known
    assert odd.holiday_on(date(2026, 12, 25))


@given(st.sampled_from(PLACES), days)
def test_search_finds_the_nearest_working_day_on_its_side(place: Place, day: date) -> None:
    there = working_days_of(place)
    after, before = there.on_or_after(day), there.on_or_before(day)
    assert before <= day <= after
    assert there.is_working(after)
    assert there.is_working(before)
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert not any(there.is_working(d) for d in between)


def test_timing_loads_no_holidays_before_they_are_asked_for() -> None:
    code = (
        "import sys, vouchsafe.core.timing as t; t.working_days_of(t.Place()); "
        "print([m for m in ('holidays', 'icalendar', 'numpy', 'django') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
