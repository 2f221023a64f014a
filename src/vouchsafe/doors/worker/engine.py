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
from datetime import UTC, datetime

from django.db import OperationalError, close_old_connections

from vouchsafe.doors.worker import tasks

log = logging.getLogger("vouchsafe.worker")
IDLE_SECONDS = 0.5
TROUBLE_SECONDS = 5.0


def run_until_stopped() -> None:
    """Work until SIGTERM or SIGINT, or until the parent process is gone; what was begun is finished first."""
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    parent = os.getppid()
    name = secrets.token_hex(6)
    while not over.is_set() and os.getppid() == parent:
        try:
            busy = work_off(name)
        except OperationalError:
            log.warning("the database does not answer; trying again", exc_info=True)
            close_old_connections()
            over.wait(TROUBLE_SECONDS)
            continue
        if not busy:
            over.wait(IDLE_SECONDS)


def work_off(name: str = "once") -> int:
    """Do everything that is due now; returns how much was done."""
    done = 0
    while count := tasks.run_due(worker=name, now=datetime.now(UTC)):
        done += count
    return done
