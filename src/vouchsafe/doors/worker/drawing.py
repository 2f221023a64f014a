"""Large plans are drawn beside the mail, in a thread of their own: seconds of search must not keep a code waiting."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from django.db import OperationalError, connection
from django.utils import timezone

from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.doors.worker.turns import patient
from vouchsafe.plans import drawings

if TYPE_CHECKING:
    from vouchsafe.plans.models import Drawing

log = logging.getLogger("vouchsafe.worker")
SECONDS = 15.0
"""For the search of one plan; a gap that is left is stated with the plan."""

TELL_EVERY = 0.5
IDLE_SECONDS = 0.5
NEVER = threading.Event()


class _StoppedError(Exception):
    """The worker is to end, or the drawing is no longer its own."""


def draw_waiting(worker: str, now: datetime, over: threading.Event = NEVER) -> int:
    """Draw the plan that waits longest; returns how many were begun."""
    drawing = drawings.claim(worker, now=now)
    if drawing is None:
        return 0
    try:
        redraw_plan(
            by=drawing.owner,
            today=timezone.localdate(now),
            now=datetime.now(UTC),
            seconds=SECONDS,
            progress=_Telling(drawing, over),
        )
    except _StoppedError:
        drawings.give_back(drawing)
    except OperationalError:
        drawings.give_back(drawing)
        raise
    except Exception:  # one plan that can't be drawn must not keep the others waiting
        log.exception("plan of account %s could not be drawn", drawing.owner_id)
        drawings.fail(drawing)
    else:
        drawings.finish(drawing, now=datetime.now(UTC))
    return 1


def draw_until(over: threading.Event, worker: str) -> None:
    """Draw what waits until `over` is set; what was begun is then given back for the next worker."""
    look = patient(lambda now: draw_waiting(worker, now, over), over)
    try:
        while not over.is_set():
            if not look(datetime.now(UTC)):
                over.wait(IDLE_SECONDS)
    finally:
        connection.close()


class _Telling:
    """Keeps how far a drawing is, twice a second at most, and ends it when it should not go on."""

    def __init__(self, drawing: Drawing, over: threading.Event) -> None:
        self._drawing, self._over, self._told = drawing, over, 0.0

    def __call__(self, step: str, share: float) -> None:
        if self._over.is_set():
            raise _StoppedError
        if monotonic() - self._told < TELL_EVERY:
            return
        self._told = monotonic()
        if not drawings.tell(self._drawing, step=step, share=share, now=datetime.now(UTC)):
            raise _StoppedError
