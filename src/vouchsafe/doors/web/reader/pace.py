"""How often one address may look letters up: enough for a committee, too little for trying every number.

A press takes one of a minute's places, which all processes share. A visit to a number's own page must write no row, so there only numbers that nobody has are counted,
in this process alone.
"""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from datetime import datetime

from django.http import HttpRequest

from vouchsafe.core.words import Refusal, msg
from vouchsafe.doors.web.ui.pace import MINUTE, takes_place, visitor_of

PRESSES = MISSES = 30
_missed: dict[str, deque[float]] = defaultdict(deque)
_lock = threading.Lock()


class TooManyLookUps(Refusal):
    code = "too-many-look-ups"
    msgid = msg("That was many letters in one minute.")
    hint_msgid = msg("Wait a minute, then try again.")


def count_press(request: HttpRequest, now: datetime) -> None:
    """Take one of this minute's places. Refuses when there is none left."""
    if not takes_place(request, now, what="verify", most=PRESSES):
        raise TooManyLookUps


def refuse_after_misses(request: HttpRequest, now: datetime) -> None:
    """Refuse an address that has asked for too many numbers nobody has."""
    with _lock:
        missed = _missed.get(visitor_of(request), deque())
        while missed and missed[0] < now.timestamp() - MINUTE:
            missed.popleft()
        if len(missed) >= MISSES:
            raise TooManyLookUps


def count_miss(request: HttpRequest, now: datetime) -> None:
    with _lock:
        _missed[visitor_of(request)].append(now.timestamp())
        if len(_missed) > 10_000:  # only the last minute matters
            old = now.timestamp() - MINUTE
            for address in [address for address, times in _missed.items() if times[-1] < old]:
                del _missed[address]
