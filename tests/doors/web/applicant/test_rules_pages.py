"""What a destination takes: asked of the applicant, kept by the office, and said before anyone relies on a letter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.pages import words_of
from tests.sealing import make_sealed

from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.core.destination_rules import Rules
from vouchsafe.desk.plan_rules import Place, place_lines, with_places
from vouchsafe.plans.actions.add_destination import add_destination
from vouchsafe.plans.actions.keep_rule_book import (
    OfficeKeepsRules,
    RuleBookNeedsName,
    keep_rule_book,
    remove_rule_book,
)
from vouchsafe.plans.actions.set_rules import set_rules
from vouchsafe.plans.models import Destination, RuleBook


def signed_in(account: object) -> Client:
    client = Client()
    client.force_login(account)  # type: ignore[arg-type]  # an account
    return client


def place_of(cast: Cast, way: str = "reader_link", **facts: object) -> Destination:
    opportunity = factories.make_opportunity(cast.ada, deadline_on=None, **facts)
    return add_destination(by=cast.ada, opportunity=opportunity, way=way, label="Harbour", now=timezone.now())


def test_applicant_says_what_a_place_takes_and_the_plan_warns(cast: Cast) -> None:
    place = place_of(cast, need=3)
    ada, page = signed_in(cast.ada), f"/destinations/{place.key}/rules/"
    assert "What does Harbour take?" in ada.get(page).content.decode()
    assert ada.post(page, {"most_letters": "none"}).status_code == 422
    assert ada.post(page, {"file_name": "../{writer}"}).status_code == 422
    said = {"most_letters": "2", "most_mb": "1.5", "paper": "us-letter", "file_name": "{writer}.pdf"}
    assert ada.post(page, said).status_code == 302
    place.refresh_from_db()
    assert place.all_rules == Rules(
        most_letters=2, most_bytes=1_500_000, paper="us-letter", file_name="{writer}.pdf"
    )
    shown = ada.get(f"/opportunities/{place.opportunity.key}/").content.decode()
    assert "Takes at most 2 letters." in shown
    assert "You seek 3 letters, and they take at most 2." in shown
    assert 'value="1.5"' in ada.get(page).content.decode()


def test_office_keeps_a_book_and_places_follow_it(cast: Cast) -> None:
    dana, place = signed_in(cast.dana), place_of(cast)
    assert dana.post("/office/rule-books/", {"name": ""}).status_code == 422
    assert dana.post("/office/rule-books/", {"name": "ERAS", "most_mb": "1"}).status_code == 302
    book = RuleBook.objects.get()
    signed_in(cast.ada).post(f"/destinations/{place.key}/rules/", {"rule_book": book.key, "most_pages": "2"})
    dana.post(f"/office/rule-books/{book.key}/", {"name": "ERAS", "most_mb": "2", "most_pages": "1"})
    place = Destination.objects.get(pk=place.pk)
    assert place.all_rules == Rules(most_bytes=2_000_000, most_pages=2)
    dana.post(f"/office/rule-books/{book.key}/removal")
    assert Destination.objects.get(pk=place.pk).all_rules == Rules(most_pages=2)
    dana.post(f"/office/rule-books/{book.key}/removal", {"act": "restore"})
    assert Destination.objects.get(pk=place.pk).all_rules.most_bytes == 2_000_000


def test_nobody_else_touches_rules(cast: Cast) -> None:
    place = place_of(cast)
    book = keep_rule_book(by=cast.dana, name="ERAS", rules=Rules(most_pages=1), now=timezone.now())
    eve = signed_in(cast.eve)
    for client in (eve, signed_in(cast.dana)):
        assert client.get(f"/destinations/{place.key}/rules/").status_code == 404
        assert client.post(f"/destinations/{place.key}/rules/", {"most_pages": "1"}).status_code == 404
    for address in ("/office/rule-books/", f"/office/rule-books/{book.key}/"):
        assert eve.get(address).status_code == 404
        assert eve.post(address, {"name": "x"}).status_code == 404
    assert eve.post(f"/office/rule-books/{book.key}/removal").status_code == 404
    with pytest.raises(OfficeKeepsRules):
        keep_rule_book(by=cast.eve, name="x", rules=Rules(), now=timezone.now())
    with pytest.raises(OfficeKeepsRules):
        remove_rule_book(by=cast.eve, book=book, removed=True, now=timezone.now())
    with pytest.raises(RuleBookNeedsName):
        keep_rule_book(by=cast.dana, name=" ", rules=Rules(), now=timezone.now())


def test_packet_that_does_not_fit_is_said_before_it_is_made_and_can_be_made(cast: Cast) -> None:
    place = place_of(cast)
    seal = make_sealed(cast.ben, place.opportunity, now=timezone.now() - timedelta(days=400))
    ada = signed_in(cast.ada)
    ada.post(f"/destinations/{place.key}/rules/", {"most_days": "365", "form": "RD12"})
    until = timezone.localdate() + timedelta(days=9)
    said = {
        "act": "check", "letter": seal.letter.key, "order": seal.letter.key, "place": f"d:{place.key}",
        "reader_name": "Cleo", "reader_address": "", "title": "", "cover_words": "",
        "until_day": until.day, "until_month": until.month, "until_year": until.year,
    }  # fmt: skip
    checked = ada.post("/safe/share/", said).content.decode()
    assert "will be 400 days old; they take up to 365." in checked
    assert "also has to fill in their form: RD12." in checked
    assert ada.post("/safe/share/", {**said, "act": "make"}).status_code == 302


def test_plan_warns_of_what_places_refuse_before_anyone_is_asked(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    today = timezone.localdate()
    opportunity = factories.make_opportunity(cast.ada, deadline_on=today + timedelta(days=60), need=1)
    for label, rules in (
        ("Harbour", Rules(no_stored=True, most_days=90, most_bytes=1_000_000)),
        ("Kestrel", Rules(form="Reference form B")),
        ("Anywhere", Rules(paper="a4")),
    ):
        place = add_destination(
            by=cast.ada, opportunity=opportunity, way="portal", label=label, now=timezone.now()
        )
        set_rules(by=cast.ada, destination=place, rules=rules, rule_book=None, now=timezone.now())
    redraw_plan(by=cast.ada, today=today, now=timezone.now())
    shown = signed_in(cast.ada).get("/plan/")
    page = shown.content.decode()
    for said in (
        "Harbour does not take every letter.", "it must be written for them", "up to 90 days old",
        "Ben Okafor also has to fill in their form: Reference form B.",
    ):  # fmt: skip
        assert said in page, said
    assert "Anywhere" not in page  # paper is ours to mend
    assert "MB" not in words_of(shown)
    with django_assert_num_queries(1):
        rows, places = with_places(cast.ada)
    assert [row.pk for row in rows] == [opportunity.pk]
    assert {one.label for one in places[opportunity.pk]} == {"Harbour", "Kestrel", "Anywhere"}
    assert with_places(cast.eve) == ([], {})


def test_letter_that_will_be_too_old_is_named_with_its_age() -> None:
    today = date(2026, 11, 23)
    places = [Place("Harbour", Rules(most_days=90), date(2027, 1, 10))]
    (line,) = place_lines(places, [("Ben", date(2026, 9, 1)), ("Mina", None)], None, today)
    assert len(line.broken) == 1
    assert dict(line.broken[0].facts)["age"] == 131


def test_book_taken_away_and_place_taken_out_warn_no_more(cast: Cast) -> None:
    place = place_of(cast)
    book = keep_rule_book(by=cast.dana, name="ERAS", rules=Rules(no_stored=True), now=timezone.now())
    set_rules(by=cast.ada, destination=place, rules=Rules(), rule_book=book, now=timezone.now())
    assert with_places(cast.ada)[1]
    remove_rule_book(by=cast.dana, book=book, removed=True, now=timezone.now())
    assert not with_places(cast.ada)[1]
    set_rules(by=cast.ada, destination=place, rules=Rules(no_stored=True), rule_book=None, now=timezone.now())
    assert with_places(cast.ada)[1]
    Destination.objects.update(removed_at=timezone.now())
    assert not with_places(cast.ada)[1]
