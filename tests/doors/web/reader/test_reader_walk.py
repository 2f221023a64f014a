"""Cleo opens the link from the mail, reads, downloads; and what becomes of the link when access is over."""

from __future__ import annotations

import io
from datetime import timedelta

import pikepdf
import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import CANARY, make_packet_of, make_reader, make_sealed, token_for

from vouchsafe.asks.access import Visit
from vouchsafe.desk.verifying import check_file
from vouchsafe.letters.actions.withdraw_seal import withdraw_seal
from vouchsafe.letters.models import Seal
from vouchsafe.packets.actions.revoke_reader import revoke_reader
from vouchsafe.packets.models import Packet, Reader, Viewing
from vouchsafe.plans.models import Opportunity


@pytest.fixture
def opportunity(cast: Cast) -> Opportunity:
    return factories.make_opportunity(cast.ada, deadline_on=None)


@pytest.fixture
def seal(cast: Cast, opportunity: Opportunity) -> Seal:
    return make_sealed(cast.ben, opportunity, confidentiality="waived")


@pytest.fixture
def packet(seal: Seal, opportunity: Opportunity) -> Packet:
    return make_packet_of(seal, opportunity=opportunity)


@pytest.fixture
def reader(packet: Packet) -> Reader:
    return make_reader(packet)


def opened(client: Client, reader: Reader) -> str:
    response = client.post(f"/p/{token_for(reader)}")
    assert response.status_code == 302
    return str(response["Location"])


def pages(base: str, seal: Seal) -> list[str]:
    return [base, f"{base}{seal.number}/", f"{base}{seal.number}/pages/1"]


def files(base: str, seal: Seal) -> list[str]:
    return [f"{base}{seal.number}/file", f"{base}file", f"{base}copy"]


def snapshot() -> dict[str, list[object]]:
    return {
        model._meta.label: sorted(map(repr, model._default_manager.all().values()))  # type: ignore[attr-defined]  # every model has one
        for model in apps.get_models()
    }


def test_landing_shows_whose_letters_and_changes_nothing(client: Client, reader: Reader, seal: Seal) -> None:
    token = token_for(reader)
    before = snapshot()
    page = client.get(f"/p/{token}")
    client.head(f"/p/{token}")
    client.options(f"/p/{token}")
    text = page.content.decode()
    assert "A letter of recommendation for Ada Marsh" in text
    assert "Ben Okafor" in text
    assert CANARY not in text
    assert snapshot() == before
    assert "vouchsafe-reader" not in client.cookies
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]


def test_press_opens_the_letters_at_an_address_without_token(
    client: Client, reader: Reader, seal: Seal
) -> None:
    base = opened(client, reader)
    assert base == f"/reading/{reader.key}/"
    assert seen(reader) == ["opened", "read"]
    page = client.get(base)
    assert seal.number in page.content.decode()
    letter = client.get(f"{base}{seal.number}/").content.decode()
    assert CANARY in letter
    picture = client.get(f"{base}{seal.number}/pages/1")
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"Cleo Brandt" in picture.content
    assert client.get(f"{base}{seal.number}/pages/2").status_code == 404


def test_reading_pages_change_no_row(client: Client, reader: Reader, seal: Seal) -> None:
    base = opened(client, reader)
    before = snapshot()
    for path in pages(base, seal):
        for method in (client.get, client.head, client.options):
            method(path)
    for path in files(base, seal):
        assert client.get(path).status_code == 405
    assert snapshot() == before


def test_download_is_the_sealed_file_and_is_recorded(client: Client, reader: Reader, seal: Seal) -> None:
    base = opened(client, reader)
    response = client.post(f"{base}{seal.number}/file")
    assert check_file(response.content).verdict.is_sound
    assert response["Content-Disposition"] == f'attachment; filename="letter-{seal.number}.pdf"'
    assert [view.what for view in Viewing.objects.order_by("id")] == ["opened", "read", "downloaded"]
    copy = client.post(f"{base}copy").content
    assert check_file(copy).verdict.known.state == "reading_copy"
    whole = client.post(f"{base}file").content
    with pikepdf.open(io.BytesIO(whole)) as document:
        attached = document.attachments[f"letter-{seal.number}.pdf"].get_file().read_bytes()
    assert attached == response.content


def test_revoking_counts_at_the_next_request(cast: Cast, client: Client, reader: Reader, seal: Seal) -> None:
    token = token_for(reader)
    base = opened(client, reader)
    revoke_reader(by=cast.ada, reader=reader, now=timezone.now())
    assert client.get(f"/p/{token}").status_code == 410
    assert client.post(f"/p/{token}").status_code == 410
    answers = [client.get(path) for path in pages(base, seal)] + [client.post(p) for p in files(base, seal)]
    assert {answer.status_code for answer in answers} == {404, 410}
    assert all(CANARY.encode() not in answer.content for answer in answers)
    assert not any(answer.content.startswith(b"%PDF") for answer in answers)
    assert "no longer opens" in answers[0].content.decode()
    assert seen(reader) == ["opened", "read"]  # as the first press wrote, and nothing since


def seen(reader: Reader) -> list[str]:
    return list(Viewing.objects.filter(reader=reader).order_by("id").values_list("what", flat=True))


