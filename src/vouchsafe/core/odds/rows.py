"""Two ways to reckon with curves, one result.

The model is written once, in `chain` and `enough`, over rows that can be added and multiplied.
`PLAIN` keeps them as lists, so that a script which wants one answer never loads numpy (that alone
would take most of its time); `arrays()` keeps them as numpy arrays, for a process that reckons
often; `LAST` keeps only the value on the deadline, for a search that compares thousands of chains.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul
from typing import Any


class PlainRow(list[float]):
    """A list of floats that adds and multiplies day by day."""

    __slots__ = ()

    def __add__(self, other: Any) -> PlainRow:  # type: ignore[override]  # adds, never appends
        if isinstance(other, list):
            return PlainRow([a + b for a, b in zip(self, other, strict=True)])
        return PlainRow([a + other for a in self])

    def __mul__(self, other: Any) -> PlainRow:  # scales, never repeats
        if isinstance(other, list):
            return PlainRow(list(map(mul, self, other)))
        return PlainRow([a * other for a in self])

    def __neg__(self) -> PlainRow:
        return PlainRow([-a for a in self])

    def __sub__(self, other: Any) -> PlainRow:
        if isinstance(other, list):
            return PlainRow([a - b for a, b in zip(self, other, strict=True)])
        return PlainRow([a - other for a in self])

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: Any) -> PlainRow:
        return PlainRow([other - a for a in self])


@dataclass(frozen=True, slots=True)
class Rows:
    """How to make a row from day-by-day values, and how to add up many rows by weight.

    `remembered` bounds how many rows are kept for next time: whole curves are large, numbers small.
    """

    row: Callable[[Sequence[float]], Any]
    blend: Callable[[Sequence[float], Sequence[Any]], Any]
    remembered: int = 1024


def _blend_plain(weights: Sequence[float], rows: Sequence[Any]) -> PlainRow:
    return PlainRow([sum(map(mul, weights, day)) for day in zip(*rows, strict=True)])


def _blend_numbers(weights: Sequence[float], rows: Sequence[Any]) -> float:
    return float(sum(map(mul, weights, rows)))


PLAIN = Rows(row=PlainRow, blend=_blend_plain)
LAST = Rows(row=lambda values: values[-1], blend=_blend_numbers, remembered=65536)


@cache
def arrays() -> Rows:
    """Rows as numpy arrays."""
    import numpy as np

    def blend(weights: Sequence[float], rows: Sequence[Any]) -> Any:
        return np.asarray(weights) @ np.stack(rows)

    return Rows(row=lambda values: np.array(values, dtype=float), blend=blend)


WORTH_LOADING = 5_000_000
"""Products of two numbers that lists work out in about the time it takes to load numpy."""


def at_hand(products: int) -> Rows:
    """Arrays where numpy is loaded or so many products make it worth loading, else plain rows.

    They agree to the last few digits.
    """
    return arrays() if "numpy" in sys.modules or products > WORTH_LOADING else PLAIN
