"""A writer's yearly record: whom, for what, when and how many, over all applicants; no text, and never by a link alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast
from tests.factories import make_contact, make_opportunity
from tests.sealing import CANARY, make_sealed

from vouchsafe.asks.actions.make_link import make_link, token_of
from vouchsafe.asks.models import Link
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.models import Reopening, Seal

BEN = "ben@writers.example"
EARLIER = datetime(2025, 5, 6, 12, tzinfo=UTC)


@pytest.fixture
def seals(cast: Cast) -> tuple[Seal, Seal, Seal]:
    """Two of this year, for two people, and one of another year, all with words that no record may hold."""
    return (
        make_sealed(cast.ben, make_opportunity(cast.ada, "Programme analyst", deadline_on=None)),
        make_sealed(cast.ben_to_eve, make_opportunity(cast.eve, "MSc Statistics", deadline_on=None)),
        make_sealed(
            make_contact(cast.eve, "Ben Okafor", email=BEN),
            make_opportunity(cast.eve, "=Old post", deadline_on=None),
            now=EARLIER,
        ),
    )


def by_link(seal: Seal, kind: Link.Kind = Link.Kind.MAILED) -> Client:
    browser = Client()
    assert seal.letter.request is not None
    mailbox = BEN if kind == Link.Kind.MAILED else ""
    link = make_link(request=seal.letter.request, kind=kind, mailbox=mailbox, now=timezone.now())
    browser.post(f"/r/{token_of(link)}", {"act": "open"})
    return browser


def home_of(seal: Seal) -> str:
    assert seal.letter.request is not None
    return f"/requests/{seal.letter.request.key}"


@pytest.fixture
def ben(seals: tuple[Seal, Seal, Seal]) -> Client:
    browser = by_link(seals[0])
    browser.post(f"{home_of(seals[0])}/code", {"use": "record"})
    code = outbox.read(Outgoing.objects.filter(kind="writer_code").latest("id")).facts["code"]
    went = browser.post(f"{home_of(seals[0])}/proof", {"use": "record", "code": code})
    assert went["Location"] == f"{home_of(seals[0])}/record"
    return browser


def test_record_names_whom_for_what_and_when_by_year_and_no_text(
    seals: tuple[Seal, Seal, Seal], ben: Client
) -> None:
    here = f"{home_of(seals[0])}/record"
    page = ben.get(here).content.decode()
    assert f"You sealed 2 letters in {seals[0].sealed_at.year}" in page
    assert "For 2 people" in page
    for said in ("Ada Marsh", "Programme analyst", "Eve Tarn", "MSc Statistics", seals[0].number):
        assert said in page
    assert "Old post" not in page
    before = ben.get(here, {"year": "2025"}).content.decode()
    assert "You sealed one letter in 2025" in before
    assert "Old post" in before
    assert CANARY not in page + before
    assert "You sealed 2 letters" in ben.get(here, {"year": "1999"}).content.decode()


def test_record_is_a_table_for_a_spreadsheet_in_which_no_cell_is_a_formula(
    seals: tuple[Seal, Seal, Seal], ben: Client
) -> None:
    answer = ben.get(f"{home_of(seals[0])}/record", {"year": "2025", "as": "table"})
    assert answer["Content-Type"].startswith("text/csv")
    assert 'filename="letters-2025.csv"' in answer["Content-Disposition"]
    head, row = answer.content.decode("utf-8-sig").splitlines()
    assert head.startswith('"Sealed","For whom","For what"')
    assert row.startswith('"2025-05-06","Eve Tarn","\'=Old post')
    assert CANARY not in answer.content.decode()


@pytest.mark.parametrize("way", ["nobody", "ada", "eve", "slip", "link"])
def test_nobody_sees_the_record_without_a_code(seals: tuple[Seal, Seal, Seal], cast: Cast, way: str) -> None:
    browser = (
        by_link(seals[0], Link.Kind.HANDED)
        if way == "slip"
        else by_link(seals[0])
        if way == "link"
        else Client()
    )
    if way in ("ada", "eve"):
        browser.force_login(getattr(cast, way))
    for query in ({}, {"as": "table"}):
        answer = browser.get(f"{home_of(seals[0])}/record", query)
        assert "MSc Statistics" not in answer.content.decode()
        assert not answer["Content-Type"].startswith("text/csv")


def test_reopened_letter_is_not_in_the_record(seals: tuple[Seal, Seal, Seal], ben: Client) -> None:
    Reopening.objects.create(seal=seals[1], reopened_at=timezone.now(), reopened_by="x")
    assert "MSc Statistics" not in ben.get(f"{home_of(seals[0])}/record").content.decode()


def test_record_asks_as_few_queries_for_many_letters_as_for_one(
    seals: tuple[Seal, Seal, Seal],
    ben: Client,
    cast: Cast,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    here = f"{home_of(seals[0])}/record"
    for n in range(3):
        contact = make_contact(cast.ada, f"Ben {n}", email=BEN)
        now = timezone.now() - timedelta(hours=3)
        make_sealed(contact, make_opportunity(cast.ada, f"Post {n}", deadline_on=None), now=now)
    with django_assert_max_num_queries(8):
        assert "You sealed 5 letters" in ben.get(here).content.decode()
