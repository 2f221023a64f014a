from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_contact, make_opportunity

from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.people.models import Contact
from vouchsafe.plans import candidates as module
from vouchsafe.plans.actions.wish_for import wish_for
from vouchsafe.plans.candidates import candidates
from vouchsafe.plans.models import Choice


@pytest.fixture
def crowd(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[Contact]:
    """Ten names from a file, of whom nothing is known, on a list that is too long to take whole."""
    monkeypatch.setattr(module, "ALL", 5)
    monkeypatch.setattr(module, "MOST", 3)
    return Contact.objects.bulk_create(
        Contact(owner=cast.ada, name=f"Name {n}", title="Director", seniority=4, added_at=NOW)
        for n in range(10)
    )


def names(cast: Cast, *also: str) -> set[str]:
    return {row.name for row in candidates(cast.ada, also)[0]}


def test_a_short_list_is_taken_whole(cast: Cast) -> None:
    make_contact(cast.ada, "Only Name")
    assert names(cast) == {cast.ben.name, "Only Name"}
    assert candidates(cast.ada)[1] == 0


def test_of_a_long_list_those_count_of_whom_something_was_said(cast: Cast, crowd: list[Contact]) -> None:
    make_contact(cast.ada, "Mina Holt", warmth=1)
    assert names(cast) == {cast.ben.name, "Mina Holt"}
    assert candidates(cast.ada)[1] == len(crowd)


def test_of_very_many_those_who_know_the_work_best_count(cast: Cast, crowd: list[Contact]) -> None:
    cast.ben.delete()
    for knows in (0, 1, 2, 3, 4):
        make_contact(cast.ada, f"K{knows} Holt", knows_work=knows)
    assert names(cast) == {"K4 Holt", "K3 Holt", "K2 Holt"}


def test_whoever_was_chosen_or_asked_counts_always(cast: Cast, crowd: list[Contact]) -> None:
    opportunity = make_opportunity(cast.ada, deadline_on=TODAY + timedelta(days=40), need=3)
    wish_for(by=cast.ada, opportunity=opportunity, contact=crowd[0], kind="pin", now=NOW)
    wish_for(by=cast.ada, opportunity=opportunity, contact=crowd[1], kind="forbid", now=NOW)
    record_ask(
        by=cast.ada, contact=crowd[2], opportunity=opportunity, channel="phone", said="yes", asked_on=TODAY,
        today=TODAY, now=NOW,
    )  # fmt: skip
    assert names(cast, crowd[2].key) == {cast.ben.name, crowd[0].name, crowd[2].name}
    plan = redraw_plan(by=cast.ada, today=TODAY, now=NOW)
    assert plan.left_out == 8
    asked = {choice.contact.name for choice in Choice.objects.filter(slot__plan=plan)}
    assert asked == {cast.ben.name, crowd[0].name, crowd[2].name}
