from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.cast import Cast

from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.people.actions.make_sign_in_link import make_sign_in_link

LOGIN = "/accounts/login/"
CONFIRM = "/accounts/login/code/confirm/"


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    from django.core.cache import cache
    from django.core.management import call_command

    call_command("createcachetable")
    cache.clear()


def ask_for_code(client: Client, email: str) -> str:
    """Type an address, and read the code from the outbox."""
    answer = client.post(LOGIN, {"login": email})
    assert answer.status_code == 302
    assert answer["Location"].startswith(CONFIRM)
    row = Outgoing.objects.filter(kind="sign_in_code").latest("id")
    parcel = outbox.read(row)
    assert parcel.to_address == email
    return str(parcel.facts["code"])


def test_code_by_mail_signs_in_and_leads_to_the_desk(cast: Cast, client: Client) -> None:
    code = ask_for_code(client, cast.ada.email)
    answer = client.post(CONFIRM, {"code": code})
    assert answer.status_code == 302
    assert answer["Location"] == "/desk/"
    assert client.get("/").headers["Location"] == "/desk/"
    assert EmailAddress.objects.get(user=cast.ada).verified


def test_code_leads_who_runs_the_office_there(cast: Cast, client: Client) -> None:
    code = ask_for_code(client, cast.dana.email)
    assert client.post(CONFIRM, {"code": code})["Location"] == "/office/"


def test_wrong_code_says_so_and_signs_nobody_in(cast: Cast, client: Client) -> None:
    code = ask_for_code(client, cast.ada.email)
    wrong = "AAA-AAA" if code != "AAA-AAA" else "BBB-BBB"
    page = client.post(CONFIRM, {"code": wrong})
    assert "That is not the code we sent" in page.content.decode()
    assert client.get("/").status_code == 200


def test_signing_in_answers_known_and_unknown_addresses_alike(cast: Cast) -> None:
    seen = []
    for email in (cast.ada.email, "who@nowhere.example"):
        client = Client()
        sent = client.post(LOGIN, {"login": email})
        page = client.get(CONFIRM)
        wrong = client.post(CONFIRM, {"code": "ZZZ-ZZZ"})
        seen.append(
            (
                sent.status_code,
                sent["Location"],
                page.status_code,
                _told(page.content, email),
                wrong.status_code,
                _told(wrong.content, email),
            )
        )
    assert seen[0] == seen[1]
    assert Outgoing.objects.filter(kind="sign_in_code").count() == 1
    note = outbox.read(Outgoing.objects.get(kind="account_note"))
    assert note.to_address == "who@nowhere.example"
    assert note.facts["what"] == "unknown_account"


def test_password_reset_answers_known_and_unknown_addresses_alike(cast: Cast) -> None:
    seen = []
    for email in (cast.ada.email, "who@nowhere.example"):
        client = Client()
        sent = client.post("/accounts/password/reset/", {"email": email})
        page = client.get(sent["Location"])
        seen.append((sent.status_code, sent["Location"], page.status_code, _told(page.content, email)))
    assert seen[0] == seen[1]


def test_joining_answers_known_and_unknown_addresses_alike(cast: Cast, settings: Settings) -> None:
    settings.OPEN_SIGN_UP = True
    seen = []
    for email in (cast.ada.email, "new@nowhere.example"):
        client = Client()
        sent = client.post("/accounts/signup/", {"email": email, "name": "Somebody"})
        page = client.get(sent["Location"])
        seen.append((sent.status_code, sent["Location"], page.status_code, _told(page.content, email)))
    assert seen[0] == seen[1]
    assert Line.objects.filter(verb="joined").count() == 1


def test_joining_is_closed_unless_the_institution_opens_it(cast: Cast, client: Client) -> None:
    page = client.get("/accounts/signup/")
    assert "You join here by invitation" in page.content.decode()
    client.post("/accounts/signup/", {"email": "new@nowhere.example", "name": "New"})
    assert not Outgoing.objects.exists()


def test_database_holds_no_usable_code_or_cookie(cast: Cast, client: Client) -> None:
    code = ask_for_code(client, cast.ada.email)
    cookie = client.cookies["vouchsafe"].value
    kept = [str(value) for row in Session.objects.values() for value in row.values()]
    kept += [str(value) for row in Outgoing.objects.values() for value in row.values()]
    assert kept
    for value in kept:
        assert code not in value
        assert cookie not in value
    thief = Client()
    for row in Session.objects.all():
        thief.cookies["vouchsafe"] = row.session_key
        assert thief.post(CONFIRM, {"code": code})["Location"] == "/accounts/login/code/"


def test_sign_in_link_shows_who_then_works_once(cast: Cast, client: Client) -> None:
    token = make_sign_in_link(account=cast.ada, by="command", now=timezone.now())
    page = client.get(f"/enter/{token}")
    assert "signs you in as Ada Marsh" in page.content.decode()
    assert not client.cookies.get("vouchsafe")
    assert client.post(f"/enter/{token}")["Location"] == "/desk/"
    assert client.get("/")["Location"] == "/desk/"
    again = Client()
    assert "used already" in again.get(f"/enter/{token}").content.decode()
    assert again.post(f"/enter/{token}").status_code == 409
    assert again.get("/").status_code == 200


def test_old_or_unknown_sign_in_link_lets_nobody_in(cast: Cast, client: Client) -> None:
    token = make_sign_in_link(
        account=cast.ada, by="command", now=timezone.now() - timedelta(hours=13), life=timedelta(hours=12)
    )
    assert client.post(f"/enter/{token}").status_code == 409
    assert client.get("/enter/" + "x" * 43).status_code == 404
    assert client.post("/enter/" + "x" * 43).status_code in (404, 409)
    assert client.get("/").status_code == 200


def test_password_is_optional_and_signs_in_where_set(cast: Cast, client: Client) -> None:
    cast.ada.set_password("three quiet lamps burning")
    cast.ada.save()
    EmailAddress.objects.create(user=cast.ada, email=cast.ada.email, verified=True, primary=True)
    wrong = client.post("/accounts/login/password/", {"login": cast.ada.email, "password": "no"})
    assert "don’t go together" in wrong.content.decode()
    right = {"login": cast.ada.email, "password": "three quiet lamps burning"}
    assert client.post("/accounts/login/password/", right)["Location"] == "/desk/"


def _told(body: bytes, email: str) -> str:
    """A page without what may differ: the address that was typed, and the form's token."""
    text = body.decode().replace(email, "ADDRESS")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
