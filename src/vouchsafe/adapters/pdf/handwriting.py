"""A photographed or scanned signature becomes a small clean picture. For the limited child: Pillow reads it there.

The paper is told from the ink by its own brightness nearby, so a shadow across the page leaves no stain; what is
left is cut out, scaled and written anew, without anything the camera wrote beside the pixels.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, ImageChops, ImageFilter, ImageMath

from vouchsafe.adapters.pdf.photographs import UNREADABLE, open_upright

LONGEST, TALLEST = 1400, 560
_WORKED_ON = 2400  # a side; more shows no more of a pen
_NEARBY = 160  # the small picture that the paper's brightness is taken from
_PAPER, _INK = 218, 90  # of 255, once the paper is evened out: white from there, full ink below
_SEEN = 170  # darker than this is a stroke
_MOST_INK = 0.35  # of the cut-out picture: a face or a whole page of text has more
_MARGIN = 8


def signature_job(_head: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """One picture in; out: a PNG of the ink alone, on white."""
    try:
        picture = open_upright(blobs[0])
    except UNREADABLE:
        return {"refused": "unreadable"}, []
    picture.thumbnail((_WORKED_ON, _WORKED_ON), Image.Resampling.LANCZOS)
    clean = _evened(picture)
    shade = clean.convert("L")
    strokes = shade.point(lambda value: 255 if value < _SEEN else 0)
    # A grain of dust is no edge of the signature.
    box = strokes.filter(ImageFilter.MedianFilter(3)).getbbox()
    if box is None or (box[2] - box[0]) * (box[3] - box[1]) < 64:
        return {"refused": "no-ink"}, []
    inside = strokes.crop(box)
    if inside.histogram()[255] > _MOST_INK * inside.width * inside.height:
        return {"refused": "no-paper"}, []
    left, top, right, bottom = box
    cut = clean.crop(
        (
            max(0, left - _MARGIN),
            max(0, top - _MARGIN),
            min(clean.width, right + _MARGIN),
            min(clean.height, bottom + _MARGIN),
        )
    )
    cut.thumbnail((LONGEST, TALLEST), Image.Resampling.LANCZOS)
    out = BytesIO()
    cut.quantize(64).convert("RGB").save(out, "PNG", optimize=True)
    return {"width": cut.width, "height": cut.height}, [out.getvalue()]


def _evened(picture: Image.Image) -> Image.Image:
    """Each colour held against the paper around it: paper becomes white, ink keeps its hue."""
    small = picture.copy()
    small.thumbnail((_NEARBY, _NEARBY))
    paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(6)).resize(picture.size)
    bands = [_held_against(one, other) for one, other in zip(picture.split(), paper.split(), strict=True)]
    evened = Image.merge("RGB", bands)
    # Where even the darkest of the three colours is paper, all of it is.
    darkest = ImageChops.darker(ImageChops.darker(bands[0], bands[1]), bands[2])
    return Image.composite(
        Image.new("RGB", evened.size, "white"),
        evened,
        darkest.point(lambda value: 255 if value >= 250 else 0),
    )


def _held_against(band: Image.Image, paper: Image.Image) -> Image.Image:
    ratio: Image.Image = ImageMath.lambda_eval(
        lambda of: of["convert"](of["min"](of["band"] * 255 / of["max"](of["paper"], 1), 255), "L"),
        band=band,
        paper=paper,
    )
    span = _PAPER - _INK
    return ratio.point(
        lambda value: max(0, min(255, (value - _INK) * 255 // span)) if value > _INK else value // 3
    )
