"""What nobody came back for is destroyed after the time that the privacy page names, and what is over after the time that the office set. Looked for once an hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from vouchsafe.doors.worker.hooking import tell_of_pauses
from vouchsafe.doors.worker.retaining import Walk, retain
from vouchsafe.doors.worker.turns import in_turn
from vouchsafe.ledger import answers
from vouchsafe.letters.actions.drop_offering import sweep_offerings
from vouchsafe.letters.actions.sweep_uploads import sweep_uploads
from vouchsafe.people.actions.sweep_imports import sweep_imports

HOUR = timedelta(hours=1)
_last: dict[str, datetime] = {}
_walks: dict[str, Walk] = {}


def sweep_if_due(worker: str, now: datetime) -> int:
    """Sweep, unless this worker did within the hour; returns how much was swept."""
    if worker in _last and _last[worker] <= now < _last[worker] + HOUR:
        return 0
    tasks: tuple[Callable[[], int | None], ...] = (
        lambda: tell_of_pauses(now=now),
        lambda: answers.sweep(now=now),
        lambda: sweep_uploads(now=now),
        lambda: sweep_offerings(now=now),
        lambda: sweep_imports(now=now),
        lambda: retain(now=now, walk=_walks.setdefault(worker, Walk())),
    )
    swept = in_turn(tasks, lambda task: task())
    if not swept:  # what is left over of a large heap goes in the next round
        _last[worker] = now
    return swept
