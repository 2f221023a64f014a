"""The embedded engine: a loop over rows that are due. It may be killed at any moment.

Several may run at once: every row is claimed by a conditional update. A machine that sleeps, or a loop that
was away for a week, simply finds more rows due.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import OperationalError, close_old_connections

from vouchsafe.doors.worker import tasks
from vouchsafe.doors.worker.drawing import draw_until

log = logging.getLogger("vouchsafe.worker")
IDLE_SECONDS = 0.5
TROUBLE_SECONDS = 5.0
ENDING_SECONDS = 5.0


Round = Callable[[str, datetime], int]
"""Does what is due at a moment, for the worker of that name, and says how much it did."""


def run_until_stopped(*also: Round) -> None:
    """Work, and do the rounds of other doors, until SIGTERM or SIGINT, or until the parent process is gone; what was begun is finished first, but a plan, which is given back."""
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    parent = os.getppid()
    name = secrets.token_hex(6)
    drawing = threading.Thread(target=draw_until, args=(over, name), name="drawing", daemon=True)
    drawing.start()
    try:
        while not over.is_set() and os.getppid() == parent:
            try:
                busy = work_off(name, *also)
            except OperationalError:
                log.warning("the database does not answer; trying again", exc_info=True)
                close_old_connections()
                over.wait(TROUBLE_SECONDS)
                continue
            if not busy:
                over.wait(IDLE_SECONDS)
    finally:
        over.set()
        drawing.join(ENDING_SECONDS)


def work_off(name: str = "once", *also: Round) -> int:
    """Do everything that is due now; returns how much was done."""
    done = 0
    while count := _one_round(name, also):
        done += count
    return done


def _one_round(name: str, also: tuple[Round, ...]) -> int:
    now = datetime.now(UTC)
    return tasks.run_due(worker=name, now=now) + sum(each(name, now) for each in also)
