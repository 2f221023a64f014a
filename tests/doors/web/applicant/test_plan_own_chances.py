"""The numbers a plan rests on may be said better by whoever knows the people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_contact, make_opportunity

from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.ledger.models import Line
from vouchsafe.people.models import Contact
from vouchsafe.plans.models import Opportunity, OwnChance


@pytest.fixture
def opening(cast: Cast) -> Opportunity:
    today = timezone.localdate()
    row = make_opportunity(cast.ada, "Analyst", need=1, spare=0, deadline_on=today + timedelta(days=40))
    make_contact(cast.ada, "Pia Holt", tie="mentor", knows_work=4, warmth=4, last_worked_on=today)
    redraw_plan(by=cast.ada, today=today, now=timezone.now())
    return row


def say(cast: Cast, opening: Opportunity, yes: str, who: str = "ada") -> tuple[Client, int]:
    client = Client()
    client.force_login(getattr(cast, who))
    pia = Contact.objects.get(name="Pia Holt")
    facts = {"opportunity": opening.key, "contact": pia.key, "yes": yes}
    return client, client.post("/plan/chances/", facts).status_code


def test_own_number_is_kept_shown_reckoned_with_and_undone(cast: Cast, opening: Opportunity) -> None:
    client, code = say(cast, opening, "33")
    assert code == 302
    page = client.get(f"/plan/?for={opening.key}").text
    assert "33 in 100 for a yes" in page
    assert "Pia Holt: 33 in 100, as you say." in page
    assert "This is your number." in page
    assert OwnChance.objects.get().yes == 33
    line = Line.objects.filter(verb="chance_said").get()
    assert line.detail == opening.key  # and not the number
    _, code = say(cast, opening, "")
    assert code == 302
    assert not OwnChance.objects.exists()
    assert "33 in 100 for a yes" not in client.get(f"/plan/?for={opening.key}").text


@pytest.mark.parametrize("wrong", ["0", "100", "-3", "half", "9" * 40, "٣٣³"])
def test_what_is_no_chance_is_refused_with_a_sentence(cast: Cast, opening: Opportunity, wrong: str) -> None:
    _, code = say(cast, opening, wrong)
    assert code == 409
    assert not OwnChance.objects.exists()


def test_eve_changes_no_number_of_others(cast: Cast, opening: Opportunity) -> None:
    assert say(cast, opening, "33", who="eve")[1] == 404
    assert Client().post("/plan/chances/", {"opportunity": opening.key}).status_code == 302
    assert not OwnChance.objects.exists()
