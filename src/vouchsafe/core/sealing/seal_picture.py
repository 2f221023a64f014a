"""The seal picture: a banknote-like rosette drawn from a 32-byte digest.

The drawing is for eyes: two different letters look different, the same letter looks the same on the
screen and on paper. The digest stays the proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin

VIEW_BOX = "-58 -58 116 116"
POINTS = 240
LINE_WIDTH = 0.42
RIM_RADIUS, RIM_WIDTH = 56.5, 1.1
CORE_RADIUS = 15.5
TICK = "M-6.4 .6L-1.9 5.2L6.8 -4.9"
TICK_WIDTH = 2.6

_RINGS = ((44.0, 0.10, 0.07), (34.0, 0.16, 0.12), (24.0, 0.14, 0.10))


@dataclass(frozen=True, slots=True)
class Curve:
    """One closed line of the rosette, drawn `copies` times, each turned by `turn` degrees more."""

    path: str
    copies: int
    turn: float


def _curve(digest: bytes, ring: int) -> Curve:
    radius, low, spread = _RINGS[ring]
    b0, b1, b2, b3, b4, b5 = digest[6 * ring : 6 * ring + 6]
    lobes = 7 + b0 % 9
    swing = low + spread * b1 / 255
    ripples = lobes * (2 + b2 % 2)
    ripple = 0.03 + 0.05 * b3 / 255
    phase = 2 * pi * b4 / 255
    copies = 6 + b5 % 4
    points = []
    for step in range(POINTS):
        t = 2 * pi * step / POINTS
        r = radius * (1 + swing * cos(lobes * t) + ripple * cos(ripples * t + phase))
        points.append((r * cos(t), r * sin(t)))
    path = "M" + "L".join(f"{_short(x)} {_short(y)}" for x, y in points) + "Z"
    return Curve(path, copies, 360 / (lobes * copies))


def _short(value: float) -> str:
    # One decimal is finer than a printed line; adding 0.0 turns a minus nought into a nought.
    return f"{round(value, 1) + 0.0:.1f}"


@lru_cache(maxsize=64)
def rosette(digest: bytes) -> tuple[Curve, Curve, Curve]:
    """The three curves of a digest, outermost first, in the coordinates of `VIEW_BOX`."""
    if len(digest) != 32:
        raise ValueError(f"a seal picture is drawn from 32 bytes, not {len(digest)}")
    outer, middle, inner = (_curve(digest, ring) for ring in range(3))
    return outer, middle, inner


def seal_svg(digest: bytes, number: str, *, colour: str = "currentColor", ground: str = "#fff") -> str:
    """The full picture as one SVG element, with its title for those who cannot see it."""
    name = digest[:6].hex()
    lines = []
    for ring, curve in enumerate(rosette(digest)):
        key = f"seal-{name}-{ring}"
        lines.append(f'<path id="{key}" d="{curve.path}"/>')
        lines.extend(
            f'<use href="#{key}" transform="rotate({copy * curve.turn:.3f})"/>'
            for copy in range(1, curve.copies)
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="seal-picture" viewBox="{VIEW_BOX}" role="img">'
        f"<title>The seal picture of letter {number}</title>"
        f'<g fill="none" stroke="{colour}" stroke-width="{LINE_WIDTH}">{"".join(lines)}'
        f'<circle r="{RIM_RADIUS}" stroke-width="{RIM_WIDTH}"/></g>'
        f'<circle r="{CORE_RADIUS}" fill="{colour}"/>{_tick(ground)}</svg>'
    )


def mini_seal_svg(digest: bytes, number: str, *, colour: str = "currentColor", ground: str = "#fff") -> str:
    """The picture under 40 px: the outermost curve once, filled, with the tick."""
    outer = rosette(digest)[0]
    # The tick is drawn larger than in the core disc, or it would be one pixel wide.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="seal-picture" viewBox="{VIEW_BOX}" role="img">'
        f"<title>The seal picture of letter {number}</title>"
        f'<path d="{outer.path}" fill="{colour}"/><g transform="scale(2.4)">{_tick(ground)}</g></svg>'
    )


def _tick(colour: str) -> str:
    return (
        f'<path d="{TICK}" fill="none" stroke="{colour}" stroke-width="{TICK_WIDTH}"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )
