"""What a no would cost, and where a likelier yes does harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from vouchsafe.core.odds import Channel, Known, Link, Scenario, Slot, final_odds
from vouchsafe.core.odds.what_if import idle_yeses, odds_if_no

TODAY = date(2026, 10, 12)
GOOD = Link(0.8, 0.9, 0.1, Channel.MAIL, TODAY)
STAND_BY = Link(0.7, 0.9, 0.1, Channel.IN_PERSON)
READY_BUT_IDLE = Link(0.6, 0.05, 0.5, Channel.IN_PERSON, TODAY)


def scenario(*slots: tuple[Link, ...], need: int = 1) -> Scenario:
    return Scenario(TODAY, TODAY + timedelta(days=40), need, tuple(Slot(chain) for chain in slots))


def test_no_of_the_first_leaves_what_the_stand_by_brings_from_today() -> None:
    alone = final_odds(scenario((replace(STAND_BY, ask_on=TODAY),)))
    assert odds_if_no(scenario((GOOD, STAND_BY)), 0, 0) == pytest.approx(alone)
    asked = replace(GOOD, known=Known(TODAY - timedelta(days=3), "yes", TODAY))
    assert odds_if_no(scenario((asked, STAND_BY)), 0, 0) == pytest.approx(alone)


def test_no_without_a_stand_by_leaves_the_other_slots() -> None:
    both = scenario((GOOD,), (GOOD, STAND_BY))
    assert odds_if_no(both, 0, 0) == pytest.approx(final_odds(scenario((GOOD, STAND_BY))))


def test_no_of_a_stand_by_leaves_the_chain_without_them() -> None:
    assert odds_if_no(scenario((GOOD, STAND_BY)), 0, 1) == pytest.approx(final_odds(scenario((GOOD,))))
    last = replace(STAND_BY, p=0.3)
    assert odds_if_no(scenario((GOOD, STAND_BY, last)), 0, 1) == pytest.approx(
        final_odds(scenario((GOOD, last)))
    )


def test_ready_yes_of_somebody_who_seldom_writes_is_named() -> None:
    (idle,) = idle_yeses(scenario((GOOD, STAND_BY), (READY_BUT_IDLE, STAND_BY), need=2))
    assert (idle.slot, idle.place) == (1, 0)
    surer = replace(READY_BUT_IDLE, p=1.0)
    assert idle.lost == pytest.approx(
        final_odds(scenario((GOOD, STAND_BY), (READY_BUT_IDLE, STAND_BY), need=2))
        - final_odds(scenario((GOOD, STAND_BY), (surer, STAND_BY), need=2))
    )
    assert "lowers the odds" in str(idle.sentence)


def test_nobody_is_named_where_a_yes_helps_or_nothing_can_change() -> None:
    answered = replace(READY_BUT_IDLE, known=Known(TODAY, "yes", TODAY))
    for chain in ((GOOD, STAND_BY), (READY_BUT_IDLE,), (answered, STAND_BY), ()):
        assert idle_yeses(scenario(chain)) == ()