def test_press_is_told_of_on_the_packet_and_on_the_request_of_each_letter(
    cast: Cast, client: Client, reader: Reader, seal: Seal
) -> None:
    assert not seen(reader)
    client.get(f"/p/{token_for(reader)}")
    assert not seen(reader)
    opened(client, reader)
    assert Viewing.objects.get(what="read").seal == seal
    ada = Client()
    ada.force_login(cast.ada)
    packet = ada.get(f"/packets/{reader.packet.key}/").content.decode()
    assert packet.count(f"{reader.name} opened the letters") == 1
    request = seal.letter.request
    assert request is not None
    assert f"{reader.name} read the letter" in ada.get(f"/asks/{request.key}/").content.decode()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"expires_at": timezone.now() - timedelta(days=1)}, "has expired"),
        ({"held_why": "applicant-here"}, "This link waits"),
    ],
)
def test_link_that_is_over_says_why(
    client: Client, reader: Reader, seal: Seal, facts: dict[str, object], said: str
) -> None:
    token, base = token_for(reader), opened(client, reader)
    Reader.objects.filter(pk=reader.pk).update(**facts)
    for response in (client.get(f"/p/{token}"), client.post(f"/p/{token}"), client.get(base)):
        assert response.status_code == 410
        assert said in response.content.decode()
    assert client.get(f"{base}{seal.number}/pages/1").status_code == 404


def test_withdrawn_letter_is_named_and_no_longer_shown(
    cast: Cast, client: Client, opportunity: Opportunity, seal: Seal
) -> None:
    other = make_sealed(factories.make_contact(cast.ada, "Dora Lindqvist"), opportunity)
    reader = make_reader(make_packet_of(seal, other, opportunity=opportunity))
    base = opened(client, reader)
    for one, left in ((seal, 1), (other, 0)):
        visit = Visit(one.letter.request, one.correspondent.mailbox, "mailed_link", has_code=True)  # type: ignore[arg-type]  # it has one
        withdraw_seal(visit=visit, seal=one, now=timezone.now())
        page = client.get(base)
        assert page.status_code == (200 if left else 410)
        assert "withdrawn" in page.content.decode()
        assert client.get(f"{base}{one.number}/").status_code == (404 if left else 410)
        assert client.get(f"{base}{one.number}/pages/1").status_code == 404


def test_unknown_link_is_a_page_of_its_own(client: Client, cast: Cast) -> None:
    page = client.get("/p/" + "a" * 43)
    assert page.status_code == 404
    assert "This link is not known here" in page.content.decode()
    assert client.post("/p/" + "a" * 43).status_code == 404


def test_nobody_reads_without_their_own_press(
    cast: Cast, client: Client, opportunity: Opportunity, reader: Reader, seal: Seal
) -> None:
    """Eve signed in, a stranger, and a reader of another packet with a cookie of their own."""
    base = f"/reading/{reader.key}/"
    eve, stranger, other = Client(), Client(), Client()
    eve.force_login(cast.eve)
    elsewhere = make_sealed(factories.make_contact(cast.ada, "Dora Lindqvist"), opportunity)
    their = opened(
        other, make_reader(make_packet_of(elsewhere, opportunity=opportunity), address="x@y.example")
    )
    for visitor in (eve, stranger, other):
        for path in pages(base, seal):
            assert visitor.get(path).status_code == 404
        for path in files(base, seal):
            assert visitor.post(path).status_code == 404
    assert other.get(f"{their}{seal.number}/").status_code == 404
    assert other.get(f"{their}{seal.number}/pages/1").status_code == 404
    assert other.post(f"{their}{seal.number}/file").status_code == 404
    forged = Client()
    forged.cookies["vouchsafe-reader"] = other.cookies["vouchsafe-reader"].value + "x"
    assert forged.get(their).status_code == 404


def test_ada_signed_in_never_reads_as_her_own_reader(
    cast: Cast, client: Client, reader: Reader, seal: Seal
) -> None:
    token, base = token_for(reader), opened(client, reader)
    client.force_login(cast.ada)
    answers = [client.post(f"/p/{token}"), *(client.get(path) for path in pages(base, seal))]
    answers += [client.post(path) for path in files(base, seal)]
    assert {answer.status_code for answer in answers} == {409}
    assert all(CANARY.encode() not in answer.content for answer in answers)
    assert seen(reader) == ["opened", "read"]  # as the first press wrote, and nothing since


def test_sitting_ends_after_half_a_day(
    client: Client, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, start = opened(client, reader), timezone.now()
    for hours, status in ((11, 200), (13, 404)):
        monkeypatch.setattr(timezone, "now", lambda hours=hours: start + timedelta(hours=hours))
        assert client.get(base).status_code == status


@pytest.mark.parametrize("count", [1, 6])
def test_packet_asks_the_database_as_often_for_one_letter_as_for_many(
    cast: Cast, client: Client, opportunity: Opportunity, django_assert_max_num_queries: object, count: int
) -> None:
    seals = [
        make_sealed(
            factories.make_contact(cast.ada, f"W{n} Writer", email=f"w{n}@writers.example"), opportunity
        )
        for n in range(count)
    ]
    base = opened(client, make_reader(make_packet_of(*seals, opportunity=opportunity)))
    client.get(base)
    with django_assert_max_num_queries(7):  # type: ignore[operator]  # pytest-django's fixture
        assert client.get(base).content.decode().count('class="letter-page"') == count
