"""Signatures: drawn, or a picture of one. Only ink is kept, and nothing that a camera wrote beside it."""

import json
import math
from datetime import UTC, datetime
from functools import cache
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw

from vouchsafe.adapters.pdf.pictures import (
    MAX_GIVEN_BYTES,
    NoInkFound,
    NoPlainPaper,
    PictureUnusable,
    clean_signature,
    picture_in_svg,
    picture_size,
)
from vouchsafe.adapters.pdf.typesetting import typeset
from vouchsafe.core.sealing import LetterPage, Signature, blocks_from_marks
from vouchsafe.core.sealing.strokes import drawn_svg, read_strokes

WHEN = datetime(2026, 10, 27, 9, tzinfo=UTC)


def a_paper(size=(800, 600), *, ink: bool = True) -> Image.Image:
    """Paper with a shadow across it, and a hand's line in blue ink."""
    shade = Image.linear_gradient("L").resize(size).point(lambda value: 110 + value // 2)
    paper = Image.merge(
        "RGB", (shade, shade.point(lambda v: v * 96 // 100), shade.point(lambda v: v * 9 // 10))
    )
    if ink:
        points = [(150 + 2 * x, 300 + int(60 * math.sin(x / 12) * math.cos(x / 31))) for x in range(220)]
        ImageDraw.Draw(paper).line(points, fill=(25, 30, 110), width=5, joint="curve")
    return paper


def saved(picture: Image.Image, kind: str = "JPEG", **options) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


@cache
def cleaned(kind: str = "JPEG") -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "camera-canary"
    return clean_signature(saved(a_paper(), kind, exif=exif))


def test_photographed_signature_becomes_ink_on_white_and_nothing_else():
    made = cleaned()
    assert b"camera-canary" not in made
    assert made.startswith(b"\x89PNG")
    picture = Image.open(BytesIO(made))
    assert picture.info == {}
    corners = [
        (0, 0),
        (picture.width - 1, 0),
        (0, picture.height - 1),
        (picture.width - 1, picture.height - 1),
    ]
    assert {picture.getpixel(corner) for corner in corners} == {(255, 255, 255)}
    assert 430 < picture.width < 480  # cut out where the ink ends
    red, _, blue = picture.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert blue > red  # and still in the colour of its ink
    assert len(made) < 60_000


def test_heic_photograph_of_a_signature_is_read():
    import pillow_heif

    pillow_heif.register_heif_opener()
    given = saved(a_paper(), "HEIF", quality=70)
    assert picture_size(clean_signature(given)) is not None


def test_transparent_scan_stands_on_white():
    scan = Image.new("RGBA", (600, 200), (0, 0, 0, 0))
    ImageDraw.Draw(scan).line([(40, 100), (300, 40), (560, 160)], fill=(0, 0, 0, 255), width=6)
    picture = Image.open(BytesIO(clean_signature(saved(scan, "PNG"))))
    assert picture.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (b"", PictureUnusable),
        (b"GIF89a" + bytes(40), PictureUnusable),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PictureUnusable),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), PictureUnusable),
        (b"\xff\xd8\xff" + bytes(MAX_GIVEN_BYTES), PictureUnusable),
        (saved(a_paper(ink=False)), NoInkFound),
        (saved(Image.effect_noise((400, 300), 120).convert("RGB"), "PNG"), NoPlainPaper),
    ],
    ids=["empty", "gif", "svg", "broken", "too-large", "empty-paper", "no-paper"],
)  # fmt: skip
def test_what_is_no_signature_is_refused_with_what_to_do(given, refusal):
    with pytest.raises(refusal) as refused:
        clean_signature(given)
    assert refused.value.hint


def test_picture_that_unpacks_far_too_large_is_refused():
    with pytest.raises(PictureUnusable):
        clean_signature(saved(Image.new("1", (20_000, 9_000)), "PNG"))


@pytest.mark.parametrize("kind", ["drawn", "picture"])
def test_signature_stands_in_the_letter_with_words_for_whoever_cannot_see_it(kind):
    drawn = drawn_svg(read_strokes(json.dumps([[[10, 90], [60, 10], [110, 120], [160, 40], [300, 60]]])))
    picture = drawn if kind == "drawn" else cleaned()
    assert picture_in_svg(picture).startswith("<svg")
    letter = LetterPage(blocks_from_marks("Ada is careful."), Signature("Ben Ortiz", picture=picture))
    made = typeset(letter, foot=None, title="Letter", when=WHEN, footless=True)
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        told = {str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one}
    assert "The signature of Ben Ortiz" in told
    page = pypdfium2.PdfDocument(made.pdf)[0].render().to_pil().convert("RGB")
    unsigned = typeset(
        LetterPage(letter.body, Signature("Ben Ortiz")), foot=None, title="Letter", when=WHEN, footless=True
    )
    plain = pypdfium2.PdfDocument(unsigned.pdf)[0].render().to_pil().convert("RGB")
    assert blue_points(page) > 30
    assert blue_points(plain) == 0


def blue_points(page: Image.Image) -> int:
    red, _, blue = page.split()
    return sum(ImageChops.subtract(blue, red).histogram()[41:])
