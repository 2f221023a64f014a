"""The laws of the odds: each holds on every day, not only on the deadline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.core.odds import (
    Channel,
    Frame,
    Known,
    Link,
    Scenario,
    Slot,
    at_least,
    final_odds,
    forecast,
    gain_of,
    slot_curve,
    slot_odds,
)
from vouchsafe.core.odds.rows import PLAIN, arrays

TODAY = date(2026, 10, 1)
ROUNDING = 1e-12

chances = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 1.0, 0.5]))
channels = st.sampled_from(list(Channel))


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


@st.composite
def knowns(draw: st.DrawFn) -> Known:
    asked = draw(st.integers(-40, 0))
    answer = draw(st.sampled_from(["yes", "no", None]))
    answered = draw(st.none() | st.integers(asked, 0)) if answer else None
    letter = (
        draw(st.none() | st.integers(asked, 0)) if answer == "yes" and draw(st.integers(0, 4)) == 0 else None
    )
    return Known(
        day(asked),
        answer,
        None if answered is None else day(answered),
        None if letter is None else day(letter),
    )


@st.composite
def slots(draw: st.DrawFn) -> Slot:
    length = draw(st.integers(0, 4))
    known = draw(st.integers(0, length))
    links = []
    for place in range(length):
        facts = draw(knowns()) if place < known else None
        ask_on = day(draw(st.integers(0, 50))) if place == 0 and facts is None else None
        links.append(Link(draw(chances), draw(chances), draw(chances), draw(channels), ask_on, facts))
    return Slot(tuple(links))


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    last_day = draw(st.integers(0, 45))
    shown = draw(st.none() | st.integers(-5, last_day))
    return Scenario(
        TODAY,
        day(last_day),
        draw(st.integers(0, 4)),
        tuple(draw(st.lists(slots(), max_size=4))),
        None if shown is None else day(shown),
        draw(st.none() | st.integers(0, 30)),
    )


def with_slot(scenario: Scenario, place: int, slot: Slot) -> Scenario:
    return replace(scenario, slots=(*scenario.slots[:place], slot, *scenario.slots[place + 1 :]))


def assert_never_lower(better: Scenario, worse: Scenario) -> None:
    more, fewer = np.array(forecast(better).by_day), np.array(forecast(worse).by_day)
    assert (more >= fewer - ROUNDING).all()


@given(scenarios())
def test_by_day_never_falls_and_stays_a_chance(scenario: Scenario) -> None:
    outlook = forecast(scenario)
    assert len(outlook.by_day) == (scenario.deadline - scenario.today).days + 1
    assert outlook.odds == outlook.by_day[-1]
    assert all(0 <= p <= 1 for p in outlook.by_day)
    assert list(outlook.by_day) == sorted(outlook.by_day)


@given(scenarios())
def test_slot_curve_before_any_tidying_never_falls_beyond_rounding(scenario: Scenario) -> None:
    frame = Frame.of_scenario(scenario)
    for slot in scenario.slots:
        curve = slot_curve(slot, frame)
        assert curve.shape == (frame.last_day + 1,)
        assert (np.diff(curve) >= -ROUNDING).all()
        assert -ROUNDING <= curve[0] <= curve[-1] + ROUNDING <= 1 + 2 * ROUNDING


@given(scenarios(), st.data())
def test_one_more_stand_by_never_lowers(scenario: Scenario, data: st.DataObject) -> None:
    if not scenario.slots:
        return
    place = data.draw(st.integers(0, len(scenario.slots) - 1))
    chain = scenario.slots[place].chain
    more = Link(data.draw(chances), data.draw(chances), data.draw(chances), data.draw(channels), day(0))
    assert_never_lower(with_slot(scenario, place, Slot((*chain, more))), scenario)


@given(scenarios(), st.data())
def test_same_ask_made_later_never_raises(scenario: Scenario, data: st.DataObject) -> None:
    later = data.draw(st.integers(1, 30))
    for place, slot in enumerate(scenario.slots):
        if slot.chain and slot.chain[0].ask_on is not None:
            first = replace(slot.chain[0], ask_on=slot.chain[0].ask_on + timedelta(days=later))
            assert_never_lower(scenario, with_slot(scenario, place, Slot((first, *slot.chain[1:]))))


@given(scenarios(), st.data())
def test_higher_chance_of_writing_anywhere_never_lowers(scenario: Scenario, data: st.DataObject) -> None:
    for place, slot in enumerate(scenario.slots):
        if slot.chain:
            j = data.draw(st.integers(0, len(slot.chain) - 1))
            better = replace(slot.chain[j], r=data.draw(st.floats(slot.chain[j].r, 1)))
            chain = (*slot.chain[:j], better, *slot.chain[j + 1 :])
            assert_never_lower(with_slot(scenario, place, Slot(chain)), scenario)


@given(scenarios(), st.data())
def test_higher_chance_of_yes_on_the_last_link_never_lowers(scenario: Scenario, data: st.DataObject) -> None:
    for place, slot in enumerate(scenario.slots):
        if slot.chain:
            last = slot.chain[-1]
            better = replace(last, p=data.draw(st.floats(last.p, 1)))
            assert_never_lower(with_slot(scenario, place, Slot((*slot.chain[:-1], better))), scenario)


@given(scenarios(), st.randoms(use_true_random=False))
def test_slots_in_any_order_give_the_same(scenario: Scenario, random: Random) -> None:
    shuffled = list(scenario.slots)
    random.shuffle(shuffled)
    assert forecast(replace(scenario, slots=tuple(shuffled))).by_day == pytest.approx(
        forecast(scenario).by_day, abs=ROUNDING
    )


@given(scenarios())
def test_lists_arrays_and_single_numbers_reckon_the_same(scenario: Scenario) -> None:
    plain = forecast(scenario, PLAIN)
    assert forecast(scenario, arrays()).by_day == pytest.approx(plain.by_day, abs=ROUNDING)
    assert final_odds(scenario) == pytest.approx(plain.odds, abs=ROUNDING)


@given(scenarios())
def test_needing_nothing_is_certain_and_needing_more_than_slots_impossible(scenario: Scenario) -> None:
    assert set(forecast(replace(scenario, need=0)).by_day) == {1.0}
    assert set(forecast(replace(scenario, need=len(scenario.slots) + 1)).by_day) == {0.0}


@given(scenarios(), st.integers(1, 20))
def test_empty_chain_or_an_ask_after_the_deadline_adds_nothing(scenario: Scenario, days: int) -> None:
    late = Slot((Link(1, 1, 0, Channel.IN_PERSON, scenario.deadline + timedelta(days=days)),))
    for slot in (Slot(()), late):
        assert forecast(replace(scenario, slots=(*scenario.slots, slot))).by_day == pytest.approx(
            forecast(scenario).by_day, abs=ROUNDING
        )


@given(scenarios())
def test_letter_in_hand_is_certain_wherever_it_stands_in_its_chain(scenario: Scenario) -> None:
    frame = Frame.of_scenario(scenario)
    done = Link(0.1, 0.1, 0.9, Channel.MAIL, known=Known(day(-9), "yes", day(-7), day(-1)))
    for slot in scenario.slots:
        assert slot_curve(Slot((*slot.chain, done)), frame) == pytest.approx(1.0)
        assert slot_odds(Slot((*slot.chain, done)), frame) == pytest.approx(1.0)


@given(scenarios(), chances, chances, chances, channels)
def test_gain_of_one_more_ask_is_never_negative(
    scenario: Scenario,
    p: float,
    r: float,
    late: float,
    channel: Channel,
) -> None:
    link = Link(p, r, late, channel)
    assert gain_of(scenario, link, as_slot=True) >= -ROUNDING
    assert gain_of(scenario, link, as_slot=False) >= -ROUNDING


@given(st.lists(st.floats(0, 1), max_size=6), st.integers(-1, 7))
def test_at_least_equals_counting_every_outcome(chances_by_slot: list[float], need: int) -> None:
    expected = sum(
        float(np.prod([p if there else 1 - p for p, there in zip(chances_by_slot, outcome, strict=True)]))
        for outcome in product([True, False], repeat=len(chances_by_slot))
        if sum(outcome) >= need
    )
    assert at_least([np.array([p]) for p in chances_by_slot], need)[0] == pytest.approx(
        expected, abs=ROUNDING
    )


@settings(max_examples=60)
@given(
    chances, chances, chances, st.sampled_from([Channel.MAIL, Channel.PHONE]), st.integers(1, 40), st.data()
)
def test_what_is_learned_by_tomorrow_averages_to_what_is_said_today(
    p: float,
    r: float,
    late: float,
    channel: Channel,
    last_day: int,
    data: st.DataObject,
) -> None:
    """Today's odds are the mean of tomorrow's over everything the night can bring, silence included."""
    shown = day(data.draw(st.integers(0, last_day)))
    patience = data.draw(st.integers(2, 20))

    def odds(today: date, link: Link) -> float:
        return forecast(Scenario(today, day(last_day), 1, (Slot((link,)),), shown, patience)).odds

    one_day = 0.5  # floor(X) is 0 when X, with median 1, is below 1
    ask = Link(p, r, late, channel, day(0))
    asked_before = replace(ask, ask_on=None)
    agreed = replace(asked_before, known=Known(day(0), "yes", day(0)))
    silent = replace(asked_before, known=Known(day(0)))
    letter_at_once = forecast(Scenario(day(0), day(last_day), 1, (Slot((agreed,)),), shown, patience)).by_day[
        0
    ]
    refused = one_day * (1 - p) / 2
    yes = one_day * p
    today = odds(day(0), ask)
    tomorrow = yes * (letter_at_once + (1 - letter_at_once) * odds(day(1), agreed)) + (
        1 - yes - refused
    ) * odds(day(1), silent)
    assert tomorrow == pytest.approx(today, abs=1e-9)
