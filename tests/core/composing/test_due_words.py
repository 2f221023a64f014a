from __future__ import annotations

from datetime import date, time

import pytest

from vouchsafe.core.composing import Due
from vouchsafe.core.composing.due_words import due_sentence
from vouchsafe.core.day_words import full_day, near_day

DAY = date(2026, 10, 30)


@pytest.mark.parametrize(
    ("due", "language", "said"),
    [
        (Due(DAY, time(17), "Europe/London"), "en-gb", "Friday 30 October 2026, 17:00 (London time)"),
        (Due(DAY, time(17), "Europe/London"), "de", "Freitag, 30. Oktober 2026, 17:00 (London time)"),
        (Due(DAY), "fr", "vendredi 30 octobre 2026"),
        (Due(DAY, time(9, 5)), "es", "viernes, 30 de octubre de 2026, 9:05"),
        (Due(DAY, zone="UTC"), "de", "Freitag, 30. Oktober 2026 (any time that day)"),
        (Due(DAY, zone="CET"), "fr", "vendredi 30 octobre 2026 (CET)"),
        (Due(DAY, zone="America/New_York"), "es", "viernes, 30 de octubre de 2026 (New York time)"),
        (Due(DAY), "xx-unknown", "Friday 30 October 2026"),
    ],
)
def test_date_shown_to_a_writer_is_said_as_the_language_says_it(due: Due, language: str, said: str) -> None:
    assert str(due_sentence(due, language)) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en-gb", "Friday 30 October"), ("de", "Freitag, 30. Oktober"), ("fr", "vendredi 30 octobre"),
        ("es", "viernes, 30 de octubre"),
    ],
)  # fmt: skip
def test_near_day_leaves_the_year_out(language: str, said: str) -> None:
    assert near_day(DAY, language) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en-gb", "Friday 30 October 2026"), ("en-us", "Friday, October 30, 2026"),
        ("de", "Freitag, 30. Oktober 2026"), ("es", "viernes, 30 de octubre de 2026"),
    ],
)  # fmt: skip
def test_full_day_is_the_near_day_with_its_year(language: str, said: str) -> None:
    assert full_day(DAY, language) == said
