"""The words that pages carry, as paragraphs, for somebody to go on writing from. For the child only.

A page knows lines and where they stand, no paragraphs. One ends where the next line stands further off than lines do
on that page, where a line stops well before the others, and where the next one is set in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

MOST_WORDS = 50_000  # characters: what the editor takes, with room to spare
_FAR, _SHORT, _SET_IN = 1.2, 0.72, 0.9
_JOINTS = "\x02\u00ad\ufffe"  # how a word divided at the end of a line is told
_ENDS = frozenset('.!?:;)”"')
_PAGE_NUMBER = re.compile(r"\W*\d{1,3}\W*")
_NOT_WORDS = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    foot: float
    height: float


def words_in_pages_job(_head: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """One PDF in; out: its paragraphs in order, none where its pages are pictures."""
    found: list[str] = []
    for page in pypdfium2.PdfDocument(blobs[0]):
        here = list(_paragraphs(list(_lines(page))))
        if here and _PAGE_NUMBER.fullmatch(here[-1]):
            here.pop()
        if here and found and found[-1][-1:] not in _ENDS and here[0][:1].islower():
            found[-1] = _joined(found[-1], here.pop(0))
        found += here
        if sum(map(len, found)) > MOST_WORDS:
            break
    while sum(map(len, found)) > MOST_WORDS:
        found.pop()
    return {"paragraphs": found}, []


def _lines(page: Any) -> Iterator[_Line]:
    words = page.get_textpage()
    try:
        text: list[str] = []
        boxes: list[tuple[float, float, float, float]] = []
        for place in range(words.count_chars()):
            sign = chr(raw.FPDFText_GetUnicode(words.raw, place))
            if sign == "\n":
                yield from _line(text, boxes)
                text, boxes = [], []
                continue
            text.append(sign)
            if not sign.isspace() and sign not in _JOINTS:
                boxes.append(words.get_charbox(place))
        yield from _line(text, boxes)
    finally:
        words.close()


def _line(text: list[str], boxes: list[tuple[float, float, float, float]]) -> Iterator[_Line]:
    whole = "".join(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # some come as halves
    said = " ".join(whole.split())
    if said and boxes:
        yield _Line(
            said,
            min(box[0] for box in boxes),
            max(box[2] for box in boxes),
            median(box[1] for box in boxes),
            max(box[3] - box[1] for box in boxes),
        )


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    if not lines:
        return
    start, end = min(line.left for line in lines), max(line.right for line in lines)
    steps = [above.foot - below.foot for above, below in pairwise(lines)]
    forward = sorted(step for step in steps if step > 0) or [0.0]
    usual = forward[len(forward) // 4]  # within paragraphs; the wider half may all be ends
    said = lines[0].text
    for place, (above, below, step) in enumerate(zip(lines, lines[1:], steps, strict=False)):
        is_far = not 0 < step <= usual * _FAR
        is_short = above.right - start < (end - start) * _SHORT
        after = lines[place + 2].left if place + 2 < len(lines) else above.left
        # A first line set in comes back with the next one; a hanging paragraph does not.
        is_set_in = below.left - max(above.left, after) > below.height * _SET_IN
        if is_far or is_short or is_set_in:
            yield _clean(said)
            said = below.text
        else:
            said = _joined(said, below.text)
    yield _clean(said)


def _joined(above: str, below: str) -> str:
    if above[-1] in _JOINTS:
        return above[:-1] + below
    return above + below if above.endswith("-") and below[:1].islower() else f"{above} {below}"


def _clean(text: str) -> str:
    return _NOT_WORDS.sub("", text)
