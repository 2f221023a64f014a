"""The embedded engine: nobody is called, each worker looks twice a second.

A machine that sleeps, or a worker that was away for a week, simply finds more rows due.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from threading import Event

from vouchsafe.adapters.wake.engine import Round, What

IDLE_SECONDS = 0.5


class Embedded:
    """A loop over rows that are due."""

    def wake(self, what: What, at: datetime) -> None:
        """Nothing to do: the row is found."""

    def work(self, name: str, rounds: Mapping[What, Round], over: Event) -> None:
        while not over.is_set():
            if not rounds[What.EVERYTHING](datetime.now(UTC)):
                over.wait(IDLE_SECONDS)
