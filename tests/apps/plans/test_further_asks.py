from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_contact, make_opportunity

from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.core.odds import forecast
from vouchsafe.plans.actions.name_phone_reference import name_phone_reference
from vouchsafe.plans.actions.wish_for import wish_for
from vouchsafe.plans.further_asks import scenario_of


def test_kept_scenario_gives_the_odds_that_were_kept(cast: Cast) -> None:
    opportunity = make_opportunity(cast.ada, need=2)
    for name in ("Mina Holt", "Jo Vale", "Kit Rowe"):
        make_contact(cast.ada, name, tie="mentor", knows_work=3, warmth=3)
    record_ask(
        by=cast.ada, contact=cast.ben, opportunity=opportunity, channel="in_person", said="yes",
        asked_on=TODAY - timedelta(days=2), today=TODAY, now=NOW,
    )  # fmt: skip
    kept = redraw_plan(by=cast.ada, today=TODAY, now=NOW).odds[opportunity.key]
    scenario = scenario_of(kept, TODAY)
    assert scenario is not None
    again = forecast(scenario)
    assert again.odds == pytest.approx(kept["odds"], abs=1e-9)
    assert again.by_day == pytest.approx(kept["by_day"], abs=1e-6)


def test_next_asks_leave_out_writers_the_forbidden_and_phone_references(cast: Cast) -> None:
    opportunity = make_opportunity(cast.ada, need=1, spare=0)
    free = make_contact(cast.ada, "Mina Holt", tie="mentor", knows_work=3, warmth=3)
    forbidden = make_contact(cast.ada, "Jo Vale", tie="mentor", knows_work=3, warmth=3)
    called = make_contact(cast.ada, "Kit Rowe", tie="mentor", knows_work=3, warmth=3)
    wish_for(by=cast.ada, opportunity=opportunity, contact=forbidden, kind="forbid", now=NOW)
    name_phone_reference(by=cast.ada, opportunity=opportunity, contact=called, named=True, now=NOW)
    offers = redraw_plan(by=cast.ada, today=TODAY, now=NOW).odds[opportunity.key]["offers"]
    assert [offer["contact"] for offer in offers] == [free.key]
    assert 0 < offers[0]["p_short"] < offers[0]["p"] < 1


def test_nothing_known_lies_after_the_owners_today(cast: Cast) -> None:
    """An evening ask in New York is already tomorrow in UTC; the plan must still know of it."""
    cast.ada.time_zone = "America/New_York"
    cast.ada.save()
    opportunity = make_opportunity(cast.ada, need=1, spare=0)
    late = datetime(2026, 10, 6, 1, 30, tzinfo=UTC)  # still 5 October in New York
    record_ask(
        by=cast.ada, contact=cast.ben, opportunity=opportunity, channel="mail", said="waiting",
        asked_on=late.date(), today=late.date(), now=late,
    )  # fmt: skip
    kept = redraw_plan(by=cast.ada, today=TODAY, now=late).odds[opportunity.key]
    assert kept["chains"][0][0]["known"]["asked_on"] == TODAY.isoformat()
