from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.doors.api.conftest import Program
from tests.factories import make_contact

from vouchsafe.doors.api import pace
from vouchsafe.ledger.models import Line
from vouchsafe.people.actions.make_program_token import make_program_token
from vouchsafe.people.actions.revoke_program_token import revoke_program_token
from vouchsafe.people.models import Contact, ProgramToken

PEOPLE = "/api/v1/people"


def test_person_added_by_a_program_stands_among_the_people(cast: Cast, program: Program) -> None:
    ada = program(cast.ada)
    said = {
        "name": "  Mina   Holt ",
        "addresses": ["mina@holt.example"],
        "tie": "mentor",
        "qualities": ["Patience"],
    }
    answer = ada.post(PEOPLE, said, "application/json")
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["name"], told["addresses"], told["qualities"]) == (
        "Mina Holt",
        ["mina@holt.example"],
        ["patience"],
    )
    assert Contact.objects.get(key=told["key"]).owner == cast.ada
    assert ada.get(f"{PEOPLE}/{told['key']}").json() == told
    assert Line.objects.get(verb="contact_added").about == told["key"]


def test_person_who_is_there_is_refused_with_their_key_unless_it_is_someone_else(
    cast: Cast, program: Program
) -> None:
    ada = program(cast.ada)
    said = {"name": cast.ben.name, "addresses": ["BEN@writers.example"]}
    answer = ada.post(PEOPLE, said, "application/json")
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    told = answer.json()
    assert (told["code"], told["key"], told["status"]) == ("contact-known-already", cast.ben.key, 409)
    assert told["type"] == "urn:vouchsafe:problem:contact-known-already"
    assert ada.post(PEOPLE, {**said, "someone_else": True}, "application/json").status_code == 201


def test_list_comes_in_pieces_that_hold_everybody_once(cast: Cast, program: Program) -> None:
    for n in range(7):
        make_contact(cast.ada, f"Person{n} Vale")
    ada, seen, cursor = program(cast.ada), [], ""
    for _ in range(3):
        told = ada.get(PEOPLE, {"limit": 3, "cursor": cursor}).json()
        seen += [one["name"] for one in told["items"]]
        cursor = told["next_cursor"]
    assert cursor is None
    assert seen == ["Ben Okafor", *(f"Person{n} Vale" for n in range(7))]


def test_cursor_that_was_changed_or_is_of_another_list_leads_nowhere(cast: Cast, program: Program) -> None:
    make_contact(cast.ada, "Mina Holt")
    ada = program(cast.ada)
    cursor = ada.get(PEOPLE, {"limit": 1}).json()["next_cursor"]
    for wrong in (cursor[:-6] + "AAAAAA", "7", "é", "=" * 9):
        assert ada.get(PEOPLE, {"cursor": wrong}).json()["code"] == "cursor-unknown"
    assert ada.get("/api/v1/requests", {"cursor": cursor}).status_code == 422


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ({"name": " "}, "body.said.name"),
        ({"name": "A\x00B"}, "body.said.name"),
        ({"name": "A", "warmth": 5}, "body.said.warmth"),
        ({"name": "A", "time_zone": "Mars/Olympus"}, "body.said.time_zone"),
        ({"name": "A", "profile": "javascript:alert(1)"}, "body.said.profile"),
        ({"name": "A", "last_worked_on": "0001-01-01"}, "body.said.last_worked_on"),
        ({"name": "A", "nickname": "B"}, "body.said.nickname"),
    ],
)
def test_what_is_wrong_is_told_by_its_place_and_not_sent_back(
    cast: Cast, program: Program, said: dict[str, Any], at: str
) -> None:
    answer = program(cast.ada).post(PEOPLE, said, "application/json")
    assert answer.status_code == 422
    assert [one["at"] for one in answer.json()["errors"]] == [at]
    assert "alert" not in answer.content.decode()
    assert Contact.objects.filter(owner=cast.ada).count() == 1


def test_eve_finds_nothing_that_is_adas(cast: Cast, program: Program) -> None:
    eve = program(cast.eve)
    absent = eve.get(f"{PEOPLE}/000000000000000000000000")
    hers = eve.get(f"{PEOPLE}/{cast.ben.key}")
    assert (hers.status_code, hers.content) == (404, absent.content)
    assert [one["key"] for one in eve.get(PEOPLE).json()["items"]] == [cast.ben_to_eve.key]


