"""A worker's life: the chosen engine wakes it, and it does what is due. It may be killed at any moment.

Several may run at once, on one machine or on many: every row is claimed by a conditional update.
"""

from __future__ import annotations

import os
import secrets
import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic

from django.conf import settings

from vouchsafe.adapters.wake.engine import What, engine
from vouchsafe.doors.worker import tasks
from vouchsafe.doors.worker.drawing import draw_until
from vouchsafe.doors.worker.turns import Aside, in_turn, patient
from vouchsafe.ledger.patience import WORKER_SECONDS, give_up_after

ENDING_SECONDS = 5.0
PARENT_SECONDS = 0.5
THOROUGH_SECONDS = 600.0
"""How often a worker looks through what is old, too: after a sleep of all workers, and when it starts."""


Round = Callable[[str, datetime], int]
"""Does what is due at a moment, for the worker of that name, and says how much it did."""


def run_until_stopped(*also: Round) -> None:
    """Work, and do the rounds of other doors, until SIGTERM or SIGINT, or until the parent process is gone; what was begun is finished first, but a plan, which is given back."""
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    threading.Thread(target=_end_with_parent, args=(os.getppid(), over), daemon=True).start()
    give_up_after(WORKER_SECONDS)
    run_until(over, *also)


def run_until(over: threading.Event, *also: Round) -> None:
    """Work until `over` is set."""
    name = secrets.token_hex(6)
    drawing = threading.Thread(target=draw_until, args=(over, name), name="drawing", daemon=True)
    drawing.start()

    def mail_in(now: datetime) -> int:
        return in_turn(also, lambda each: each(name, now))

    aside = Aside()
    looked_at, before = float("-inf"), datetime.now(UTC)

    def due(now: datetime) -> int:
        nonlocal looked_at, before
        if abs(now - before) > timedelta(seconds=THOROUGH_SECONDS):  # the machine slept, or its clock was set
            looked_at = float("-inf")
        before = now
        thorough = monotonic() - looked_at >= THOROUGH_SECONDS
        done = tasks.run_due(worker=name, now=now, thorough=thorough, aside=aside)
        if thorough and not done:  # what is left of a large heap is taken in the next round
            looked_at = monotonic()
        return done

    rounds = {
        What.MAIL: lambda now: tasks.send_mail(worker=name, now=now),
        What.MAIL_IN: mail_in,
        What.EVERYTHING: lambda now: in_turn((due, mail_in), lambda each: each(now)),
    }
    try:
        engine(settings.ENGINE).work(name, {what: patient(each, over) for what, each in rounds.items()}, over)
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


def _end_with_parent(parent: int, over: threading.Event) -> None:
    while os.getppid() == parent:
        if over.wait(PARENT_SECONDS):
            return
    over.set()
