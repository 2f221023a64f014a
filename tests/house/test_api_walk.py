"""Promise 29: whatever a program sends, the interface never falls over, and answers as its own document says.

The walk is driven by the OpenAPI document: each question is one of its operations with values drawn from their
schemas, then bent. The test client raises what a server would answer with 500.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_opportunity, make_purpose
from tests.soak import turns

from vouchsafe.core.grants import GRANTS
from vouchsafe.doors.api.document import document
from vouchsafe.people.actions.make_program_token import make_program_token

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 1.5, float("nan"), float("inf"), "", " ", "\x00", "a\x00b", "\ud800", "😀" * 300, "9" * 400,
    "../../etc/passwd", "' OR 1=1 --", "{{7*7}}", "\u202e", "-0", [], [[]], [None], {}, {"a": {"b": []}}, "x" * 5000,
)  # fmt: skip
DATES = ("2027-01-15", "0000-00-00", "0001-01-01", "9999-12-31", "2027-02-30", "2027-1-1", "")
TIMES = ("17:00", "17:00:59.5", "24:00", "17:00+02:00", "noon")
SIGNS = "aZ09 .,;:!?@/\\'\"<>&%=+-_#\n\t\x00\x7f\u00e9\u4e2d\u202e\U0001f600"


@dataclass(frozen=True)
class Question:
    method: str
    path: str
    parameters: tuple[dict[str, Any], ...]
    body: dict[str, Any] | None
    answers: frozenset[int]


def questions() -> Iterator[Question]:
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            yield Question(
                method,
                path,
                tuple(operation["parameters"]),
                content["application/json"]["schema"] if content else None,
                frozenset(int(status) for status in operation["responses"]),
            )


class Asker:
    """Draws questions; a tenth of what stands anywhere is something else altogether."""

    def __init__(self, seed: int, known: list[str]) -> None:
        self.chance, self.known = random.Random(seed), known
        self.all = list(questions())
        self.schemas = document()["components"]["schemas"]

    def question(self) -> tuple[Question, str, dict[str, str], bytes]:
        question = self.chance.choice(self.all)
        path, query = question.path, {}
        for one in question.parameters:
            if one["in"] == "path":
                path = path.replace("{key}", quote(self._key().encode("utf-8", "replace"), safe=""))
            elif self.chance.random() < 0.6:
                query[one["name"]] = str(self._drawn(one["schema"])).encode("utf-8", "replace").decode()
        return question, path, query, self._body(question.body) if question.body else b""

    def _key(self) -> str:
        hexed = f"{self.chance.getrandbits(96):024x}"
        return self.chance.choice([*self.known, hexed, self._text(40) or "x"])

    def _body(self, schema: dict[str, Any]) -> bytes:
        if self.chance.random() < 0.1:
            return self.chance.choice(
                [b"", b"{", b"\xff\xfe", b"[" * 5000, b"null", b'"\\ud800"', b'{"name":1e999}']
            )
        return json.dumps(self._drawn(schema)).encode()

    def _drawn(self, schema: dict[str, Any]) -> Any:
        """A value of a schema, and at its edges."""
        if self.chance.random() < 0.1:
            return self.chance.choice(ODD)
        if "$ref" in schema:
            return self._object(self.schemas[schema["$ref"].rsplit("/", 1)[1]])
        if "anyOf" in schema:
            return self._drawn(self.chance.choice(schema["anyOf"]))
        if "enum" in schema:
            return self.chance.choice(schema["enum"])
        match schema.get("type"):
            case "array":
                return [self._drawn(schema["items"]) for _ in range(self.chance.randrange(4))]
            case "integer":
                return self.chance.randint(schema.get("minimum", -5) - 1, schema.get("maximum", 300) + 1)
            case "number":
                return self.chance.choice([0, 6, 6.5, 100.1, -1])
            case "boolean":
                return self.chance.random() < 0.5
            case "null":
                return None
        match schema.get("format"):
            case "date":
                return self.chance.choice(DATES)
            case "time":
                return self.chance.choice(TIMES)
        return self._text(schema.get("maxLength", 40) + 1)

    def _object(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Mostly what an example shows, so that many questions are understood; each part drawn anew now and then."""
        made = dict(self.chance.choice(schema["examples"]))
        for name, one in schema["properties"].items():
            if self.chance.random() < 0.15:
                made[name] = self._drawn(one)
        if self.chance.random() < 0.5 and isinstance(made.get("name"), str):
            made["name"] += self._text(6)
        return made

    def _text(self, most: int) -> str:
        return "".join(self.chance.choices(SIGNS, k=self.chance.randrange(min(most, 60) + 1)))


def walk(cast: Cast, count: int, seed: int) -> Counter[int]:
    """So many questions by someone who may do everything, by the office and by nobody. Gives how often each status came."""
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    known = [cast.ben.key, purpose.request.key, purpose.opportunity.key, cast.ada.key, cast.ben_to_eve.key]
    ada, dana = _program(cast.ada), _program(cast.dana)
    asker, clients = Asker(seed, known), [Client(), *[ada] * 7, *[dana] * 2]
    came: Counter[int] = Counter()
    for _ in range(count):
        question, path, query, body = asker.question()
        client = asker.chance.choice(clients)
        answer = client.generic(question.method.upper(), path, body, "application/json", query_params=query)
        told = f"seed {seed}: {question.method} {path} {query} {body!r} gave {answer.status_code}"
        assert answer.status_code in question.answers | {404}, told
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json", told
            assert answer.json()["status"] == answer.status_code, told
        came[answer.status_code] += 1
    return came


def _program(account: Any) -> Client:
    grants = [one for one in GRANTS if account.runs_office or not one.startswith("office")]
    _, token = make_program_token(by=account, name="Walk", grants=grants, days=None, now=timezone.now())
    return Client(headers={"authorization": f"Bearer {token}"})


@pytest.fixture(autouse=True)
def no_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vouchsafe.doors.api.tokens.takes_place", lambda *_: True)


def test_interface_answers_as_its_document_says(cast: Cast) -> None:
    came = walk(cast, 80, seed=1)
    assert {200, 201, 401, 404, 422} <= set(came), came


@pytest.mark.wide
def test_interface_never_falls_over(cast: Cast) -> None:
    came = walk(cast, 2_000, seed=2)
    assert {200, 201, 400, 401, 403, 404, 409, 422} <= set(came), came


@pytest.mark.soak
def test_interface_never_falls_over_for_long(cast: Cast) -> None:
    for n in turns(100_000, each=2_000):
        with transaction.atomic():  # each turn begins with the same rows
            walk(cast, 2_000, seed=n + random.randrange(10**9))
            transaction.set_rollback(True)


def test_document_says_enough_to_be_used() -> None:
    made = document()
    assert made["openapi"].startswith("3.1")
    schemas = made["components"]["schemas"]
    named = {one.split('"', 1)[0] for one in json.dumps(made).split('"#/components/schemas/')[1:]}
    assert named <= set(schemas)
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            at = f"{method} {path}"
            assert operation["summary"], at
            assert len(operation["description"]) > 40, at
            assert operation["security"][0]["token"] or path.endswith("/me"), at
            assert {401, 403, 429, 503} <= {int(one) for one in operation["responses"]}, at
            if "requestBody" in operation:
                name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit(
                    "/", 1
                )[1]
                assert schemas[name]["examples"], at
