"""Enough letters: the chance that at least so many of several independent ones are there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vouchsafe.core.odds.rows import Rows


def enough_row(curves: Sequence[Any], need: int, rows: Rows, days: int) -> Any:
    """P(at least `need` letters) by day, one curve a slot: the upper tail of a Poisson-binomial.

    One slot after the other is folded in. The last count gathers everything from `need` up, so the
    wanted tail is summed directly and never found as a difference from one.
    """
    never, always = rows.row([0.0] * days), rows.row([1.0] * days)
    if need <= 0:
        return always
    if need > len(curves):
        return never
    counts = [always] + [never] * need
    for i, curve in enumerate(curves):
        counts[need] = counts[need] + counts[need - 1] * curve
        for n in range(min(i + 1, need - 1), 0, -1):
            counts[n] = counts[n] * (1 - curve) + counts[n - 1] * curve
        counts[0] = counts[0] * (1 - curve)
    return counts[need]
