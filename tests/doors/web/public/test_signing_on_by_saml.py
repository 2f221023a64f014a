"""Signing in by SAML: what another site's form brings is checked, writes nothing, and counts only in the browser that asked."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as ours
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.saml_provider import MAIL, NAME, Assertion, asked, metadata

from vouchsafe.people.models import SignOn

BEGIN = "/accounts/sign-on/saml/"
ANSWER = "/accounts/sign-on/saml/answer"
BACK = "/accounts/sign-on/saml/back"
DESCRIPTION = "/accounts/sign-on/saml/metadata"


@pytest.fixture(autouse=True)
def _set(db: None, settings: Any, tmp_path: Path) -> None:
    call_command("createcachetable")
    cache.clear()
    (tmp_path / "idp.xml").write_text(metadata(), encoding="utf-8")
    settings.SIGN_ON = {
        "saml": {
            "name": "Kestrel College", "metadata": str(tmp_path / "idp.xml"), "idp": "", "entity_id": "", "subject": "",
            "address": "", "person": "", "domains": frozenset("*"), "authoritative": True, "joins": False,
        }
    }  # fmt: skip


def leave(client: Client, **fields: str) -> Assertion:
    """Begin, and what the provider would answer."""
    page = client.post(BEGIN, fields)
    assert page.status_code == 200
    request = asked(str(page["Refresh"]).removeprefix("0; url="))
    return Assertion(str(request.get("ID")), ours.BASE_URL + DESCRIPTION, ours.BASE_URL + ANSWER)


def of(cast: Cast, answer: Assertion) -> Assertion:
    return replace(answer, attributes={MAIL: cast.ada.email, NAME: "Ada Marsh"})


def post(client: Client, answer: Assertion) -> Any:
    """As a browser does it: the form comes from another site, so it brings no cookie of ours; what it sets is kept."""
    stranger = Client(enforce_csrf_checks=True)
    told = stranger.post(ANSWER, {"SAMLResponse": answer.answer(), "RelayState": "https://evil.example/"})
    client.cookies.update(stranger.cookies)
    return told


def tables() -> str:
    whole = hashlib.sha256()
    for model in apps.get_models():
        for row in model._default_manager.order_by("pk").values_list():
            whole.update(repr([model._meta.db_table, row]).encode())
    return whole.hexdigest()


def test_answers_from_one_address_are_limited_before_they_are_read(
    cast: Cast, client: Client, settings: Any
) -> None:
    answer = of(cast, leave(client))
    settings.ACCOUNT_RATE_LIMITS = {"sign_on_back": "2/m/ip"}
    assert [post(Client(), answer).status_code for _ in range(3)] == [303, 303, 429]


def test_round_signs_in_whom_the_provider_vouches_for(cast: Cast, client: Client) -> None:
    answer = of(cast, leave(client, next="/people/"))
    before = tables()
    told = post(client, answer)
    assert (told.status_code, told["Location"]) == (303, BACK)
    assert tables() == before
    back = client.get(BACK)
    assert (back.status_code, back["Location"]) == (302, "/people/")
    assert client.get("/")["Location"] == "/desk/"
    assert SignOn.objects.get().issuer == "https://idp.example.edu/metadata"
    assert client.cookies["vouchsafe-arrival"].value == ""
    assert client.get(BACK)["Location"] == "/desk/"


def test_account_page_names_the_provider_or_its_address_once_it_is_gone(
    cast: Cast, client: Client, settings: Any
) -> None:
    post(client, of(cast, leave(client)))
    client.get(BACK)
    assert "Kestrel College signs you in here" in client.get("/account/").content.decode()
    settings.SIGN_ON = {}
    assert "idp.example.edu signs you in here" in client.get("/account/").content.decode()


def test_same_answer_again_signs_nobody_in(cast: Cast, client: Client) -> None:
    answer = of(cast, leave(client))
    post(client, answer)
    assert client.get(BACK)["Location"] == "/desk/"
    client.post("/accounts/logout/")
    assert post(client, answer).status_code == 303
    page = client.get(BACK)
    assert page.status_code == 409
    assert "was used already" in page.content.decode()
    assert client.get("/").status_code == 200


def test_answer_counts_in_the_browser_that_asked_alone(cast: Cast, client: Client) -> None:
    """Neither a thief's browser nor one that was sent an answer of somebody else's."""
    answer = of(cast, leave(client))
    thief = Client()
    leave(thief)
    post(thief, answer)
    assert thief.get(BACK).status_code == 409
    assert thief.get("/").status_code == 200


def test_round_of_one_kind_is_answered_by_no_other(cast: Cast, client: Client, settings: Any) -> None:
    answer = of(cast, leave(client))
    settings.SIGN_ON = {
        **settings.SIGN_ON,
        "oidc": {**settings.SIGN_ON["saml"], "issuer": "https://x.example"},
    }
    assert (
        client.get("/accounts/sign-on/oidc/back", {"state": answer.request_id, "code": "x"}).status_code
        == 409
    )
    post(client, answer)
    assert client.get(BACK)["Location"] == "/desk/"


def test_answer_that_nobody_asked_for_is_refused(cast: Cast, client: Client) -> None:
    unasked = replace(of(cast, leave(client)), request_id="")
    assert post(client, unasked).status_code == 409
    assert client.get(BACK).status_code == 409


def test_form_of_anybody_writes_nothing_and_ends_on_a_calm_page(cast: Cast, client: Client) -> None:
    answer = of(cast, leave(client))
    before = tables()
    for bad in (
        replace(answer, signer="second"),
        replace(answer, seconds=-900),
        replace(answer, audience="x"),
    ):
        told = post(client, bad)
        assert told.status_code == 409
        assert 'href="/accounts/login/"' in told.content.decode()
        assert "vouchsafe-arrival" not in told.cookies
    assert Client().post(ANSWER).status_code == 409
    assert tables() == before
    assert post(client, answer).status_code == 303


def test_cookie_that_carries_the_answer_is_ours_fresh_and_secret(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(client, of(cast, leave(client)))
    cookie = client.cookies["vouchsafe-arrival"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 120)
    assert cast.ada.email not in cookie.value
    kept = cookie.value
    for wrong in ("", "x", "AAAA", kept[:-8] + "AAAAAAA=", "é"):
        client.cookies["vouchsafe-arrival"] = wrong
        assert client.get(BACK).status_code == 409
    client.cookies["vouchsafe-arrival"] = kept
    later = (timezone.now() + timedelta(seconds=121)).timestamp
    monkeypatch.setattr("vouchsafe.doors.web.public.views.signing_on.time.time", later)
    assert client.get(BACK).status_code == 409


def test_looking_changes_nothing(client: Client) -> None:
    before = tables()
    for address in (BEGIN, ANSWER, BACK, DESCRIPTION):
        for method in ("get", "head", "options"):
            getattr(client, method)(address)
    assert tables() == before


def test_description_says_where_to_send_people(client: Client) -> None:
    told = client.get(DESCRIPTION)
    assert told.status_code == 200
    assert told["Content-Type"] == "application/samlmetadata+xml"
    assert f'Location="{ours.BASE_URL}{ANSWER}"' in told.content.decode()
    assert "form-action 'self'" in told["Content-Security-Policy"]


@pytest.mark.parametrize("attributes", [{}, {MAIL: ""}, {NAME: "Ada"}])
def test_provider_that_hands_on_no_address_is_named(client: Client, attributes: dict[str, str]) -> None:
    post(client, replace(leave(client), attributes=attributes))
    assert "did not say which mail address is yours" in client.get(BACK).content.decode()


def test_metadata_that_is_gone_ends_on_a_calm_page(client: Client, settings: Any) -> None:
    settings.SIGN_ON["saml"]["metadata"] = "/nowhere/idp.xml"
    page = client.post(BEGIN)
    assert page.status_code == 503
    assert "can’t be reached right now" in page.content.decode()
