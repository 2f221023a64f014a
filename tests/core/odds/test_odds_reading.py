"""A scenario out of JSON: what is read, what is refused, and where."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.odds import Channel, Known, Link, Scenario, ScenarioRefused, Slot, forecast
from vouchsafe.core.odds.reading import read_scenario

SCENARIO: dict[str, Any] = {
    "today": "2026-10-01",
    "deadline": "2026-11-13",
    "shown": "2026-11-06",
    "need": 1,
    "patience": 10,
    "slots": [
        {
            "chain": [
                {"p": 0.9, "r": 0.85, "l": 0.1, "channel": "in_person", "ask_on": "2026-10-05"},
                {"p": 1, "r": 0.85, "l": 0, "channel": "phone"},
            ]
        },
        {
            "chain": [
                {
                    "p": 0.5,
                    "r": 0.5,
                    "l": 0.5,
                    "channel": "mail",
                    "ask_on": None,
                    "known": {"asked_on": "2026-09-01", "answer": "yes", "answered_on": "2026-09-03"},
                }
            ]
        },
    ],
}


def changed(path: str, value: Any) -> dict[str, Any]:
    scenario = deepcopy(SCENARIO)
    *way, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    place: Any = scenario
    for part in way:
        place = place[part]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return scenario


def test_scenario_complete_is_read_as_it_stands() -> None:
    assert read_scenario(SCENARIO) == Scenario(
        date(2026, 10, 1),
        date(2026, 11, 13),
        1,
        (
            Slot(
                (
                    Link(0.9, 0.85, 0.1, Channel.IN_PERSON, date(2026, 10, 5)),
                    Link(1, 0.85, 0, Channel.PHONE),
                )
            ),
            Slot(
                (Link(0.5, 0.5, 0.5, Channel.MAIL, None, Known(date(2026, 9, 1), "yes", date(2026, 9, 3))),)
            ),
        ),
        date(2026, 11, 6),
        10,
    )


@pytest.mark.parametrize("path", ["shown", "patience", "slots/0/chain/1/channel"])
def test_optional_entry_left_out_is_filled_in(path: str) -> None:
    assert 0 < forecast(read_scenario(changed(path, ...))).odds < 1


def test_slots_and_chains_may_be_empty() -> None:
    assert forecast(read_scenario(changed("slots", []))).odds == 0
    assert forecast(read_scenario({**changed("slots", []), "need": 0})).odds == 1
    assert forecast(read_scenario({**SCENARIO, "slots": [{"chain": []}]})).odds == 0


CHAIN = "slots/0/chain/0"
KNOWN = "slots/1/chain/0/known"


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("today", ..., "today"),
        ("today", "1 October", "today"),
        ("today", "2026-02-30", "today"),
        ("today", 20261001, "today"),
        ("deadline", ["2026-11-13"], "deadline"),
        ("deadline", "2026-09-30", "deadline"),
        ("deadline", "9999-12-31", "deadline"),
        ("shown", "2026-11-14", "shown"),
        ("shown", "soon", "shown"),
        ("need", ..., "need"),
        ("need", -1, "need"),
        ("need", 1.5, "need"),
        ("need", True, "need"),
        ("need", "2", "need"),
        ("patience", -1, "patience"),
        ("patience", 2.5, "patience"),
        ("patience", 10_000, "patience"),
        ("slots", ..., "slots"),
        ("slots", {}, "slots"),
        ("slots/0", [], "slots[0]"),
        ("slots/0", {}, "slots[0].chain"),
        ("slots/0/chain", "mail", "slots[0].chain"),
        ("slots/0/chain/1", None, "slots[0].chain[1]"),
        (f"{CHAIN}/p", ..., "slots[0].chain[0].p"),
        (f"{CHAIN}/p", 1.0001, "slots[0].chain[0].p"),
        (f"{CHAIN}/r", -0.1, "slots[0].chain[0].r"),
        (f"{CHAIN}/l", float("nan"), "slots[0].chain[0].l"),
        (f"{CHAIN}/l", float("inf"), "slots[0].chain[0].l"),
        (f"{CHAIN}/p", 10**400, "slots[0].chain[0].p"),
        (f"{CHAIN}/p", "0.9", "slots[0].chain[0].p"),
        (f"{CHAIN}/p", True, "slots[0].chain[0].p"),
        (f"{CHAIN}/channel", "pigeon", "slots[0].chain[0].channel"),
        (f"{CHAIN}/channel", ["mail"], "slots[0].chain[0].channel"),
        (f"{CHAIN}/ask_on", ..., "slots[0].chain[0].ask_on"),
        (f"{CHAIN}/ask_on", "2026-09-30", "slots[0].chain[0].ask_on"),
        ("slots/0/chain/1/ask_on", "2026-09-30", "slots[0].chain[1].ask_on"),
        (KNOWN, [], "slots[1].chain[0].known"),
        (KNOWN, {}, "slots[1].chain[0].known.asked_on"),
        (f"{KNOWN}/asked_on", "2026-10-02", "slots[1].chain[0].known.asked_on"),
        (f"{KNOWN}/answer", "maybe", "slots[1].chain[0].known.answer"),
        (f"{KNOWN}/answer", ["yes"], "slots[1].chain[0].known.answer"),
        (f"{KNOWN}/answer", None, "slots[1].chain[0].known.answered_on"),
        (f"{KNOWN}/answered_on", "2026-08-31", "slots[1].chain[0].known.answered_on"),
        (f"{KNOWN}/answered_on", "2026-10-02", "slots[1].chain[0].known.answered_on"),
        (f"{KNOWN}/letter_on", "2026-10-02", "slots[1].chain[0].known.letter_on"),
    ],
)
def test_bad_entry_is_refused_with_its_place_and_reason(path: str, value: Any, where: str) -> None:
    with pytest.raises(ScenarioRefused) as refused:
        read_scenario(changed(path, value))
    place, reason = str(refused.value.sentence).split(": ", 1)
    assert place == where
    assert reason[0].isupper() or reason[0] == "“"
    assert reason.endswith(".")


@pytest.mark.parametrize("data", [None, [], "scenario", 3])
def test_anything_but_an_object_is_refused(data: object) -> None:
    with pytest.raises(ScenarioRefused, match="JSON object"):
        read_scenario(data)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("2026-10-01"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(
    st.sampled_from([*SCENARIO, "slots/0", "slots/0/chain", CHAIN, KNOWN])
    | st.sampled_from([f"{CHAIN}/{key}" for key in ("p", "r", "l", "channel", "ask_on")])
    | st.sampled_from([f"{KNOWN}/{key}" for key in ("asked_on", "answer", "answered_on")]),
    anything,
)
def test_any_json_anywhere_is_reckoned_or_refused(path: str, value: object) -> None:
    try:
        scenario = read_scenario(changed(path, value))
    except ScenarioRefused:
        return
    assert 0 <= forecast(scenario).odds <= 1
