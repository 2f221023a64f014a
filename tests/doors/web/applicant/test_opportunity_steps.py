"""A first opportunity by hand: one thing a page, and nothing kept before both are answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast

from vouchsafe.plans.models import Opportunity

HERE = "/opportunities/new/steps/"
WHAT = {"step": "what", "title": "Programme analyst", "organisation": "Harbour & Vale", "kind": "job"}


@pytest.fixture
def ada(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.ada)
    return browser


def test_two_pages_ask_one_thing_each_and_lead_to_the_desk(ada: Client, cast: Cast) -> None:
    assert HERE in ada.get("/desk/").content.decode()
    first = ada.get(HERE).content.decode()
    assert "Step 1 of 2" in first
    assert "How many letters do you need?" not in first
    second = ada.post(HERE, WHAT).content.decode()
    assert "How many, and by when?" in second
    assert 'name="title" value="Programme analyst"' in second
    assert not Opportunity.objects.exists()
    day = timezone.localdate() + timedelta(days=30)
    answers = {**WHAT, "step": "when", "need": "2", "deadline_on": day.isoformat(), "letters": "unknown",
               "spare": "1", "zone": "Europe/London"}  # fmt: skip
    assert ada.post(HERE, answers)["Location"] == "/desk/"
    kept = Opportunity.objects.get(owner=cast.ada)
    assert (kept.title, kept.need, kept.deadline_on) == ("Programme analyst", 2, day)
    assert "Programme analyst is kept." in ada.get("/desk/").content.decode()


def test_wrong_answers_are_asked_again_on_their_own_page(ada: Client) -> None:
    answer = ada.post(HERE, {**WHAT, "title": ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Say what the letter is for" in page
    assert "Say how many letters" not in page
    past = {
        **WHAT,
        "step": "when",
        "need": "2",
        "deadline_on": "2020-01-01",
        "letters": "unknown",
        "spare": "1",
        "zone": "UTC",
    }
    answer = ada.post(HERE, past)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "That day has passed." in page
    assert 'name="title" value="Programme analyst"' in page
    assert ada.post(HERE, {**past, "title": ""}).status_code == 422
    assert not Opportunity.objects.exists()


def test_steps_are_for_who_is_signed_in() -> None:
    assert Client().get(HERE).status_code == 302
