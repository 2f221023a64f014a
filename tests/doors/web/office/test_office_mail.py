"""The office sees that a mail came and who sent it, tries it again or throws it away, and never reads it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast

from vouchsafe.doors.mail_in.handling import handle_due
from vouchsafe.ledger import inbox
from vouchsafe.ledger.models import Received

CANARY = "thistle-barometer-ochre"
RAW = f"From: ben@home.example\r\nTo: letters@localhost\r\nSubject: {CANARY}\r\n\r\nShe is fine. {CANARY}\r\n".encode()


@pytest.fixture
def aside(cast: Cast) -> Received:
    row = inbox.keep(RAW, source="smtp", now=timezone.now())
    handle_due(worker="test", now=timezone.now())
    row.refresh_from_db()
    assert (row.state, row.outcome) == ("aside", "nobodys")
    return row


@pytest.fixture
def dana(client: Client, cast: Cast) -> Client:
    client.force_login(cast.dana)
    return client


def test_office_sees_who_wrote_and_never_what(aside: Received, dana: Client) -> None:
    assert CANARY.encode() in inbox.read(aside)
    page = dana.get("/office/mail/").content.decode()
    assert "ben@home.example" in page
    assert "answers no mail of ours" in page
    assert CANARY not in page


def test_mail_is_tried_again_or_thrown_away(aside: Received, dana: Client) -> None:
    assert dana.post(f"/office/mail/{aside.key}", {"act": "again"}).status_code == 302
    aside.refresh_from_db()
    assert aside.state == "waiting"
    handle_due(worker="test", now=timezone.now())
    dana.post(f"/office/mail/{aside.key}", {"act": "drop"})
    aside.refresh_from_db()
    assert (aside.state, bytes(aside.sealed_raw)) == ("dropped", b"")
    assert dana.post(f"/office/mail/{aside.key}", {"act": "drop"}).status_code == 404


def test_mail_held_for_a_writer_is_not_the_offices_to_decide(aside: Received, dana: Client) -> None:
    Received.objects.filter(pk=aside.pk).update(state="held", about="somebody")
    for act in ("again", "drop"):
        assert dana.post(f"/office/mail/{aside.key}", {"act": act}).status_code == 404
    aside.refresh_from_db()
    assert aside.state == "held"


@pytest.mark.parametrize("who", ["", "eve", "ada"])
def test_nobody_else_comes_in(aside: Received, cast: Cast, client: Client, who: str) -> None:
    if who:
        client.force_login(getattr(cast, who))
    for answer in (client.get("/office/mail/"), client.post(f"/office/mail/{aside.key}", {"act": "drop"})):
        assert answer.status_code in (302, 404)
        assert "ben@home.example" not in answer.content.decode()
    aside.refresh_from_db()
    assert aside.state == "aside"


@pytest.mark.parametrize("count", [1, 40])
def test_page_asks_the_database_as_often_for_many(
    dana: Client, count: int, django_assert_max_num_queries: object
) -> None:
    for n in range(count):
        inbox.keep(RAW + str(n).encode(), source="smtp", now=timezone.now())
    Received.objects.update(state="aside", outcome="nobodys", handled_at=timezone.now())
    dana.get("/office/mail/")
    with django_assert_max_num_queries(7):  # type: ignore[operator]  # pytest-django's fixture
        page = dana.get("/office/mail/")
    assert page.content.decode().count("Try again") == count
