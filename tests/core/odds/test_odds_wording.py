from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.odds.wording import (
    gain_in_points,
    in_hundred,
    in_hundred_first,
    in_seasons,
    seasons,
    short,
)


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.0, "under 5"),
        (0.0499, "under 5"),
        (0.05, "5"),
        (0.854, "85"),
        (0.95, "95"),
        (0.9501, "over 95"),
        (1.0, "over 95"),
    ],
)
def test_chance_in_words_shows_no_false_precision(chance: float, words: str) -> None:
    assert str(short(chance)) == words
    assert str(in_hundred(chance)) == f"{words} in 100"


@given(st.floats(0, 1), st.floats(0, 1))
def test_seasons_follow_the_chance_and_stay_open_while_it_is(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert seasons(low) <= seasons(high)
    assert (seasons(low) == 0) == (low == 0)
    assert (seasons(high) == 20) == (high == 1)


def test_seasons_of_eighty_five_in_hundred_are_seventeen() -> None:
    assert seasons(0.85) == 17
    assert str(in_seasons(0.85)) == "17 of 20 seasons like this one bring enough letters in time."


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (0.852, 0.944, "+9"),
        (0.936, 0.944, "less than +1"),
        (0.844, 0.846, "+1"),  # shown as 84 and 85
        (0.5, 0.5, "0"),
        (0.5, 0.5 + 1e-15, "0"),
        (0.944, 0.96, "over +1"),  # shown as 94 and over 95
        (0.949, 0.97, "less than +5"),
        (0.96, 0.98, "hardly any"),
        (0.01, 0.02, "hardly any"),
        (0.02, 0.12, "over +7"),
        (0.02, 0.97, "over +90"),
        (0.6, 0.584, "−2"),
    ],
)
def test_gain_in_words_is_what_lies_between_the_numbers_shown(
    before: float, after: float, words: str
) -> None:
    assert str(gain_in_points(before, after)) == words


@given(st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_gain_adds_up_to_the_numbers_shown(before: float, after: float) -> None:
    said = str(gain_in_points(before, after))
    shown = int(str(short(after))) - int(str(short(before)))
    assert said == (f"+{shown}" if shown > 0 else f"−{-shown}") if shown else said in ("0", "less than +1")


def test_chance_that_begins_a_sentence_begins_with_a_capital() -> None:
    said = [str(in_hundred_first(chance)) for chance in (0.01, 0.5, 0.99)]
    assert said == ["Under 5 in 100", "50 in 100", "Over 95 in 100"]
