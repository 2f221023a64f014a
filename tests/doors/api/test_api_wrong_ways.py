"""Whatever a program asks for under /api/v1, it is answered in JSON: also where there is nothing, or not in that way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.cast import Cast
from tests.pages import words_of

from vouchsafe.doors.api.document import document

Program = Callable[..., Client]
PLACES = (
    ("get", "/api/v1/nothing", 404),
    ("post", "/api/v1/nothing", 404),
    ("get", "/api/v1/people/", 404),
    ("get", "/api/v1/people/kein%20schlüssel", 404),
    ("get", "/api/v1/people/" + "0" * 24, 404),
    ("delete", "/api/v1/people", 405),
    ("put", "/api/v1/opportunities", 405),
    ("patch", "/api/v1/packets", 405),
    ("get", "/api/v1/readers/" + "0" * 24 + "/links", 405),
    ("post", "/api/v1/openapi.json", 405),
    ("post", "/api/v1/", 405),
)


@pytest.mark.parametrize(("method", "path", "status"), PLACES)
def test_wrong_way_or_place_is_told_as_a_problem(
    cast: Cast, program: Program, method: str, path: str, status: int
) -> None:
    client = program(cast.ada)
    client.handler.enforce_csrf_checks = True
    answer: Any = getattr(client, method)(path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    told = answer.json()
    assert told.keys() == {"type", "title", "status", "code", "detail", "key", "errors"}
    assert (told["status"], told["code"]) == (status, "not-here" if status == 404 else "not-that-way")
    if status == 405:
        assert answer["Allow"]
        assert method.upper() not in answer["Allow"]
        assert answer["Allow"] in told["detail"]


def test_asking_which_ways_there_are_is_a_wrong_way_as_well(cast: Cast, program: Program) -> None:
    answer = program(cast.ada).options("/api/v1/people")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, POST"


def test_document_says_how_long_a_readers_link_is_told() -> None:
    said = document()["components"]["schemas"]["ReaderLink"]["description"]
    assert "Idempotency-Key" in said
    assert "again for a day" in " ".join(said.split())


def test_reference_sets_names_as_code_and_shows_no_marks(client: Client, db: None) -> None:
    answer = client.get("/api/v1/")
    assert "<code>Idempotency-Key</code>" in answer.content.decode()
    assert "`" not in words_of(answer)
