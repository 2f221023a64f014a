"""Ada makes a packet, hands it over, watches it and ends it; Eve finds none of it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.doors.web.reader.test_reader_walk import snapshot
from tests.sealing import CANARY, make_packet_of, make_reader, make_sealed

from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.models import Seal
from vouchsafe.packets.actions.record_viewing import record_viewing
from vouchsafe.packets.models import Delivery, Packet, Reader, ReaderLink
from vouchsafe.plans.models import Destination, Opportunity


@pytest.fixture
def opportunity(cast: Cast) -> Opportunity:
    return factories.make_opportunity(cast.ada, deadline_on=None)


@pytest.fixture
def ada(cast: Cast, client: Client) -> Client:
    client.force_login(cast.ada)
    return client


@pytest.fixture
def open_seal(cast: Cast, opportunity: Opportunity) -> Seal:
    return make_sealed(factories.make_contact(cast.ada, "Dora Lindqvist"), opportunity)


@pytest.fixture
def waived(cast: Cast, opportunity: Opportunity) -> Seal:
    return make_sealed(cast.ben, opportunity, confidentiality="waived")


def day(days: int) -> dict[str, str]:
    when = timezone.localdate() + timedelta(days=days)
    return {"until_day": str(when.day), "until_month": str(when.month), "until_year": str(when.year)}


def choice(opportunity: Opportunity, *seals: Seal, **more: Any) -> dict[str, Any]:
    keys = [seal.letter.key for seal in seals]
    return {
        "place": f"o:{opportunity.key}", "letter": keys, "order": keys, "reader_name": "Cleo Brandt",
        "reader_address": "cleo@readers.example", "title": "", "cover_words": "Here they are.", **day(30), **more,
    }  # fmt: skip


def order_of(page: str) -> list[str]:
    return re.findall(r'name="order" value="([^"]+)"', page)


def test_page_begins_with_the_place_it_was_opened_for(
    ada: Client, opportunity: Opportunity, open_seal: Seal
) -> None:
    place = Destination.objects.create(
        opportunity=opportunity, way="reader_link", label="Recruiting office", address="jobs@readers.example"
    )
    page = ada.get("/safe/share/", {"to": f"d:{place.key}", "letter": open_seal.letter.key}).content.decode()
    assert "jobs@readers.example" in page
    assert f'value="{open_seal.letter.key}" checked' in page


def test_order_is_changed_by_buttons_and_nothing_is_kept(
    ada: Client, opportunity: Opportunity, open_seal: Seal, waived: Seal
) -> None:
    before = snapshot()
    first = order_of(ada.get("/safe/share/").content.decode())
    up = {**choice(opportunity, open_seal), "order": first, "act": f"up:{first[1]}"}
    page = ada.post("/safe/share/", up).content.decode()
    assert order_of(page) == first[::-1]
    assert "Here they are." in page
    assert "cleo@readers.example" in page
    assert ada.post("/safe/share/", {**up, "act": f"up:{first[0]}"}).status_code == 200
    assert snapshot() == before


def test_packet_is_looked_at_then_made_then_confirmed_and_mailed(
    cast: Cast, ada: Client, opportunity: Opportunity, open_seal: Seal, waived: Seal
) -> None:
    said = choice(opportunity, waived, open_seal)
    check = ada.post("/safe/share/", {**said, "act": "check"})
    assert "Cleo Brandt will see this" in check.content.decode()
    assert "It holds a confidential letter" in check.content.decode()
    assert not Packet.objects.exists()
    response = ada.post("/safe/share/", {**said, "act": "make"})
    packet, reader = Packet.objects.get(), Reader.objects.get()
    assert response["Location"] == f"/packets/{packet.key}/"
    assert [each.seal.number for each in packet.enclosures.all()] == [waived.number, open_seal.number]
    page = ada.get(f"/packets/{packet.key}/").content.decode()
    assert "The office first makes sure whose address it is: Cleo Brandt." in page
    assert "Then we mail the link." in page
    assert "Show a link" not in page
    assert "Download the packet" not in page
    assert ada.post(f"/readers/{reader.key}/mail").status_code == 409
    assert not Outgoing.objects.filter(kind="packet").exists()
    dana = Client()
    dana.force_login(cast.dana)
    assert (
        "is mailed the link now"
        in dana.post(f"/office/readers/{reader.key}/confirmation", follow=True).content.decode()
    )
    mail = Outgoing.objects.get(kind="packet")
    assert outbox.read(mail).to_address == "cleo@readers.example"
    assert "about to leave" in ada.get(f"/packets/{packet.key}/").content.decode()
    ada.post(f"/readers/{reader.key}/mail/removal", {"mail": mail.key})
    assert not ReaderLink.objects.exists()
    assert "You took back the mail" in ada.get(f"/packets/{packet.key}/").content.decode()


def test_choice_that_cannot_be_made_is_refused_where_it_was_made(
    cast: Cast, ada: Client, opportunity: Opportunity, open_seal: Seal, waived: Seal
) -> None:
    other = factories.make_opportunity(cast.ada, "Another post", deadline_on=None)
    wrong = {
        "ada+x@example.org": choice(opportunity, waived, reader_address="ada+x@example.org"),
        "did not agree to this use": choice(other, open_seal),
        "over before it begins": choice(opportunity, open_seal, **day(-2)),
        "Tick the letters": choice(opportunity, open_seal, letter=[]),
        "mailed to them alone": choice(opportunity, waived, reader_address=""),
        "Choose where": choice(opportunity, open_seal, place=""),
        "Enter the name": choice(opportunity, open_seal, reader_name=""),
    }
    for said, form in wrong.items():
        response = ada.post("/safe/share/", {**form, "act": "make"})
        assert response.status_code in (409, 422), said
        assert said in response.content.decode(), said
    assert not Packet.objects.exists()
    assert not Reader.objects.exists()


def test_link_of_an_open_packet_is_shown_once_and_opens(
    ada: Client, opportunity: Opportunity, open_seal: Seal
) -> None:
    packet = make_packet_of(open_seal, opportunity=opportunity)
    reader = make_reader(packet)
    page = ada.post(f"/readers/{reader.key}/link").content.decode()
    link = re.search(r'data-copy="http://localhost:8000(/p/[\w-]{43})"', page)
    assert link is not None
    assert Client().get(link[1]).status_code == 200
    assert "/p/" not in ada.get(f"/packets/{packet.key}/").content.decode()
    assert ada.get(f"/packets/{packet.key}/file").content.startswith(b"%PDF")


def test_confidential_packet_gives_its_applicant_neither_link_nor_file(
    ada: Client, opportunity: Opportunity, waived: Seal
) -> None:
    packet = make_packet_of(waived, opportunity=opportunity)
    reader = make_reader(packet)
    for answer in (ada.post(f"/readers/{reader.key}/link"), ada.get(f"/packets/{packet.key}/file")):
        assert answer.status_code == 409
        assert b"/p/" not in answer.content
        assert not answer.content.startswith(b"%PDF")
        assert CANARY.encode() not in answer.content
    assert not ReaderLink.objects.exists()


def test_story_tells_of_viewings_and_revoking_ends_access(
    ada: Client, opportunity: Opportunity, open_seal: Seal
) -> None:
    packet = make_packet_of(open_seal, opportunity=opportunity)
    reader = make_reader(packet)
    record_viewing(reader=reader, seal=None, what="opened", now=timezone.now())
    record_viewing(reader=reader, seal=open_seal, what="downloaded", now=timezone.now())
    page = ada.get(f"/packets/{packet.key}/").content.decode()
    assert "Cleo Brandt opened your letters." in page
    assert f"Cleo Brandt downloaded letter {open_seal.number}" in page
    ada.post(f"/readers/{reader.key}/revocation")
    page = ada.get(f"/packets/{packet.key}/").content.decode()
    assert "Nobody can read this packet now." in page
    assert "You ended the access of Cleo Brandt" in page
    assert "Access ended" in ada.get("/packets/").content.decode()


def test_readers_are_added_and_the_last_day_is_moved(
    ada: Client, opportunity: Opportunity, open_seal: Seal
) -> None:
    packet = make_packet_of(open_seal, opportunity=opportunity)
    said = {"reader_name": "Jo Lind", "reader_address": "jo@readers.example", **day(10)}
    assert ada.post(f"/packets/{packet.key}/readers", said).status_code == 302
    reader = Reader.objects.get()
    assert ada.post(f"/readers/{reader.key}/expiry", day(20)).status_code == 302
    reader.refresh_from_db()
    assert timezone.localtime(reader.expires_at).date() == timezone.localdate() + timedelta(days=20)
    assert ada.post(f"/readers/{reader.key}/expiry", day(-3)).status_code == 422
    wrong = ada.post(f"/packets/{packet.key}/readers", {"reader_name": "", **day(10)})
    assert wrong.status_code == 422
    assert ada.post(f"/packets/{packet.key}/readers", {**said, "reader_address": "no"}).status_code == 409


def test_eve_and_a_stranger_find_no_packet(cast: Cast, opportunity: Opportunity, open_seal: Seal) -> None:
    packet = make_packet_of(open_seal, opportunity=opportunity)
    reader = make_reader(packet)
    eve = Client()
    eve.force_login(cast.eve)
    before = snapshot()
    routes = [
        ("get", f"/packets/{packet.key}/"), ("get", f"/packets/{packet.key}/file"),
        ("post", f"/packets/{packet.key}/readers"), ("post", f"/readers/{reader.key}/mail"),
        ("post", f"/readers/{reader.key}/mail/removal"), ("post", f"/readers/{reader.key}/link"),
        ("post", f"/readers/{reader.key}/expiry"), ("post", f"/readers/{reader.key}/revocation"),
    ]  # fmt: skip
    for method, path in routes:
        assert getattr(eve, method)(path, day(5)).status_code == 404, path
        assert getattr(Client(), method)(path).status_code == 302, path
    theirs = factories.make_opportunity(cast.eve, deadline_on=None)
    stolen = eve.post("/safe/share/", {**choice(theirs, open_seal), "act": "make"})
    assert stolen.status_code == 422
    assert packet.title not in eve.get("/packets/").content.decode()
    after = snapshot()
    after.pop("plans.Opportunity"), before.pop("plans.Opportunity")
    assert after == before


def test_looking_at_packets_changes_no_row(ada: Client, opportunity: Opportunity, open_seal: Seal) -> None:
    packet = make_packet_of(open_seal, opportunity=opportunity)
    make_reader(packet)
    before = snapshot()
    for path in ("/packets/", f"/packets/{packet.key}/", f"/packets/{packet.key}/file", "/safe/share/"):
        for method in (ada.get, ada.head, ada.options):
            method(path)
    assert snapshot() == before


@pytest.mark.parametrize("count", [1, 20])
def test_packet_page_asks_as_often_for_one_reader_as_for_many(
    ada: Client, opportunity: Opportunity, open_seal: Seal, django_assert_max_num_queries: object, count: int
) -> None:
    packet = make_packet_of(open_seal, opportunity=opportunity)
    for n in range(count):
        reader = make_reader(packet, name=f"Reader {n}", address=f"r{n}@readers.example")
        record_viewing(reader=reader, seal=open_seal, what="downloaded", now=timezone.now())
        ada.post(f"/readers/{reader.key}/mail")
    ada.get(f"/packets/{packet.key}/")
    with django_assert_max_num_queries(13):  # type: ignore[operator]  # pytest-django's fixture
        page = ada.get(f"/packets/{packet.key}/").content.decode()
    assert page.count("Take the mail back") == count


def test_order_and_cover_change_after_it_was_made_and_change_back(
    ada: Client, opportunity: Opportunity, open_seal: Seal, waived: Seal
) -> None:
    packet = make_packet_of(open_seal, waived, opportunity=opportunity)
    home, before = f"/packets/{packet.key}/arrangement", snapshot()
    page = ada.get(home).content.decode()
    assert order_of(page) == [open_seal.number, waived.number]
    moved = ada.post(
        home, {"order": order_of(page), "title": "T", "cover_words": "W", "act": f"up:{waived.number}"}
    )
    assert order_of(moved.content.decode()) == [waived.number, open_seal.number]
    assert 'value="T"' in moved.content.decode()
    assert snapshot() == before
    kept = {
        "order": [waived.number, open_seal.number],
        "title": "For Cleo",
        "cover_words": "New words.",
        "act": "keep",
    }
    ada.post(home, kept)
    page = ada.get(f"/packets/{packet.key}/").content.decode()
    assert page.index(waived.number) < page.index(open_seal.number)
    assert "For Cleo" in page
    assert "You changed the order or the cover" in page
    undo = re.search(r'name="change" value="(\d+)"', page)
    assert undo
    for _ in range(2):
        ada.post(f"{home}/removal", {"change": undo[1]})
    packet.refresh_from_db()
    assert (packet.title, packet.cover_words) == ("For Harbour & Vale", "Here they are.")
    assert order_of(ada.get(home).content.decode()) == [open_seal.number, waived.number]
    assert CANARY not in page


def test_packet_is_never_rearranged_into_other_letters(
    ada: Client, opportunity: Opportunity, open_seal: Seal, waived: Seal
) -> None:
    packet = make_packet_of(open_seal, opportunity=opportunity)
    for order in ([], [waived.number], [open_seal.number, waived.number], [open_seal.number] * 2):
        answer = ada.post(f"/packets/{packet.key}/arrangement", {"order": order, "title": "x", "act": "keep"})
        assert answer.status_code == 409, order
    packet.refresh_from_db()
    assert packet.title == "For Harbour & Vale"


def handed(days: int) -> dict[str, str]:
    when = timezone.localdate() + timedelta(days=days)
    return {"on_day": str(when.day), "on_month": str(when.month), "on_year": str(when.year)}


def test_open_letters_handed_over_by_hand_are_recorded_and_taken_back(
    ada: Client, opportunity: Opportunity, open_seal: Seal
) -> None:
    packet = make_packet_of(open_seal, opportunity=opportunity)
    reader = make_reader(packet, address="")
    ada.post(f"/readers/{reader.key}/by-hand", handed(0))
    ada.post(f"/readers/{reader.key}/by-hand", handed(0))
    page = ada.get(f"/packets/{packet.key}/").content.decode()
    assert page.count("You handed the letters to Cleo Brandt yourself") == 1
    assert "Cleo Brandt can read your letters." in page
    told = ada.get(f"/asks/{open_seal.letter.request.key}/").content.decode()  # type: ignore[union-attr]  # it has one
    assert "You handed the letter to Cleo Brandt yourself" in told
    ada.post(f"/readers/{reader.key}/by-hand/removal", {"on": timezone.localdate().isoformat()})
    assert "yourself" not in ada.get(f"/packets/{packet.key}/").content.decode()


def test_request_tells_of_a_reader_once_the_mail_has_left_and_never_of_one_taken_back(
    ada: Client, opportunity: Opportunity, open_seal: Seal
) -> None:
    reader = make_reader(make_packet_of(open_seal, opportunity=opportunity))
    request = open_seal.letter.request
    assert request is not None

    def told() -> list[bool]:
        page = ada.get(f"/asks/{request.key}/").content.decode()
        return [
            said in page for said in ("The letter went to Cleo Brandt", "The letter was sent to Cleo Brandt.")
        ]

    ada.post(f"/readers/{reader.key}/mail")
    assert told() == [False, False]
    mail = Outgoing.objects.get(kind="packet")
    for state, gone in (("withdrawn", False), ("failed", False), ("sent", True), ("unknown", True)):
        Outgoing.objects.filter(pk=mail.pk).update(
            state=state, begun_at=timezone.now(), ended_at=timezone.now()
        )
        assert told() == [gone, gone], state


def test_hand_over_that_cannot_have_been_is_refused(
    ada: Client, opportunity: Opportunity, open_seal: Seal, waived: Seal
) -> None:
    reader = make_reader(make_packet_of(open_seal, opportunity=opportunity))
    for days, said in ((1, "still to come"), (-1, "was made on")):
        answer = ada.post(f"/readers/{reader.key}/by-hand", handed(days))
        assert answer.status_code == 422
        assert said in answer.content.decode()
    secret = make_reader(
        make_packet_of(waived, opportunity=opportunity), name="Gil", address="gil@readers.example"
    )
    assert (
        "does not pass through your hands"
        in ada.post(f"/readers/{secret.key}/by-hand", handed(0)).content.decode()
    )
    assert "Handed over by hand" not in ada.get(f"/packets/{secret.packet.key}/").content.decode()
    assert not Delivery.objects.exists()
