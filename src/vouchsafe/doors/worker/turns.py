"""Whatever becomes of one row, the others have their turn, and the worker lives on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from django.db import OperationalError, close_old_connections

log = logging.getLogger("vouchsafe.worker")
TROUBLE_SECONDS = 5.0
Row = TypeVar("Row")


def in_turn(rows: Iterable[Row], act: Callable[[Row], int | None]) -> int:
    """Act on every row, then raise the first fault there was; further ones are logged. Gives how much was done.

    When the database does not answer, the rest would not fare better: that is raised at once.
    """
    done = 0
    faults: list[Exception] = []
    for row in rows:
        try:
            done += act(row) or 0
        except OperationalError:
            raise
        except Exception as fault:  # one row that can't be handled must not keep the others waiting
            faults.append(fault)
    for further in faults[1:]:
        log.error("a further fault in this round", exc_info=further)
    if faults:
        raise faults[0]
    return done


def patient(each: Callable[[datetime], int], over: threading.Event) -> Callable[[datetime], int]:
    """A round that waits a little when the database does not answer, or after a fault, and says that it did nothing."""

    def go(now: datetime) -> int:
        try:
            return each(now)
        except OperationalError:
            log.warning("the database does not answer; trying again", exc_info=True)
        except Exception:  # a fault of ours: told here, and tried again, for tomorrow it may be mended
            log.exception("a round of the worker ended with a fault; trying again")
        close_old_connections()
        over.wait(TROUBLE_SECONDS)
        return 0

    return go
