"""The long sizes: how far each soak test came, and a way to give it less time than its whole size takes.

`SOAK_MINUTES=15 make soak` ends each of the tests that count their turns after a quarter of an hour; what it then
says it reached is the N that `docs/reliability.md` may state. Without it every test runs its whole size.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

REACHED: dict[str, tuple[int, int]] = {}
"""By test: how many turns it has done, and of how many."""


def turns(of: int, *, each: int = 1) -> Iterator[int]:
    """Numbers of turns that do `each` of what there are `of`, as many as the time allows.

    Notes for the summary how many were done to their end.
    """
    minutes = float(os.environ.get("SOAK_MINUTES", "0"))
    end = time.monotonic() + 60 * minutes if minutes else float("inf")
    for number in range(of // each):
        if time.monotonic() > end:
            return
        yield number
        reached((number + 1) * each, of)


def reached(count: int, of: int) -> None:
    """Note how far the running test has come."""
    name = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition("::")[2].partition(" ")[0]
    REACHED[name] = (count, of)
