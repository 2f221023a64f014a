from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast

from vouchsafe.ledger.keys import token_hash
from vouchsafe.people.actions.make_program_token import MOST, make_program_token
from vouchsafe.people.models import ProgramToken

PAGE = "/account/programs/"


@pytest.fixture
def ada(cast: Cast, client: Client) -> Client:
    client.force_login(cast.ada)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": timezone.now().timestamp()}]
    session.save()
    return client


def test_token_is_shown_once_and_opens_what_was_ticked(ada: Client) -> None:
    answer = ada.post(PAGE, {"name": "My script", "grants": ["people:read"], "days": "30"})
    assert answer.status_code == 201
    found = re.search(r"vouchsafe_[\w-]{43}", answer.content.decode())
    assert found is not None
    row = ProgramToken.objects.get()
    assert (row.token_hash, row.tail, row.grants) == (token_hash(found[0]), found[0][-4:], ["people:read"])
    again = ada.get(PAGE).content.decode()
    assert "My script" in again
    assert found[0] not in again
    asked = Client(headers={"authorization": f"Bearer {found[0]}"})
    assert asked.get("/api/v1/people").status_code == 200
    assert ada.post(f"{PAGE}{row.key}/revocation").status_code == 302
    assert asked.get("/api/v1/people").status_code == 401


def test_what_is_missing_is_said(ada: Client) -> None:
    answer = ada.post(PAGE, {"name": "", "days": "30"})
    assert answer.status_code == 422
    assert "Tick what the program may do." in answer.content.decode()
    assert ada.post(PAGE, {"name": "A", "grants": ["office:read"], "days": ""}).status_code == 422
    assert not ProgramToken.objects.exists()


def test_office_alone_is_offered_the_offices_grant(cast: Cast, ada: Client) -> None:
    assert "office:read" not in ada.get(PAGE).content.decode()
    ada.force_login(cast.dana)
    assert "office:read" in ada.get(PAGE).content.decode()


def test_more_tokens_than_anyone_needs_are_refused(cast: Cast, ada: Client) -> None:
    for n in range(MOST):
        make_program_token(by=cast.ada, name=f"P{n}", grants=["people:read"], days=None, now=timezone.now())
    answer = ada.post(PAGE, {"name": "One more", "grants": ["people:read"], "days": ""})
    assert answer.status_code == 422
    assert f"You have {MOST} tokens already." in answer.content.decode()


def test_eve_and_visitors_revoke_nothing_of_adas(cast: Cast, client: Client) -> None:
    row, _ = make_program_token(by=cast.ada, name="A", grants=["people:read"], days=None, now=timezone.now())
    assert client.post(f"{PAGE}{row.key}/revocation").status_code == 302
    client.force_login(cast.eve)
    assert client.post(f"{PAGE}{row.key}/revocation").status_code == 404
    assert "…" not in client.get(PAGE).content.decode().partition("<main")[2].partition("Let a program in")[0]
    row.refresh_from_db()
    assert row.revoked_at is None


def test_reference_reads_without_scripts_and_loads_nothing_from_elsewhere(client: Client, db: None) -> None:
    page = client.get("/api/v1/").content.decode()
    assert "Add a person" in page
    assert "/api/v1/letters/{key}/file" in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    document = client.get("/api/v1/openapi.json")
    assert document.json()["openapi"] == "3.1.0"
