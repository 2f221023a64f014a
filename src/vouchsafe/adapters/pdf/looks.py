"""What a reader would notice at a glance: a letterhead, and a signature under the close. For the child only.

A guess from where things stand on the page. None where nothing can be told, as on a page that is one picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

_DRAWN = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING)
_MOST_OBJECTS = 4_000
_WHOLE = 0.5  # of a page: a scan, not something on it
_HEAD, _UNDER = 0.82, 0.2  # of the height: where a letterhead ends, and how far below the close one signs
_LEAST, _MOST = (0.04, 0.008), (0.65, 0.2)  # of width and height: less is a rule or a dot, more a picture
_CLOSES = (
    "sincerely", "faithfully", "regards", "truly", "respectfully", "cordially", "best wishes", "warmly", "with esteem",
    "grüßen", "gruß", "hochachtungsvoll", "sentiments", "salutations", "cordialement", "atentamente", "saludo",
    "cordiali saluti", "distinti saluti", "atenciosamente", "hoogachtend", "groet", "poważaniem", "vänliga", "hilsen",
)  # fmt: skip
_HEAD_WORDS = re.compile(
    r"@|www\.|https?:|\btel\b|\bphone\b|\bfax\b|\bstreet\b|\bavenue\b|\broad\b|universit|universidad|college|school|institut|"
    r"department|faculty|hospital|company|\bgmbh\b|\bltd\b|\binc\b|\bllc\b|\b[a-z]{1,2}\d{1,2}[a-z]? ?\d[a-z]{2}\b|\b\d{5}\b",
    re.IGNORECASE,
)

Box = tuple[float, float, float, float]  # left, bottom, right, top, as parts of the page


def looks_of(document: pypdfium2.PdfDocument) -> dict[str, bool | None]:
    """`letterhead` and `signature`: seen, not seen, or None."""
    pages = len(document)
    first, last = document[0], document[pages - 1]
    return {"letterhead": _letterhead(first), "signature": _signature(last)}


def _letterhead(page: Any) -> bool | None:
    boxes = list(_boxes(page))
    if any(_is_whole(box) for box in boxes):
        return None
    if any(box[1] > _HEAD and _big(box) for box in boxes):
        return True
    width, height = page.get_size()
    words = page.get_textpage()
    try:
        top = words.get_text_bounded(left=0, bottom=height * _HEAD, right=width, top=height)
    finally:
        words.close()
    return any(_is_heading(line) for line in top.splitlines())


def _is_heading(line: str) -> bool:
    """A line of an address or a name, and no sentence of a letter that begins high on its page."""
    return (
        len(line.split()) <= 12
        and not line.rstrip().endswith((".", ",", ":"))
        and bool(_HEAD_WORDS.search(line))
    )


def _signature(page: Any) -> bool | None:
    boxes = list(_boxes(page))
    if any(_is_whole(box) for box in boxes):
        return None
    closed_at = _close(page)
    if closed_at is None:
        # Without a known close only what stands where neither letterhead nor foot does is taken for one.
        return True if any(box[1] > 0.12 and box[3] < 0.7 and _big(box) for box in boxes) else None
    inked = [box for box in boxes if closed_at - _UNDER < box[1] and box[3] < closed_at + 0.03]
    return bool(inked) and (any(map(_big, inked)) or _big(_around(inked)))


def _close(page: Any) -> float | None:
    """How high the letter's close stands; the lowest, should there be several."""
    height = page.get_size()[1]
    words = page.get_textpage()
    found = []
    try:
        for phrase in _CLOSES:
            search = words.search(phrase)
            while (hit := search.get_next()) is not None:
                found.append(words.get_charbox(hit[0])[1] / height)
    finally:
        words.close()
    return min(found, default=None)


def _boxes(page: Any) -> Iterator[Box]:
    """Where pictures and drawn lines stand. Rules and frames are no more than lines, and left out."""
    width, height = page.get_size()
    for many, thing in enumerate(page.get_objects(filter=_DRAWN)):
        if many > _MOST_OBJECTS:
            return
        left, bottom, right, top = thing.get_bounds()
        box = (left / width, bottom / height, right / width, top / height)
        if thing.type == raw.FPDF_PAGEOBJ_PATH and (right - left < 2 or top - bottom < 2 or _is_whole(box)):
            continue
        yield box


def _is_whole(box: Box) -> bool:
    return (box[2] - box[0]) * (box[3] - box[1]) > _WHOLE


def _big(box: Box) -> bool:
    across, down = box[2] - box[0], box[3] - box[1]
    return _LEAST[0] < across < _MOST[0] and _LEAST[1] < down < _MOST[1]


def _around(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
