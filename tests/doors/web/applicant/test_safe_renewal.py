"""Ada asks for a newer letter from the Safe; the request waits to be looked at and sent."""

from __future__ import annotations

import pytest
from django.test import Client
from tests import factories
from tests.cast import Cast
from tests.sealing import CANARY, make_sealed

from vouchsafe.asks.models import Purpose, Waiver
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.models import Renewal, Seal


@pytest.fixture
def seal(cast: Cast) -> Seal:
    return make_sealed(
        cast.ben, factories.make_opportunity(cast.ada, deadline_on=None), confidentiality="waived"
    )


@pytest.fixture
def ada(cast: Cast, client: Client) -> Client:
    client.force_login(cast.ada)
    return client


def test_newer_letter_is_asked_for_in_kind_words_on_the_same_terms(
    cast: Cast, ada: Client, seal: Seal
) -> None:
    page = f"/safe/{seal.letter.key}/"
    asked = factories.make_opportunity(cast.ada, "MSc next year", deadline_on=None)
    assert f"{page}renewal" in ada.get(page).content.decode()
    form = ada.get(f"{page}renewal").content.decode()
    assert "Thank you again for the letter" in form
    assert "In confidence again." in form
    assert CANARY not in form
    note = "Dear Ben, would you write it anew?"
    prepared = ada.post(f"{page}renewal", {"opportunity": asked.key, "note": note})
    assert prepared.status_code == 302
    renewal = Renewal.objects.get()
    assert renewal.letter == seal.letter
    assert renewal.purpose.note == note
    assert renewal.purpose.confidentiality == Purpose.Choice.WAIVED
    assert Waiver.objects.filter(purpose=renewal.purpose).exists()
    assert not Outgoing.objects.filter(kind="ask", state="waiting").exists(), (
        "nothing leaves before she sends it"
    )
    assert prepared["Location"] == f"/asks/{renewal.purpose.request.key}/"
    assert ada.get(prepared["Location"]).status_code == 200
    assert "is asked for a newer one" in ada.get(page).content.decode()
    assert ada.get(f"{page}renewal")["Location"] == prepared["Location"]


def test_newer_letter_needs_something_it_is_for(ada: Client, seal: Seal) -> None:
    page = ada.get(f"/safe/{seal.letter.key}/renewal").content.decode()
    assert "Add what the newer letter is for" in page
    assert ada.post(f"/safe/{seal.letter.key}/renewal", {"note": "x"}).status_code == 422


def test_nobody_else_can_ask_for_a_newer_letter(cast: Cast, seal: Seal) -> None:
    asked = factories.make_opportunity(cast.eve, "Hers", deadline_on=None)
    for account, status in ((cast.eve, 404), (cast.dana, 404), (None, 302)):
        browser = Client()
        if account is not None:
            browser.force_login(account)
        place = f"/safe/{seal.letter.key}/renewal"
        assert browser.get(place).status_code == status
        assert browser.post(place, {"opportunity": asked.key, "note": "x"}).status_code == status
    assert not Renewal.objects.exists()
