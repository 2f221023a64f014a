"""The packet as a file: the sealed letters are inside byte for byte, and each of them can be checked alone."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.test import Client
from tests import factories
from tests.cast import Cast
from tests.sealing import make_packet_of, make_reader, make_sealed, token_for

from vouchsafe.core.sealing import Outcome
from vouchsafe.desk.verifying import check_file
from vouchsafe.letters.models import Seal
from vouchsafe.packets.models import Reader


@pytest.fixture
def seals(cast: Cast) -> list[Seal]:
    opportunity = factories.make_opportunity(cast.ada, deadline_on=None)
    mina = factories.make_contact(cast.ada, "Mina Holt")
    return [make_sealed(cast.ben, opportunity, confidentiality="waived"), make_sealed(mina, opportunity)]


@pytest.fixture
def cleo(seals: list[Seal]) -> Reader:
    purpose = seals[0].letter.request.purposes.get()  # type: ignore[union-attr]  # it has one
    return make_reader(make_packet_of(*seals, opportunity=purpose.opportunity))


def pdf_of(reader: Reader, what: str) -> bytes:
    client = Client()
    client.post(f"/p/{token_for(reader)}", {"act": "open"})
    answer = client.post(f"/reading/{reader.key}/{what}")
    assert answer["Content-Type"] == "application/pdf"
    return bytes(answer.content)


def texts(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def test_packet_holds_each_sealed_letter_byte_for_byte_and_each_is_genuine_alone(
    cleo: Reader, seals: list[Seal]
) -> None:
    made = pdf_of(cleo, "file")
    with pikepdf.open(BytesIO(made)) as pdf:
        with pdf.open_metadata() as told:
            assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("3", "A")
        files = list(pdf.Root.AF)
        listed = dict(pdf.attachments)
        found = {str(each.UF): bytes(each.EF.F.read_bytes()) for each in files}
        for each in files:
            assert str(each.AFRelationship) == "/Supplement"
            assert str(each.EF.F.Subtype) == "/application/pdf"
            assert int(each.EF.F.Params.Size) == len(found[str(each.UF)])
    assert set(found) == set(listed) == {f"letter-{seal.number}.pdf" for seal in seals}
    for seal in seals:
        letter = found[f"letter-{seal.number}.pdf"]
        assert sha256(letter).hexdigest() == seal.pdf_digest
        checked = check_file(letter)
        assert checked.verdict.outcome is Outcome.GENUINE
        assert all(
            one.good for one in (checked.verdict.known, checked.verdict.signature, checked.verdict.addition)
        )
        assert check_file(letter + b"%").verdict.outcome is Outcome.CHANGED


def test_reading_copy_says_so_on_every_page_holds_no_seal_and_is_known_as_a_copy(
    cleo: Reader, seals: list[Seal]
) -> None:
    made = pdf_of(cleo, "copy")
    cover, *pages = texts(made)
    assert "This is a reading copy for Cleo Brandt." in cover
    for page in pages:
        assert "Reading copy of letter" in page
        assert "Cleo Brandt" in page
    assert {seal.number for seal in seals} == {
        seal.number for seal in seals if any(f"letter {seal.number}" in page for page in pages)
    }
    with pikepdf.open(BytesIO(made)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert not list(pdf.attachments)
    checked = check_file(made)
    assert checked.verdict.outcome is Outcome.GENUINE
    assert checked.verdict.known.state == "reading_copy"
    assert len(checked.also) == 1


def test_order_of_the_packet_is_the_order_on_its_cover(cast: Cast, cleo: Reader, seals: list[Seal]) -> None:
    ada, numbers = Client(), [seal.number for seal in reversed(seals)]
    ada.force_login(cast.ada)
    kept = {"order": numbers, "title": "In this order", "cover_words": "", "act": "keep"}
    ada.post(f"/packets/{cleo.packet.key}/arrangement", kept)
    cover = " ".join(texts(pdf_of(cleo, "file")))
    assert "In this order" in cover
    assert cover.index("Mina Holt") < cover.index("Ben Okafor")


def test_reader_is_told_when_the_order_changed_after_they_opened_it(
    cast: Cast, cleo: Reader, seals: list[Seal]
) -> None:
    early, ada, late = Client(), Client(), Client()
    early.post(f"/p/{token_for(cleo)}", {"act": "open"})
    ada.force_login(cast.ada)
    said = "Its order or its cover; the letters are the same."
    assert said not in early.get(f"/reading/{cleo.key}/").content.decode()
    kept = {"order": [seal.number for seal in reversed(seals)], "title": "", "cover_words": "", "act": "keep"}
    ada.post(f"/packets/{cleo.packet.key}/arrangement", kept)
    page = early.get(f"/reading/{cleo.key}/").content.decode()
    assert said in page
    assert page.index(f'id="letter-{seals[1].number}"') < page.index(f'id="letter-{seals[0].number}"')
    other = make_reader(cleo.packet, "Gil", "gil@readers.example")
    late.post(f"/p/{token_for(other)}", {"act": "open"})
    assert said not in late.get(f"/reading/{other.key}/").content.decode()
