from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from tests.sealing import plain_pdf

from vouchsafe.adapters.pdf.active import scan_active
from vouchsafe.adapters.pdf.conforming import CopyTooLarge, conforming_copy

LINE = "Copy of letter K7QM-42TX. The sealed letter can be checked at letters.example/verify/K7QM-42TX"
WHEN = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


def words(pdf: bytes) -> str:
    return " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


@pytest.mark.parametrize(("paper", "size"), [("", (595, 842)), ("a4", (595, 842)), ("us-letter", (612, 792))])
def test_copy_is_on_their_paper_and_says_on_each_page_that_it_is_one(
    paper: str, size: tuple[int, int]
) -> None:
    made = conforming_copy(plain_pdf("a heron"), line=LINE, title="Letter", paper=paper, when=WHEN)
    with pikepdf.open(BytesIO(made)) as pdf:
        boxes = [tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages]
        assert "/AcroForm" not in pdf.Root
    assert boxes == [size]
    said = " ".join(words(made).split())
    assert "a heron" in said
    assert LINE in said
    assert not scan_active(made)


def test_copy_fits_their_size_or_is_refused() -> None:
    letter = plain_pdf("a heron")
    whole = conforming_copy(letter, line=LINE, title="Letter", when=WHEN)
    same = conforming_copy(letter, line=LINE, title="Letter", when=WHEN, most_bytes=len(whole) + 100)
    assert "a heron" in words(same)
    with pytest.raises(CopyTooLarge):
        conforming_copy(letter, line=LINE, title="Letter", when=WHEN, most_bytes=500)


def heavy_letter() -> bytes:
    """Words, and a photograph beside them that no portal takes."""
    noise = BytesIO()
    Image.effect_noise((1400, 1980), 60).save(noise, "PDF", resolution=170, quality=98)
    with pikepdf.open(BytesIO(plain_pdf("a heron"))) as made, pikepdf.open(noise) as picture:
        made.pages[0].add_underlay(picture.pages[0], pikepdf.Rectangle(0, 0, 595, 842))
        out = BytesIO()
        made.save(out)
    return out.getvalue()


def test_letter_drawn_as_pictures_keeps_its_words_unseen() -> None:
    letter = heavy_letter()
    assert len(letter) > 1_200_000
    made = conforming_copy(letter, line=LINE, title="Letter", when=WHEN, most_bytes=900_000)
    assert len(made) <= 900_000
    said = " ".join(words(made).split())
    assert "a heron" in said
    assert LINE in said
    assert not scan_active(made)
    # Nothing but the picture is seen: without it the page is blank.
    with pikepdf.open(BytesIO(made)) as pdf:
        page = pdf.pages[0]
        (picture,) = [name for name, one in page.Resources.XObject.items() if one.Subtype == "/Image"]
        assert page.Resources.XObject[picture].Filter == "/DCTDecode"
        del page.Resources.XObject[picture]
        bare = BytesIO()
        pdf.save(bare)
    shown = pypdfium2.PdfDocument(bare.getvalue())[0].render(scale=0.5).to_pil().convert("L")
    assert shown.getextrema() == (255, 255)


def test_letter_of_large_pictures_is_drawn_smaller_to_fit() -> None:
    out = BytesIO()
    Image.effect_noise((1400, 1980), 60).save(out, "PDF", resolution=170, quality=98)
    assert len(out.getvalue()) > 1_200_000
    made = conforming_copy(out.getvalue(), line=LINE, title="Letter", when=WHEN, most_bytes=900_000)
    assert len(made) <= 900_000
    assert len(pypdfium2.PdfDocument(made)) == 1
    assert not scan_active(made)
