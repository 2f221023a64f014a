"""A code to scan, as one SVG path for the `qr` macro. The address always stands in text beside it."""

from __future__ import annotations

from typing import NamedTuple

import segno

QUIET = 4  # modules of white around it, as the standard asks


class QrCode(NamedTuple):
    path: str
    size: int
    """Modules a side, the quiet zone included: the drawing's viewBox."""


def qr_code(address: str) -> QrCode:
    """Runs of dark modules as rectangles, row by row."""
    matrix = segno.make(address, error="m", micro=False).matrix
    parts = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            run = 1
            if row[x]:
                while x + run < len(row) and row[x + run]:
                    run += 1
                parts.append(f"M{x + QUIET} {y + QUIET}h{run}v1h-{run}z")
            x += run
    return QrCode("".join(parts), len(matrix) + 2 * QUIET)
