"""A call with many applicants: its table comes in pages, its counts are over everybody, and its file is whole."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.calling import as_, join, letter_for, make_call, make_seat, undo_of
from tests.cast import Cast
from tests.factories import make_account
from tests.pages import words_of

from vouchsafe.desk import call_table as tables
from vouchsafe.desk.call_table import call_table
from vouchsafe.ledger import custody
from vouchsafe.ledger.keys import token_hash
from vouchsafe.packets.models import Seat, SeatLink
from vouchsafe.plans.models import Application, Call, Opportunity, Shortlisting

NAMES = ("Bo", "ada", "Çem", "Dee", "Eli")


@pytest.fixture
def call(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Seven who take part, two on a page: Ada and Eve with their letters, five who have begun."""
    monkeypatch.setattr(tables, "PAGE", 2)
    made = make_call(cast.dana, holds=False)
    for account, writer in ((cast.ada, cast.ben), (cast.eve, cast.ben_to_eve)):
        letter_for(join(account, made, writer), writer)
    begin(made, NAMES)
    return made


def begin(call: Call, names: Any) -> None:
    """Take part in the barest way, for many at once."""
    for name in names:
        someone = make_account(f"{name} Person", email=f"{name.casefold()}.{call.key[:6]}@example.org")
        place = Opportunity.objects.create(
            owner=someone, kind="scholarship", title=call.title, added_at=timezone.now()
        )
        Application.objects.create(call=call, applicant=someone, opportunity=place, applied_at=timezone.now())


def test_pages_together_are_the_whole_table_in_one_order(call: Call) -> None:
    now = timezone.now()
    whole = call_table(call, now)
    pages = [call_table(call, now, page=n) for n in (1, 2, 3, 4)]
    assert tuple(row for page in pages for row in page.rows) == whole.rows
    assert [len(page.rows) for page in pages] == [2, 2, 2, 1]
    assert {(one.total, one.complete, one.shortlisted) for one in (whole, *pages)} == {(7, 2, 0)}
    assert call_table(call, now, page=99).page == 4, "the last where there are fewer"
    assert (whole.page, whole.pages) == (1, 1)


def test_count_of_the_complete_is_that_of_the_whole_table_whatever_became_of_the_letters(
    cast: Cast, call: Call
) -> None:
    now = timezone.now()
    part = Application.objects.get(applicant=cast.ada)
    Shortlisting.objects.create(application=part, listed_at=now, listed_by=cast.dana.key)
    changes: tuple[Any, ...] = (
        lambda: Call.objects.update(holds=True),
        lambda: Call.objects.update(need=2),
        lambda: Call.objects.update(need=1, confidentiality="choice"),
        lambda: cast.eve.__class__.objects.filter(pk=cast.eve.pk).update(is_active=False),
        lambda: part.nominations.update(withdrawn_at=now),
    )
    told = []
    for change in changes:
        change()
        fresh = Call.objects.get(pk=call.pk)
        whole, page = call_table(fresh, now), call_table(fresh, now, page=2)
        assert (page.total, page.complete, page.shortlisted) == (
            whole.total,
            whole.complete,
            whole.shortlisted,
        )
        told.append(whole.complete)
    assert told == [2, 0, 2, 1, 0]


def test_office_turns_pages_and_comes_back_to_the_one_it_pressed_on(cast: Cast, call: Call) -> None:
    dana, here = as_(cast.dana), f"/office/calls/{call.key}/"
    page = dana.get(here)
    assert "2 of 7 applicants have every letter" in words_of(page)
    assert f'href="{here}?page=2"' in page.content.decode()
    last = dana.get(f"{here}?page=4").content.decode()
    assert f'href="{here}?page=3"' in last
    assert "?page=5" not in last
    assert '<input type="hidden" name="page" value="4">' in last
    for odd in ("0", "-1", "x", "9" * 30, "०"):
        assert dana.get(here, {"page": odd}).status_code == 200
    key = call_table(call, timezone.now(), page=4).rows[0].key
    answer = dana.post(f"{here}shortlist", {"act": "list", "who": [key], "page": "4"})
    assert answer["Location"] == f"{here}?page=4"
    where, fields = undo_of(dana, f"{here}?page=4")
    assert dana.post(where, fields)["Location"] == f"{here}?page=4"
    assert not Shortlisting.objects.filter(undone_at__isnull=True).exists()
    wrong = dana.post(f"{here}readers", {"name": ""})
    assert wrong.status_code == 422
    assert f'href="{here}?page=2"' in wrong.content.decode(), "not to the address of the form"
    assert len(dana.post(f"{here}file").content.decode("utf-8-sig").strip().splitlines()) == 8, (
        "and the heads"
    )


def test_committee_turns_the_same_pages(cast: Cast, call: Call) -> None:
    seat = make_seat(cast.dana, call, may_shortlist=True)
    cleo, here = let_in(seat), f"/committee/{seat.key}/"
    page = cleo.get(here)
    assert "2 of 7 applicants have every letter" in words_of(page)
    assert f'href="{here}?page=2"' in page.content.decode()
    key = call_table(call, timezone.now(), page=3).rows[0].key
    answer = cleo.post(f"{here}shortlist", {"act": "list", "who": [key], "page": "3"})
    assert answer["Location"] == f"{here}?page=3"
    assert "One applicant is shortlisted" in cleo.get(f"{here}?page=3").content.decode()


def let_in(seat: Seat) -> Client:
    generation = custody.secret_generation()
    token = custody.token("committee", seat.key, 1, generation)
    SeatLink.objects.create(
        seat=seat, n=1, generation=generation, token_hash=token_hash(token), made_at=timezone.now()
    )
    client = Client()
    assert client.post(f"/c/{token}").status_code == 302
    return client


def test_page_asks_as_many_queries_of_seven_applicants_as_of_thirty(
    cast: Cast, call: Call, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    seat, now = make_seat(cast.dana, call), timezone.now()
    for names in ((), [f"P{n}" for n in range(23)]):
        begin(call, names)
        with django_assert_num_queries(19):
            assert len(call_table(call, now, page=1).rows) == 2
        with django_assert_num_queries(22):
            call_table(call, now, seat, page=1)
