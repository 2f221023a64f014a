from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_contact, make_opportunity, make_purpose, proven

from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.core import planning
from vouchsafe.core.planning.choose import Proof, Score
from vouchsafe.core.words import from_plain
from vouchsafe.plans.access import choice_for, current_plan
from vouchsafe.plans.models import Choice, Plan
from vouchsafe.plans.planning import share_left


def test_plan_drawn_twice_replaces_the_first(cast: Cast) -> None:
    make_opportunity(cast.ada)
    first = redraw_plan(by=cast.ada, today=TODAY, now=NOW)
    second = redraw_plan(by=cast.ada, today=TODAY, now=NOW + timedelta(minutes=1))
    assert current_plan(cast.ada) == second
    assert Plan.objects.get(pk=first.pk).replaced_at is not None


def test_plan_of_nothing_is_empty(cast: Cast) -> None:
    plan = redraw_plan(by=cast.ada, today=TODAY, now=NOW)
    assert plan.slots.count() == 0


def test_who_knows_the_work_is_chosen_before_a_distant_title(cast: Cast) -> None:
    opportunity = make_opportunity(cast.ada, need=1, spare=0)
    make_contact(cast.ada, "Sir Distant Name", tie="weak", knows_work=0, warmth=1, seniority=4)
    redraw_plan(by=cast.ada, today=TODAY, now=NOW)
    first = Choice.objects.get(rank=0)
    assert first.contact == cast.ben
    assert [str(from_plain(sentence)) for _, _, sentence in first.reasons]
    assert choice_for(cast.ada, opportunity.key, cast.ben.key) == first


def test_plan_starts_in_the_middle_with_a_yes_in_person(cast: Cast) -> None:
    opportunity = make_opportunity(cast.ada, need=1, spare=0)
    before = redraw_plan(by=cast.ada, today=TODAY, now=NOW).odds[opportunity.key]["odds"]
    record_ask(
        by=cast.ada, contact=cast.ben, opportunity=opportunity, channel="in_person", said="yes",
        asked_on=TODAY, today=TODAY, now=NOW,
    )  # fmt: skip
    after = redraw_plan(by=cast.ada, today=TODAY, now=NOW).odds[opportunity.key]["odds"]
    assert after > before


def test_a_no_lets_the_next_one_write(cast: Cast) -> None:
    opportunity = make_opportunity(cast.ada, need=1, spare=0)
    other = make_contact(cast.ada, "Mina Holt", tie="mentor", knows_work=3, warmth=3)
    purpose = make_purpose(cast.ben, opportunity)
    record_answer(visit=proven(purpose), said="no", today=TODAY, now=NOW + timedelta(hours=1))
    redraw_plan(by=cast.ada, today=TODAY, now=NOW + timedelta(hours=2))
    plan = current_plan(cast.ada)
    writers = {choice.contact for choice in Choice.objects.filter(slot__plan=plan)}
    assert other in writers


@pytest.mark.parametrize(
    ("gaps", "share"),
    [
        ({"slots": 0, "fit": 0, "hours": 0, "heaviest": 0}, 0.0),
        ({"slots": 2}, 1.0),
        ({"slots": 0, "fit": 1}, 0.01),
        ({"slots": 0, "fit": 0, "hours": 3}, 0.0001),
    ],
)
def test_gap_is_kept_as_the_share_that_may_be_missed(gaps: dict[str, int], share: float) -> None:
    plan = planning.draw([], [], today=TODAY)
    drawn = replace(plan, score=Score(1, 99, 6, 6), proof=Proof(gaps, 1.0))
    assert share_left(drawn) == share
