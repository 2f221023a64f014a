"""A worker's life: the chosen engine wakes it, and it does what is due. It may be killed at any moment.

Several may run at once, on one machine or on many: every row is claimed by a conditional update.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.db import OperationalError, close_old_connections

from vouchsafe.adapters.wake.engine import What, engine
from vouchsafe.doors.worker import tasks
from vouchsafe.doors.worker.drawing import draw_until

log = logging.getLogger("vouchsafe.worker")
TROUBLE_SECONDS = 5.0
ENDING_SECONDS = 5.0
PARENT_SECONDS = 0.5

Round = Callable[[str, datetime], int]
"""Does what is due at a moment, for the worker of that name, and says how much it did."""


def run_until_stopped(*also: Round) -> None:
    """Work, and do the rounds of other doors, until SIGTERM or SIGINT, or until the parent process is gone; what was begun is finished first, but a plan, which is given back."""
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    threading.Thread(target=_end_with_parent, args=(os.getppid(), over), daemon=True).start()
    run_until(over, *also)


def run_until(over: threading.Event, *also: Round) -> None:
    """Work until `over` is set."""
    name = secrets.token_hex(6)
    drawing = threading.Thread(target=draw_until, args=(over, name), name="drawing", daemon=True)
    drawing.start()

    def mail_in(now: datetime) -> int:
        return sum(each(name, now) for each in also)

    rounds = {
        What.MAIL: lambda now: tasks.send_mail(worker=name, now=now),
        What.MAIL_IN: mail_in,
        What.EVERYTHING: lambda now: tasks.run_due(worker=name, now=now) + mail_in(now),
    }
    try:
        engine(settings.ENGINE).work(
            name, {what: _patient(each, over) for what, each in rounds.items()}, over
        )
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


def _patient(each: Callable[[datetime], int], over: threading.Event) -> Callable[[datetime], int]:
    """A round that waits a little when the database does not answer, and says that it did nothing."""

    def patient(now: datetime) -> int:
        try:
            return each(now)
        except OperationalError:
            log.warning("the database does not answer; trying again", exc_info=True)
            close_old_connections()
            over.wait(TROUBLE_SECONDS)
            return 0

    return patient


def _end_with_parent(parent: int, over: threading.Event) -> None:
    while os.getppid() == parent:
        if over.wait(PARENT_SECONDS):
            return
    over.set()
