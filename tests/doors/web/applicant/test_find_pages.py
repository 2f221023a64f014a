"""*Find or do* without scripts: what is one's own, what can be done, and nothing of anybody else or of a letter's text."""

from __future__ import annotations

import pytest
from django.db import DataError
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests import factories
from tests.cast import Cast
from tests.pages import words_of
from tests.sealing import CANARY, make_sealed

from vouchsafe.doors.web.applicant.views import finding


@pytest.fixture
def ada(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.ada)
    return browser


def test_find_shows_people_requests_purposes_letters_and_acts_that_hold_every_word(
    ada: Client, cast: Cast
) -> None:
    seal = make_sealed(cast.ben, factories.make_opportunity(cast.ada, "Programme analyst", deadline_on=None))
    assert seal.letter.request is not None
    page = ada.get("/find/", {"q": "ben okafor"}).content.decode()
    for there in (
        f"/people/{cast.ben.key}/",
        f"/asks/{seal.letter.request.key}/",
        f"/safe/{seal.letter.key}/",
    ):
        assert f'href="{there}"' in page
    assert "This is what holds “ben okafor”." in page
    page = ada.get("/find/", {"q": "analyst"}).content.decode()
    assert "/opportunities/" in page
    assert "Letters in the Safe" in page
    main = ada.get("/find/", {"q": "calendar"}).content.decode().split("<main", 1)[1].split("<dialog", 1)[0]
    assert 'href="/calendar/"' in main
    assert "Add a person" not in main


def test_find_without_words_lists_what_can_be_done_and_says_when_nothing_fits(ada: Client) -> None:
    page = ada.get("/find/").content.decode()
    assert "What do you want to find or do?" in page
    assert "Prepare an ask" in page
    assert "Nothing of yours holds “zzqq”." in ada.get("/find/", {"q": "zzqq"}).content.decode()


def test_find_knows_no_word_of_a_letter_and_nothing_of_others(ada: Client, cast: Cast) -> None:
    make_sealed(cast.ben, factories.make_opportunity(cast.ada, deadline_on=None), confidentiality="waived")
    factories.make_contact(cast.eve, "Canary Finch")
    factories.make_opportunity(cast.eve, "Canary post")
    word = CANARY.split("-", maxsplit=1)[0]
    assert f"Nothing of yours holds “{word}”." in ada.get("/find/", {"q": word}).content.decode()
    assert "Nothing of yours holds" in ada.get("/find/", {"q": "canary"}).content.decode()
    assert "Ben" not in words_of(ada.get("/find/", {"q": "okafor eve"}))
    assert Client().get("/find/").status_code == 302


def test_find_asks_as_few_queries_for_many_as_for_one(
    ada: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(30):
        factories.make_contact(cast.ada, f"Pat Number{n}")
    ada.get("/find/")
    with django_assert_max_num_queries(12):
        page = ada.get("/find/", {"q": "pat"}).content.decode()
    assert page.count('class="row-name"') == 12


def test_nul_finds_nothing_where_the_database_takes_none(
    ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As PostgreSQL refuses it; any other fault of data stays a fault."""

    def fail(fault: str) -> None:
        raise DataError(fault)

    monkeypatch.setattr(
        finding, "find", lambda *_: fail("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    )
    assert ada.get("/find/", {"q": "a\x00b"}).status_code == 404
    monkeypatch.setattr(finding, "find", lambda *_: fail("value too long for type character varying(200)"))
    with pytest.raises(DataError):
        ada.get("/find/", {"q": "a"})
