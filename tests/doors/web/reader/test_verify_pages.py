"""Checking a letter: six outcomes in their own words, four answers, facts, and never the text."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories
from tests.cast import Cast
from tests.doors.web.reader.test_reader_walk import opened, snapshot
from tests.sealing import CANARY, make_packet_of, make_reader, make_sealed, plain_pdf

from vouchsafe.asks.access import Visit
from vouchsafe.core.sealing import parse_letter_number
from vouchsafe.doors.web.reader import pace
from vouchsafe.ledger import custody
from vouchsafe.letters.actions.withdraw_seal import withdraw_seal
from vouchsafe.letters.models import Letter, Seal
from vouchsafe.packets.actions.make_reading_copy import make_reading_copy
from vouchsafe.packets.actions.read_letter import read_letter
from vouchsafe.packets.actions.revoke_reader import revoke_reader
from vouchsafe.packets.models import Reader
from vouchsafe.plans.models import Opportunity

FREE = "ZZZZ-ZZZZ"


@pytest.fixture(autouse=True)
def fresh_minute() -> None:
    pace._missed.clear()


@pytest.fixture
def opportunity(cast: Cast) -> Opportunity:
    return factories.make_opportunity(cast.ada, deadline_on=None)


@pytest.fixture
def seal(cast: Cast, opportunity: Opportunity) -> Seal:
    return make_sealed(cast.ben, opportunity, confidentiality="waived")


@pytest.fixture
def reader(seal: Seal, opportunity: Opportunity) -> Reader:
    return make_reader(make_packet_of(seal, opportunity=opportunity))


@pytest.fixture
def sealed_pdf(seal: Seal, reader: Reader) -> bytes:
    return read_letter(reader=reader, seal=seal, what="read", now=timezone.now())


def unbroken(number: str) -> str:
    return number.replace("-", "\N{NON-BREAKING HYPHEN}")


def upload(data: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("letter.pdf", data, "application/pdf")}


def by_digest(client: Client, data: bytes, **more: str) -> str:
    return client.get("/verify/", {"digest": sha256(data).hexdigest(), **more}).content.decode()


def test_number_tells_facts_and_never_the_text(client: Client, seal: Seal) -> None:
    page = client.get(f"/verify/{seal.number}").content.decode()
    for said in (
        f"Letter {unbroken(seal.number)} is genuine",
        "Ben Okafor",
        "Ada Marsh",
        "Written in confidence",
        "had given up the right to read it",
        "an address at writers.example",
        "We do not know who sat at the keyboard",
        "call the certificate unknown",
        "No file was compared",
    ):
        assert said in page, said
    assert CANARY not in page
    assert "ben@writers.example" not in page
    assert "Read the letter" not in page


@pytest.mark.parametrize("write", [str.lower, lambda n: n.replace("-", ""), lambda n: f" {n[:2]} {n[2:]} "])
def test_number_is_read_in_any_case_and_spacing(client: Client, seal: Seal, write: object) -> None:
    typed = write(seal.number)  # type: ignore[operator]  # a way of writing it
    assert client.get(f"/verify/{typed}").status_code == 200
    response = client.post("/verify/", {"number": typed})
    assert response["Location"] == f"/verify/{seal.number}"


@given(data=st.data())
@settings(max_examples=150)
def test_look_alike_characters_are_read_as_the_digits_they_look_like(data: st.DataObject) -> None:
    number = data.draw(st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=8, max_size=8))
    swaps = {"0": "0Oo", "1": "1IiLl"}
    typed = "".join(data.draw(st.sampled_from(swaps.get(c, c + c.lower()))) for c in number)
    gap = data.draw(st.sampled_from(["", "-", " ", " - ", "–"]))
    assert parse_letter_number(typed[:4] + gap + typed[4:]) == f"{number[:4]}-{number[4:]}"


def test_unknown_and_unreadable_numbers_say_what_to_look_at(client: Client, cast: Cast) -> None:
    unknown = client.get(f"/verify/{FREE}")
    assert unknown.status_code == 404
    assert f"No letter has the number {unbroken(FREE)}" in unknown.content.decode()
    assert "0 and O are read alike" in unknown.content.decode()
    assert "seal_picture-lines" not in unknown.content.decode()
    for response in (client.get("/verify/hello"), client.post("/verify/", {"number": "hello"})):
        assert response.status_code in (404, 422)
        assert "is not the number of a letter" in response.content.decode()
    assert client.post("/verify/", {"number": ""}).status_code == 422


def test_checking_by_address_changes_no_row(client: Client, seal: Seal, sealed_pdf: bytes) -> None:
    before = snapshot()
    client.get("/verify/")
    for number in (seal.number, FREE, "hello"):
        client.get(f"/verify/{number}")
        client.head(f"/verify/{number}")
    by_digest(client, sealed_pdf)
    by_digest(client, b"x")
    assert snapshot() == before


def test_file_compared_in_the_browser_is_known_by_its_digest_alone(client: Client, sealed_pdf: bytes) -> None:
    page = by_digest(client, sealed_pdf)
    assert "This letter is genuine" in page
    assert "Nothing was added after the seal" in page
    assert "We know no letter with these bytes" in by_digest(client, sealed_pdf + b" ")
    assert "Is this letter genuine?" in client.get("/verify/", {"digest": "abc"}).content.decode()


def test_file_held_against_a_number_is_said_to_be_another(
    client: Client, seal: Seal, sealed_pdf: bytes
) -> None:
    page = by_digest(client, sealed_pdf + b" ", number=seal.number)
    assert "This file is not the letter we sealed" in page
    assert f"See letter {seal.number}" in page
    assert '<g class="seal_picture-lines"' not in page


def test_uploaded_file_is_checked_and_not_kept(client: Client, sealed_pdf: bytes) -> None:
    response = client.post("/verify/", upload(sealed_pdf))
    assert response.status_code == 200
    page = response.content.decode()
    assert "This letter is genuine" in page
    assert "The signature in the file is sound and ours" in page
    assert CANARY not in page


def test_changed_byte_in_a_sealed_file_is_seen(client: Client, seal: Seal, sealed_pdf: bytes) -> None:
    for at in range(200, len(sealed_pdf), len(sealed_pdf) // 6):
        changed = bytearray(sealed_pdf)
        changed[at] ^= 1
        page = client.post("/verify/", upload(bytes(changed))).content.decode()
        assert "genuine" not in page.split("<h1")[1].split("</h1>")[0]
    changed = sealed_pdf.replace(b"/Type", b"/Typo", 1)
    page = client.post("/verify/", upload(changed)).content.decode()
    assert "This file is not the letter we sealed" in page
    assert f"See letter {seal.number}" in page
    added = client.post("/verify/", upload(sealed_pdf + b"\n% more")).content.decode()
    assert "This file is not the letter we sealed" in added


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_changed_digest_is_taken_for_the_sealed_one(
    client: Client, sealed_pdf: bytes, at: float, bit: int
) -> None:
    changed = bytearray(sealed_pdf)
    changed[int(at * len(changed))] ^= 1 << bit
    assert "We know no letter with these bytes" in by_digest(client, bytes(changed))


def test_foreign_and_broken_files_are_told_apart_from_ours(client: Client, cast: Cast) -> None:
    for data in (plain_pdf(), b"MZ\x90", b"%PDF-1.7\n" + b"\x00" * 50):
        response = client.post("/verify/", upload(data))
        assert response.status_code == 404
        assert "We know no letter with these bytes" in response.content.decode()
    assert client.post("/verify/", upload(b"")).status_code == 422
    assert client.post("/verify/", {}).status_code == 422


def test_reading_copy_is_called_one_and_never_changed(client: Client, seal: Seal, reader: Reader) -> None:
    made = make_reading_copy(reader=reader, now=timezone.now())
    for page in (
        by_digest(client, made, number=seal.number),
        client.post("/verify/", upload(made)).content.decode(),
    ):
        assert "This is a reading copy of a genuine letter" in page
        assert seal.number in page


def test_withdrawn_letter_says_so_and_shows_no_picture(client: Client, seal: Seal, sealed_pdf: bytes) -> None:
    visit = Visit(seal.letter.request, "ben@writers.example", "mailed_link", has_code=True)  # type: ignore[arg-type]  # it has one
    withdraw_seal(visit=visit, seal=seal, now=timezone.now())
    for page in (client.get(f"/verify/{seal.number}").content.decode(), by_digest(client, sealed_pdf)):
        assert "Its writer has withdrawn this letter" in page
        assert "seal_picture-lines" not in page


def test_replaced_letter_leads_to_the_newer_one(
    cast: Cast, client: Client, opportunity: Opportunity, seal: Seal
) -> None:
    newer = make_sealed(factories.make_contact(cast.ada, "Ben Again"), opportunity)
    Letter.objects.filter(pk=newer.letter_id).update(predecessor=seal.letter)
    page = client.get(f"/verify/{seal.number}").content.decode()
    assert "This letter was replaced by a newer one" in page
    assert f"/verify/{newer.number}" in page


def test_missing_keys_say_nothing_about_the_letter(
    client: Client, seal: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise OSError

    monkeypatch.setattr(custody, "keys", gone)
    monkeypatch.setattr("vouchsafe.ledger.custody.decrypt", lambda *_, **__: gone())
    page = client.get(f"/verify/{seal.number}").content.decode()
    assert "can’t be checked now" in page
    assert "genuine" not in page.split("<main")[1].split("Holding a file")[0]


def test_altered_record_no_longer_fits_its_seal(client: Client, seal: Seal) -> None:
    from django.db import connection

    with connection.cursor() as cursor:  # past the trigger that keeps seals as they are
        cursor.execute("DROP TRIGGER seal_is_frozen" if connection.vendor == "sqlite" else "SELECT 1")
    if connection.vendor != "sqlite":
        return
    other = custody.encrypt(b'{"writer":{"lines":["Mayor"]}}', context="record")
    Seal.objects.filter(pk=seal.pk).update(record=other)
    page = client.get(f"/verify/{seal.number}").content.decode()
    assert f"The seal of letter {unbroken(seal.number)} no longer fits" in page


def test_only_its_reader_is_offered_the_letter(
    cast: Cast, client: Client, seal: Seal, reader: Reader
) -> None:
    opened(client, reader)
    assert f"/reading/{reader.key}/{seal.number}/" in client.get(f"/verify/{seal.number}").content.decode()
    ada, eve = Client(), Client()
    ada.force_login(cast.ada)
    eve.force_login(cast.eve)
    for visitor in (ada, eve, Client()):
        page = visitor.get(f"/verify/{seal.number}").content.decode()
        assert "is genuine" in page
        assert "/reading/" not in page
        assert CANARY not in page
    revoke_reader(by=cast.ada, reader=reader, now=timezone.now())
    assert "/reading/" not in client.get(f"/verify/{seal.number}").content.decode()


def test_too_many_numbers_in_a_minute_are_refused(client: Client, cast: Cast) -> None:
    answers = [client.post("/verify/", {"number": FREE}).status_code for _ in range(pace.PRESSES + 3)]
    assert answers.count(302) == pace.PRESSES
    assert answers[-1] == 429


def test_trying_numbers_nobody_has_is_slowed_down_without_a_row(client: Client, seal: Seal) -> None:
    before = snapshot()
    answers = [client.get(f"/verify/{FREE}").status_code for _ in range(pace.MISSES + 2)]
    assert answers.count(404) == pace.MISSES
    assert answers[-1] == 429
    assert client.get(f"/verify/{seal.number}").status_code == 429
    later = timezone.now() + timedelta(seconds=pace.MINUTE + 1)
    pace.refuse_after_misses(client.get("/verify/").wsgi_request, later)
    assert snapshot() == before
