"""Requests lived through with a known truth: where forecasts come true they are shown, elsewhere they hide themselves."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from tests.apps.asks.closed_worlds import all_at_once, as_assumed, blind_to_ties, live_through, luckier
from tests.factories import make_account, make_contact, make_instance, make_opportunity

from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.asks.calibration import calibration, outcomes, verdict
from vouchsafe.asks.experience import experience
from vouchsafe.core.odds.calibration import Outcome
from vouchsafe.core.odds.priors import chance_of_yes
from vouchsafe.core.odds.tie import Tie

CI = {"requests": 210, "waves": 2, "seed": 20}
SOAK = {"requests": 2_000, "waves": 8, "seed": 7}
SIZES = [
    pytest.param(CI, marks=pytest.mark.wide, id="ci"),
    pytest.param(SOAK, marks=pytest.mark.soak, id="soak"),
]


@pytest.fixture(autouse=True)
def _instance(db: None) -> None:
    make_instance(make_account("Dana Whitlock", role="office"))


def test_fewer_than_two_hundred_closed_requests_are_not_judged() -> None:
    over = live_through(blind_to_ties, requests=30, waves=1, seed=3)
    said = verdict(over)
    assert said.shown
    assert "30 requests have been closed here, and 200 are needed" in str(said.why)


@pytest.mark.parametrize("size", SIZES)
def test_world_as_assumed_shows_its_number(size: dict[str, int]) -> None:
    over = live_through(as_assumed, **size)
    found = calibration(over)
    assert found.requests == size["requests"]
    assert found.brier < 0.95 * found.base_brier
    assert 0.75 <= found.coverage <= 0.85
    assert found.shown
    assert "have come true" in str(found.why)


@pytest.mark.soak
@pytest.mark.parametrize("size", [SOAK])
def test_world_where_it_makes_no_difference_who_is_asked_hides_its_number(size: dict[str, int]) -> None:
    over = live_through(blind_to_ties, **size)
    found = calibration(over)
    assert not found.shown
    assert "hidden" in str(found.why)
    assert "plain share" in str(found.why)


@pytest.mark.parametrize("size", SIZES)
def test_world_where_letters_come_on_other_days_hides_its_number(size: dict[str, int]) -> None:
    over = live_through(all_at_once, **size)
    found = calibration(over)
    assert found.brier < 0.95 * found.base_brier, "whether they come is foreseen"
    assert not found.shown, "when they come is not"
    assert "came on the days expected" in str(found.why)
    ada = make_account("Ada Marsh")
    make_contact(ada, tie="direct_manager", knows_work=4, warmth=4)
    make_opportunity(ada, deadline_on=over + timedelta(days=60))
    plan = redraw_plan(by=ada, today=over, now=datetime.combine(over, time(12), UTC))
    assert plan.trust["shown"] is False, "the plan keeps it"
    assert "hidden" in plan.trust["why"][0]


@pytest.mark.soak
@pytest.mark.parametrize("size", [SOAK])
def test_world_other_than_assumed_is_learned(size: dict[str, int]) -> None:
    over = live_through(luckier, **size)
    seen = experience(over)
    chances = {
        tie: chance_of_yes(tie, asked_in_person=False, experience=seen) for tie in (Tie.SUPERVISOR, Tie.WEAK)
    }
    for tie, truth in ((Tie.SUPERVISOR, 0.45), (Tie.WEAK, 0.7)):
        assert chances[tie].low - 0.05 <= truth <= chances[tie].high + 0.05
        assert chances[tie].seen > size["requests"] // 8
    kept = outcomes(over)
    half = len(kept) // 2

    def miss(part: list[Outcome]) -> float:
        return sum((o.forecast - o.in_time) ** 2 for o in part) / len(part)

    assert miss(kept[:half]) < miss(kept[half:]), "the newer half of the forecasts is the better one"
