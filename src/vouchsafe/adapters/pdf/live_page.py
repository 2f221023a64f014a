"""The page while somebody writes it: what the sealed PDF will look like, and what only its writer should see.

Set from the template of the sealed PDF. A character no font has is refused here already, lines beyond a page are
counted where they were set, and words that are still somebody else's are marked; the marks move no line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from vouchsafe.adapters.pdf.typesetting import compile_pdf, inputs_of, svg_of
from vouchsafe.core.sealing.letter import LetterPage

ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # the PDF is made to be refused, and thrown away
_FOOT = 111.0  # points kept for the foot at the end of a page: letter.typ's bottom margin
_SAME_LINE = 3.0  # a raised figure or another face sits at most so far from its line
_GROUP = re.compile(r"<g\b(?P<attributes>[^>]*)>|</g>")
_MOVED = re.compile(r'transform="translate\((?P<x>[-\d.e]+) (?P<y>[-\d.e]+)\)"')
_SET = re.compile(r'transform="matrix\(1 0 0 -1 (?P<x>[-\d.e]+) (?P<y>[-\d.e]+)\)"')
_HEIGHT = re.compile(r'viewBox="0 0 [\d.]+ (?P<height>[\d.]+)"')


@dataclass(frozen=True, slots=True)
class LivePage:
    """`over` counts the lines after the first page, and `over_two` those after the second."""

    svg_pages: tuple[str, ...]
    over: int
    over_two: int
    still_theirs: tuple[str, ...]


def live_page(letter: LetterPage, *, theirs: Sequence[str] = ()) -> LivePage:
    """The letter as it would be sealed now. `theirs` are the points its applicant gave, marked where they stand
    word for word. CharacterMissing names what no font can draw."""
    inputs = inputs_of(letter, None, "Letter")
    found = _mark(inputs["body"], theirs)
    compile_pdf("letter.typ", inputs, when=ANY_DAY, standards=["a-2a", "ua-1"])
    pages = svg_of("letter.typ", inputs)
    lines = [_lines(page) for page in pages]
    return LivePage(pages, sum(lines[1:]), sum(lines[2:]), found)


def _lines(svg: str) -> int:
    """How many lines of the letter stand on a page, its foot left out."""
    found = _HEIGHT.search(svg)
    ends = float(found["height"]) - _FOOT if found else 0.0
    heights = sorted(y for y in _baselines(svg) if y < ends)
    return sum(place == 0 or y - heights[place - 1] > _SAME_LINE for place, y in enumerate(heights))


def _baselines(svg: str) -> Iterator[float]:
    """Where each stretch of text stands, from the top of the page."""
    down = [0.0]
    for group in _GROUP.finditer(svg):
        attributes = group["attributes"]
        if attributes is None:
            down.pop()
            continue
        if text := _SET.search(attributes):
            yield down[-1] + float(text["y"])
        moved = _MOVED.search(attributes)
        down.append(down[-1] + (float(moved["y"]) if moved else 0.0))


def _mark(body: list[dict[str, Any]], theirs: Sequence[str]) -> tuple[str, ...]:
    """Split the runs of a letter where somebody else's words begin and end; says whose were found."""
    looked_for = {phrase: pattern for phrase in theirs if (pattern := _pattern(phrase))}
    found: set[str] = set()
    for block in body:
        for holder, key in _holders(block):
            runs = holder[key]
            text = "".join(run["text"] for run in runs)
            spans = []
            for phrase, pattern in looked_for.items():
                for match in pattern.finditer(text):
                    found.add(phrase)
                    spans.append(match.span())
            if spans:
                holder[key] = list(_split(runs, spans))
    return tuple(phrase for phrase in looked_for if phrase in found)


def _pattern(phrase: str) -> re.Pattern[str] | None:
    # Their last full stop is not theirs once the sentence goes on.
    words = phrase.strip().rstrip(".;,").split()
    if not words:
        return None
    return re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)", re.IGNORECASE)


def _holders(block: dict[str, Any]) -> list[tuple[Any, Any]]:
    if "items" in block:
        return [(block["items"], place) for place in range(len(block["items"]))]
    return [(block, "runs")]


def _split(runs: list[dict[str, Any]], spans: list[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    at = 0
    for run in runs:
        text, ends = run["text"], at + len(run["text"])
        cuts = sorted({at, ends, *(edge for span in spans for edge in span if at < edge < ends)})
        for start, end in pairwise(cuts):
            is_theirs = any(first <= start and end <= last for first, last in spans)
            yield {**run, "text": text[start - at : end - at], "theirs": is_theirs}
        at = ends