def test_token_does_what_it_may_and_nothing_else(cast: Cast, program: Program) -> None:
    reads = program(cast.ada, "people:read")
    assert reads.get(PEOPLE).status_code == 200
    for answer in (reads.post(PEOPLE, {"name": "A"}, "application/json"), reads.get("/api/v1/letters")):
        assert (answer.status_code, answer.json()["code"]) == (403, "token-may-not")
    assert reads.get("/api/v1/me").json()["grants"] == ["people:read"]


def test_nothing_opens_without_a_living_token(cast: Cast, client: Client) -> None:
    now = timezone.now()
    client.force_login(cast.ada)
    answer = client.get(PEOPLE)  # a cookie counts for nothing here
    assert (answer.status_code, answer.json()["code"]) == (401, "token-unknown")
    assert answer["WWW-Authenticate"].startswith("Bearer")
    row, token = make_program_token(by=cast.ada, name="A", grants=["people:read"], days=1, now=now)
    headers = {"authorization": f"Bearer {token}"}
    assert client.get(PEOPLE, headers=headers).status_code == 200
    ProgramToken.objects.update(expires_at=now - timedelta(seconds=1))
    assert client.get(PEOPLE, headers=headers).content == answer.content
    ProgramToken.objects.update(expires_at=None)
    revoke_program_token(by=cast.ada, token=row, now=now)
    assert client.get(PEOPLE, headers=headers).content == answer.content
    assert list(Line.objects.filter(about=row.key).values_list("verb", flat=True)) == [
        "token_made",
        "token_revoked",
    ]


def test_token_is_kept_as_its_hash_alone_and_its_use_to_the_hour(cast: Cast, program: Program) -> None:
    ada = program(cast.ada)
    shown = ada.defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    row = ProgramToken.objects.get()
    assert len(shown) > 43
    assert shown not in repr(vars(row))
    ada.get(PEOPLE)
    first = ProgramToken.objects.get().used_at
    assert first is not None
    ada.get(PEOPLE)
    assert ProgramToken.objects.get().used_at == first


def test_more_than_a_minute_has_room_for_waits(
    cast: Cast, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vouchsafe.doors.api.tokens.A_MINUTE", 3)
    now = timezone.now().replace(second=5)
    monkeypatch.setattr(
        "vouchsafe.doors.api.tokens.timezone", type("Clock", (), {"now": staticmethod(lambda: now)})
    )
    ada = program(cast.ada)
    assert [ada.get(PEOPLE).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    answer = ada.get(PEOPLE)
    assert answer.json()["code"] == "too-fast"
    assert 0 < int(answer["Retry-After"]) <= pace.MINUTE
    assert program(cast.eve).get(PEOPLE).status_code == 200


def test_guessing_tokens_is_slow(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    monkeypatch.setattr(
        "vouchsafe.doors.api.tokens.timezone", type("Clock", (), {"now": staticmethod(lambda: now)})
    )
    statuses = [
        client.get(PEOPLE, headers={"authorization": f"Bearer vouchsafe_{n}"}).status_code
        for n in range(pace.UNKNOWN_A_MINUTE + 2)
    ]
    assert statuses == [401] * pace.UNKNOWN_A_MINUTE + [429, 429]


def test_list_costs_the_same_for_one_and_for_many(
    cast: Cast, program: Program, django_assert_num_queries: Any
) -> None:
    ada = program(cast.ada)
    ada.get(PEOPLE)
    with django_assert_num_queries(3):  # the token, the people, their addresses
        ada.get(PEOPLE)
    for n in range(20):
        make_contact(cast.ada, f"Person{n} Vale")
    with django_assert_num_queries(3):
        assert len(ada.get(PEOPLE, {"limit": 100}).json()["items"]) == 21


def test_body_that_is_larger_than_is_read_is_a_problem_like_any(
    cast: Cast, program: Program, settings: Any
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = program(cast.ada).post(PEOPLE, {"name": "Mina Holt", "notes": "x" * 1000}, "application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["code"] == "not-readable"
    assert not Contact.objects.filter(name="Mina Holt").exists()
