"""The seam of the engines: who asks for a look, and who makes workers look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from threading import Event
from typing import Protocol


class What(StrEnum):
    """What a worker is to look at."""

    MAIL = "mail"
    MAIL_IN = "mail_in"
    EVERYTHING = "everything"


Round = Callable[[datetime], int]
"""Does what is due at a moment and says how much it did; 0 too when something stopped it, which it has logged."""


class Engine(Protocol):
    """Any number of workers may look at once, and twice is as good as once: rows are claimed by conditional updates."""

    def wake(self, what: What, at: datetime) -> None:
        """Have a worker look at that moment. Part of the caller's transaction: rolled back, nobody looks."""

    def work(self, name: str, rounds: Mapping[What, Round], over: Event) -> None:
        """Make this process a worker of that name until `over` is set; the round on its way is finished first."""


def engine(name: str) -> Engine:
    """The engine of that name in `VOUCHSAFE_ENGINE`."""
    if name == "procrastinate":
        from vouchsafe.adapters.wake.procrastinated import Procrastinated

        return Procrastinated()
    from vouchsafe.adapters.wake.embedded import Embedded

    return Embedded()
