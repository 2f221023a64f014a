"""The brief: a sheet that is read without writing, a slip made by a press, and what was said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_opportunity

from vouchsafe.asks.access import visit_by_token
from vouchsafe.asks.models import Ask, Link, Request
from vouchsafe.ledger.models import Line


@pytest.fixture
def ada(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.ada)
    return client


@pytest.fixture
def brief(cast: Cast) -> str:
    opportunity = make_opportunity(cast.ada, deadline_on=timezone.localdate() + timedelta(days=35))
    return f"/brief/{cast.ben.key}/{opportunity.key}/"


def spoken(said: str, days: int = 0, **more: object) -> dict[str, object]:
    day = timezone.localdate() + timedelta(days=days)
    return {
        "said": said, "channel": "in_person", "asked_on_year": day.year, "asked_on_month": day.month,
        "asked_on_day": day.day, "note": "In the yard.", **more,
    }  # fmt: skip


def test_sheet_holds_the_three_sentences_and_makes_no_link(ada: Client, brief: str) -> None:
    page = ada.get(brief).text
    assert "Asking Ben Okafor in person" in page
    assert page.count('<ol class="brief-say"><li>') == 1
    assert "Programme analyst (Harbour &amp; Vale Trust)" in page
    assert "Make a slip" in page
    assert not Request.objects.exists()


def test_slip_carries_the_address_as_code_and_as_text(ada: Client, brief: str) -> None:
    for _ in range(2):
        ada.post(f"{brief}slip/")
    page = ada.get(brief).text
    token = page.split("/r/")[1][:43]
    assert not visit_by_token(token).is_proven
    assert "paper-qr" in page
    assert Link.objects.count() == 1


@pytest.mark.parametrize("said", ["no", "not_met"])
def test_what_was_said_is_kept_and_can_be_undone(ada: Client, brief: str, said: str) -> None:
    page = ada.post(f"{brief}asks/", spoken(said), follow=True).text
    row = Ask.objects.get()
    assert (row.said, row.note) == (said, "In the yard.")
    assert f"{brief}asks/{row.key}/removal/" in page
    for _ in range(2):
        ada.post(f"{brief}asks/{row.key}/removal/")
    assert Ask.objects.get().undone_at is not None
    assert Line.objects.filter(verb="ask_undone").count() == 1


def test_yes_leads_on_to_the_mail_and_thanks_for_the_talk(ada: Client, brief: str) -> None:
    page = ada.post(f"{brief}asks/", spoken("yes"), follow=True).text
    assert "Thank you for saying yes when we spoke" in page
    assert "In the yard" not in page  # what Ada notes for herself is not for Ben


def test_maybe_needs_a_later_day(ada: Client, brief: str) -> None:
    refused = ada.post(f"{brief}asks/", spoken("maybe"))
    assert refused.status_code == 422
    assert "A maybe needs the day" in refused.text
    later = timezone.localdate() + timedelta(days=4)
    until = {
        "maybe_until_year": later.year,
        "maybe_until_month": later.month,
        "maybe_until_day": later.day,
    }
    ada.post(f"{brief}asks/", spoken("maybe", **until))
    assert Ask.objects.get().maybe_until == later


def test_talk_in_the_future_and_no_answer_at_all_are_refused(ada: Client, brief: str) -> None:
    assert "lies in the future" in ada.post(f"{brief}asks/", spoken("yes", days=2)).text
    assert ada.post(f"{brief}asks/", {}).status_code == 422
    assert not Ask.objects.exists()


def test_laptop_without_an_address_prints_no_code(cast: Cast, ada: Client, brief: str) -> None:
    type(cast.instance).objects.update(host="personal")
    ada.post(f"{brief}slip/")
    page = ada.get(brief).text
    assert "no public address" in page
    assert "paper-qr" not in page
    assert not Link.objects.exists()
