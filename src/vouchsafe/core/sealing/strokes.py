"""A signature drawn by hand: strokes of points, made into one small picture of our own.

The picture is built from checked numbers alone, so nothing of a browser's text is in it. A line runs through the
middle of each two points, with the points as its handles: that is how a hand moves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import pairwise

from vouchsafe.core.words import Refusal, msg

MOST_STROKES, MOST_POINTS = 80, 6_000
FARTHEST = 4_000.0  # no canvas is larger
LEAST = 12.0  # the shorter of what counts as drawn: a dot is no signature
INK = "#28408d"  # of the typed signature too: letter.typ
_WIDTH = 0.022  # of a line, for each point of the picture's height
_DRAWN = re.compile(
    rb'<svg xmlns="http://www\.w3\.org/2000/svg" viewBox="0 0 [\d.]+ [\d.]+" width="[\d.]+" height="[\d.]+">'
    rb'<path d="[MLQ\d. ]+" fill="none" stroke="#28408d" stroke-width="[\d.]+" stroke-linecap="round" '
    rb'stroke-linejoin="round"/></svg>'
)

Stroke = tuple[tuple[float, float], ...]


class DrawingUnusable(Refusal):
    code = "drawing-unusable"
    msgid = msg("There is no signature in this drawing yet.")
    hint_msgid = msg("Draw it with a finger, a pen or the mouse, in one go or in several strokes.")


def read_strokes(text: str) -> tuple[Stroke, ...]:
    """Strokes as a browser sends them: JSON, a list of lists of [x, y]. Refuses anything else, and a mere dot."""
    try:
        told = json.loads(text)
        strokes = tuple(
            tuple((_number(x), _number(y)) for x, y in stroke) for stroke in told if len(stroke) > 0
        )
    except (ValueError, TypeError, RecursionError):
        raise DrawingUnusable from None
    if not 0 < len(strokes) <= MOST_STROKES or sum(map(len, strokes)) > MOST_POINTS:
        raise DrawingUnusable
    across, down = _extent(strokes)
    if max(across, down) < LEAST:
        raise DrawingUnusable
    return strokes


def drawn_svg(strokes: Sequence[Stroke]) -> bytes:
    """The strokes as a picture that ends where the ink ends."""
    across, down = _extent(strokes)
    pen = round(max(down, across / 4) * _WIDTH + 1, 2)
    left = min(x for stroke in strokes for x, _ in stroke) - pen
    top = min(y for stroke in strokes for _, y in stroke) - pen
    width, height = _figure(across + 2 * pen), _figure(down + 2 * pen)
    path = " ".join(_path([(x - left, y - top) for x, y in stroke]) for stroke in strokes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="{pen}" stroke-linecap="round" '
        f'stroke-linejoin="round"/></svg>'
    ).encode()


def is_drawn(picture: bytes) -> bool:
    """Whether a picture is one of `drawn_svg`, to the letter."""
    return _DRAWN.fullmatch(picture) is not None


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("not a number")
    if not -FARTHEST <= value <= FARTHEST:  # nor infinite, nor no number at all
        raise ValueError("not on any canvas")
    return float(value)


def _extent(strokes: Sequence[Stroke]) -> tuple[float, float]:
    points = [point for stroke in strokes for point in stroke]
    return (
        max(x for x, _ in points) - min(x for x, _ in points),
        max(y for _, y in points) - min(y for _, y in points),
    )


def _path(points: Sequence[tuple[float, float]]) -> str:
    first = _place(points[0])
    if len(points) == 1:
        return f"M {first} L {first}"  # a dot over an i: round ends make it one
    parts = [f"M {first}"]
    for before, after in pairwise(points[1:]):
        middle = ((before[0] + after[0]) / 2, (before[1] + after[1]) / 2)
        parts.append(f"Q {_place(before)} {_place(middle)}")
    parts.append(f"L {_place(points[-1])}")
    return " ".join(parts)


def _place(point: tuple[float, float]) -> str:
    return f"{_figure(point[0])} {_figure(point[1])}"


def _figure(value: float) -> str:
    return f"{value:.1f}"
