"""The hints of the substance lint, each with the places it is about, and the letter's paragraphs with those marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vouchsafe.core.lint import Finding

LONGEST = 300
"""Characters of a place worth pointing at: two long sentences."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph. `places` are the numbers of the places that begin here, one anchor each."""

    text: str
    is_marked: bool
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """What is said in the same words is said once, with every place it is about."""

    finding: Finding
    places: tuple[int, ...]
    """Numbers of marks in the text. A hint about something missing has none."""
    count: int


@dataclass(frozen=True, slots=True)
class Marked:
    hints: tuple[Hint, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    """Only the paragraphs in which something is marked, in the order of the letter."""


def marked(text: str, findings: Sequence[Finding]) -> Marked:
    """Group the findings and mark their places, numbered in the order of the letter."""
    spans = sorted({(one.start, one.end) for one in findings if _is_place(text[one.start : one.end])})
    numbers = {span: number for number, span in enumerate(spans, 1)}
    grouped: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        grouped.setdefault((finding.code, str(finding.sentence)), []).append(finding)
    hints = tuple(
        Hint(
            same[0],
            tuple(sorted({numbers[at] for one in same if (at := (one.start, one.end)) in numbers})),
            len(same),
        )
        for same in grouped.values()
    )
    return Marked(hints, tuple(_paragraphs(text, spans, numbers)))


def _is_place(said: str) -> bool:
    """Whether a finding points at some words. What is about the whole letter (its length) marks nothing in it."""
    return 0 < len(said) <= LONGEST and not re.search(r"\n[ \t]*\n", said)


def _paragraphs(
    text: str, spans: Sequence[tuple[int, int]], numbers: dict[tuple[int, int], int]
) -> Iterator[tuple[Piece, ...]]:
    at = 0
    for stop in (*(found.end() for found in re.finditer(r"\n[ \t]*\n", text)), len(text)):
        inside = [span for span in spans if span[0] < stop and span[1] > at]
        if inside:
            yield tuple(_pieces(text, at, stop, inside, numbers))
        at = stop


def _pieces(
    text: str,
    start: int,
    stop: int,
    spans: Sequence[tuple[int, int]],
    numbers: dict[tuple[int, int], int],
) -> Iterator[Piece]:
    cuts = sorted(
        {start, stop, *(max(start, left) for left, _ in spans), *(min(stop, right) for _, right in spans)}
    )
    for left, right in pairwise(cuts):
        begin = tuple(numbers[span] for span in spans if span[0] == left)
        yield Piece(text[left:right], any(one < right and left < other for one, other in spans), begin)
