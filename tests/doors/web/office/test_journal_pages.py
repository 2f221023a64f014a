"""The journal as sentences: looked through by person, kind and days, and taken out without opening as a formula."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories import NOW, make_account

from vouchsafe.desk import audit
from vouchsafe.desk.journal_kinds import KINDS
from vouchsafe.desk.journal_words import VERBS
from vouchsafe.ledger import journal
from vouchsafe.ledger.models import Line
from vouchsafe.people.models import Account, Instance


def as_(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def lines(cast: Cast) -> None:
    """Three acts on three days: Ada's, Eve's, and one of the office about Eve."""
    journal.note(chain=cast.ada.key, verb="sealed", about="x", by="writer", now=NOW)
    journal.note(
        chain=cast.eve.key, verb="packet_made", about="y", by=cast.eve.key, now=NOW + timedelta(days=1)
    )
    journal.note(
        chain=journal.OFFICE, verb="role_changed", about=cast.eve.key, by=cast.dana.key,
        now=NOW + timedelta(days=2), detail="adviser",
    )  # fmt: skip


def found(client: Client, query: str) -> list[str]:
    """Which of the three the page tells."""
    page = client.get(f"/office/journal/?{query}").content.decode()
    said = {
        "sealed": "A writer sealed a letter.",
        "made": "Eve Tarn made a packet.",
        "role": "Dana Whitlock gave someone the role adviser.",
    }
    return [name for name, sentence in said.items() if sentence in page]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", ["sealed", "made", "role"]),
        ("person=Ada@example.org", ["sealed"]),
        ("person=eve@example.org", ["made", "role"]),
        ("person=dana@example.org", ["role"]),
        ("person=nobody@example.org", []),
        ("kind=letters", ["sealed"]),
        ("kind=readers", ["made"]),
        ("kind=coming-in&person=eve@example.org", ["role"]),
        ("from_on=2026-10-06", ["made", "role"]),
        ("until_on=2026-10-06", ["sealed", "made"]),
        ("from_on=2026-10-06&until_on=2026-10-06", ["made"]),
    ],
)
def test_lines_are_found_by_person_kind_and_days(
    cast: Cast, lines: None, query: str, told: list[str]
) -> None:
    assert found(as_(cast.dana), query) == told


def test_what_cannot_be_understood_is_said_at_its_field(cast: Cast, lines: None) -> None:
    dana = as_(cast.dana)
    for query in ("from_on=yesterday", "kind=everything-else", "person=nobody"):
        assert dana.get(f"/office/journal/?{query}").status_code == 422, query
    assert found(dana, "page=x&from_on=0001-01-01&until_on=9999-12-31") == ["sealed", "made", "role"]


def test_lines_are_taken_out_as_table_and_json_and_that_is_a_line_itself(cast: Cast, lines: None) -> None:
    dana = as_(cast.dana)
    make_account("=HYPERLINK(1)", email="evil@example.org")
    evil = Account.objects.get(email="evil@example.org")
    journal.note(chain=evil.key, verb="packet_made", about="z", by=evil.key, now=NOW)
    answer = dana.post("/office/journal/file", {"form": "csv", "kind": "readers"})
    assert answer["Content-Disposition"].endswith('.csv"')
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["what"] for row in rows] == ["'=HYPERLINK(1) made a packet.", "Eve Tarn made a packet."]
    assert [row["who"] for row in rows] == ["'=HYPERLINK(1)", "Eve Tarn"]
    told = json.loads(dana.post("/office/journal/file", {"form": "json"}).content)
    assert [row["verb"] for row in told] == [
        "journal_taken_out",
        "packet_made",
        "role_changed",
        "packet_made",
        "sealed",
    ]
    assert told[-1]["fingerprint"] == Line.objects.get(verb="sealed").digest
    taken = Line.objects.filter(verb="journal_taken_out", by=cast.dana.key)
    assert list(taken.values_list("detail", flat=True)) == ["csv", "json"]


def test_journal_is_taken_out_by_who_keeps_the_instance_alone(cast: Cast, lines: None) -> None:
    for stranger in (cast.ada, cast.eve, make_account("Finn Orme", role="adviser")):
        assert as_(stranger).post("/office/journal/file", {"form": "csv"}).status_code == 404
    assert Client().post("/office/journal/file")["Location"].startswith("/accounts/login/")
    assert as_(cast.dana).get("/office/journal/file").status_code == 405
    assert not Line.objects.filter(verb="journal_taken_out").exists()
    Instance.objects.update(host="personal", owner=cast.ada)
    assert as_(cast.ada).post("/office/journal/file", {"form": "csv"}).status_code == 200


def test_next_page_keeps_what_was_looked_for(cast: Cast) -> None:
    for _ in range(audit.ON_A_PAGE + 1):
        journal.note(chain=cast.ada.key, verb="packet_made", about="x", by=cast.ada.key, now=NOW)
    page = as_(cast.dana).get("/office/journal/?kind=readers").content.decode()
    assert 'href="?kind=readers&amp;page=2"' in page
    second = audit.journal_page(2, audit.Sought(kind="readers"))
    assert (len(second.lines), second.has_older) == (1, False)


def test_every_kind_names_verbs_that_have_a_sentence() -> None:
    named = [verb for kind in KINDS.values() for verb in kind.verbs]
    assert len(named) == len(set(named))
    assert set(named) <= set(VERBS)
