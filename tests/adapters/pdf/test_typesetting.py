import re
import struct
import subprocess
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest

from vouchsafe.adapters.pdf.pictures import PictureUnusable, picture_size, qr_svg
from vouchsafe.adapters.pdf.typesetting import CharacterMissing, LetterTooLong, preview_svg, typeset
from vouchsafe.core.sealing import (
    Foot,
    LetterPage,
    Paper,
    Paragraph,
    Run,
    Signature,
    blocks_from_marks,
    seal_words,
)

WHEN = datetime(2026, 10, 27, 9, tzinfo=UTC)
DIGEST = bytes(range(32))
FOOT = Foot(DIGEST, "K7QM-42TX", seal_words(DIGEST), "https://vouchsafe.example/v/K7QM-42TX")


def a_letter(text="Ada is **very** careful.", **changes):
    letter = LetterPage(
        blocks_from_marks(text),
        Signature("Dr Ben Ortiz", ("Senior Lecturer",), typed="Ben Ortiz"),
        ("Harbour College", "12 Quay Street"),
        ("The Committee",),
        "27 October 2026",
        "Dear committee,",
        "Yours sincerely,",
    )
    return replace(letter, **changes)


def set_pdf(letter, foot=FOOT):
    return typeset(letter, foot=foot, title="A letter", when=WHEN)


def text_of(pdf: bytes, *options: str) -> str:
    run = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return run.stdout.decode()


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x40\x60\xa0" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_typeset_letter_says_everything_it_was_given():
    made = set_pdf(a_letter("First.\n\n- one\n- two\n\n1. uno"))
    text = text_of(made.pdf)
    for word in (
        "Harbour College", "12 Quay Street", "The Committee", "27 October 2026", "Dear committee,", "First.", "one",
        "two", "uno", "Yours sincerely,", "Dr Ben Ortiz", "Senior Lecturer", " ".join(FOOT.words), "K7QM-42TX",
        "vouchsafe.example/v/K7QM-42TX",
    ):  # fmt: skip
        assert word in text, word
    assert made.pages == 1


def test_typeset_twice_gives_the_same_bytes():
    assert set_pdf(a_letter()).pdf == set_pdf(a_letter()).pdf


def test_typeset_carries_both_standards_and_the_given_moment():
    with pikepdf.open(BytesIO(set_pdf(a_letter()).pdf)) as pdf:
        with pdf.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261027090000")
        assert pdf.pdf_version == "1.7"


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (595, 842)), (Paper.US_LETTER, (612, 792))])
def test_typeset_page_has_the_size_of_its_paper(paper, size):
    with pikepdf.open(BytesIO(set_pdf(a_letter(paper=paper)).pdf)) as pdf:
        box = [round(float(value)) for value in pdf.pages[0].mediabox]
    assert tuple(box[2:]) == size


def test_typeset_markup_in_a_letter_stays_literal_text():
    nasty = 'code #read("/etc/passwd") $x$ <label> @ref = Title #set page(width: 1pt) // comment'
    text = text_of(set_pdf(a_letter(nasty.replace("*", ""), addressee=("#panic()", "[x]"))).pdf, "-raw")
    assert nasty.replace(" ", "") in re.sub(r"\s", "", text)
    assert "#panic()" in text


def test_typeset_missing_character_is_refused_by_name():
    with pytest.raises(CharacterMissing) as refused:
        set_pdf(a_letter("A sign of one's own: \U000f1234."))  # for private use, so that no font may have it
    assert "U+F1234" in str(refused.value.sentence)


def test_typeset_greek_and_cyrillic_are_drawn():
    assert "Ελληνικά Кириллица Čeština" in text_of(set_pdf(a_letter("Ελληνικά Кириллица Čeština")).pdf)


def test_typeset_long_letter_carries_the_foot_on_every_page():
    made = set_pdf(a_letter("\n\n".join(["A sentence that fills the page, word after word. " * 6] * 12)))
    assert made.pages == len(made.svg_pages) >= 2
    for page in range(1, made.pages + 1):
        text = text_of(made.pdf, "-f", str(page), "-l", str(page))
        assert " ".join(FOOT.words) in text
        assert f"Page {page} of {made.pages}" in text


def test_typeset_preview_breaks_lines_as_the_sealed_page_does():
    """One template: with and without a foot, on screen and in the PDF, the same lines in the same places."""
    letter = a_letter("Word after word, with some of them much longer than others are. " * 14)

    def lines(svg: str) -> list[str]:
        return re.findall(r'transform="matrix\((1 0 0 -1 72 [\d.]+)\)', svg)

    made = set_pdf(letter)
    unsealed = lines(preview_svg(letter)[0])
    assert len(unsealed) > 10
    assert unsealed == lines(made.svg_pages[0])
    baselines = [float(line.split()[-1]) for line in unsealed]
    # Poppler gives the top of a line: in this face at 11 pt, 8.03 pt above its baseline.
    tops = re.findall(r'<line xMin="72\.0+" yMin="([\d.]+)"', text_of(made.pdf, "-bbox-layout"))
    printed = [float(top) + 8.03 for top in tops]
    within = [y for y in printed if baselines[0] - 1 < y < baselines[-1] + 1]
    assert within == pytest.approx(baselines, abs=0.1)


def test_typeset_unsealed_page_says_so():
    assert "not sealed yet" in text_of(set_pdf(a_letter(), foot=None).pdf)


def test_typeset_too_long_letter_is_refused():
    with pytest.raises(LetterTooLong):
        preview_svg(a_letter("word " * 13_000))


def test_typeset_signature_picture_is_drawn_with_its_alternative():
    made = set_pdf(a_letter(signature=Signature("Ben", picture=png(40, 20))))
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        alternatives = {
            str(thing.Alt)
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        }
        sizes = {(int(image.Width), int(image.Height)) for image in pdf.pages[0].get_images().values()}
    assert (40, 20) in sizes
    assert "The signature of Ben" in alternatives


@pytest.mark.parametrize(
    "picture", [b"GIF89a....", b"<svg/>", b"\x89PNG\r\n\x1a\n", png(4001, 1), b"\xff\xd8\xff\xe0"]
)
def test_typeset_unusable_signature_picture_is_refused(picture):
    with pytest.raises(PictureUnusable):
        preview_svg(a_letter(signature=Signature("Ben", picture=picture)))


def test_picture_size_is_read_from_either_kind():
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (31, 17)).save(out, "JPEG")
    assert picture_size(out.getvalue()) == (31, 17)
    assert picture_size(png(12, 9)) == (12, 9)


def test_typeset_name_beyond_latin_is_signed_in_italic_instead():
    made = set_pdf(a_letter(signature=Signature("Łukasz", typed="Łukasz Żak")))
    assert "Łukasz Żak" in text_of(made.pdf)


def test_qr_code_is_a_plain_picture():
    svg = qr_svg(FOOT.address)
    assert svg.startswith("<svg")
    assert "href" not in svg


def test_typeset_runs_with_line_breaks_keep_them():
    letter = a_letter(body=(Paragraph((Run("one\ntwo", italic=True),)),))
    assert re.search(r"one\s*\n+two", text_of(set_pdf(letter).pdf))
