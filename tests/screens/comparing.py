"""Are two pictures of a page the same page? The edges of letters and a pixel here or there are let pass, nothing else."""

from __future__ import annotations

from io import BytesIO
from itertools import product
from typing import Any

import numpy as np
from PIL import Image

FAR = 26  # of 255, in the channel that differs most: more than another browser's edges, less than another colour
BLOCK = 24  # pixels of the reduced picture
FULL = (
    0.3  # of a block that differs: a letter's edges don't reach it, a moved line or a recoloured button does
)


def reduced(png: bytes) -> Image.Image:
    """Half as wide and high: what is left is what one sees from a step away."""
    whole = Image.open(BytesIO(png)).convert("RGB")
    return whole.resize((whole.width // 2, whole.height // 2), Image.Resampling.BOX)


def packed(picture: Image.Image, colours: int = 160) -> bytes:
    """As a small PNG; these pages have few colours."""
    out = BytesIO()
    picture.quantize(colours, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def differing(accepted: Image.Image, seen: Image.Image) -> list[tuple[int, int]]:
    """The blocks that are not the same, by column and row; [(-1, -1)] for pictures of different sizes."""
    if accepted.size != seen.size:
        return [(-1, -1)]
    one, other = _smooth(accepted), _smooth(seen)
    # A pixel counts where it is like none of those around its own place, both ways round.
    far = np.minimum.reduce(
        [_distance(one, np.roll(other, shift, (0, 1))) for shift in product((-1, 0, 1), repeat=2)]
    )
    back = np.minimum.reduce(
        [_distance(np.roll(one, shift, (0, 1)), other) for shift in product((-1, 0, 1), repeat=2)]
    )
    bad = np.maximum(far, back) > FAR
    other_than = _by_block(bad[..., None])[..., 0] > FULL
    return [(int(column), int(row)) for row, column in np.argwhere(other_than)]


def _by_block(pixels: Any) -> Any:
    """The mean of each block; what is cut off at the edges is filled up with nothing."""
    high, wide, deep = pixels.shape
    rows, columns = -(-high // BLOCK), -(-wide // BLOCK)
    padded = np.zeros((rows * BLOCK, columns * BLOCK, deep), np.float32)
    padded[:high, :wide] = pixels
    return padded.reshape(rows, BLOCK, columns, BLOCK, deep).mean((1, 3))


def _smooth(picture: Image.Image) -> Any:
    pixels = np.asarray(picture.convert("RGB"), np.float32)
    return sum(np.roll(pixels, shift, (0, 1)) for shift in product((-1, 0, 1), repeat=2)) / 9


def _distance(one: Any, other: Any) -> Any:
    return np.abs(one - other).max(2)
