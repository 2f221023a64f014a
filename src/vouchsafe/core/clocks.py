"""Moments where clocks are not all right: one is set back now and then, and those of two machines differ a little."""

from __future__ import annotations

from datetime import datetime, timedelta

SKEW = timedelta(minutes=1)
"""By how much a proof may have been given in the future, as another machine's clock saw it."""

JUST_AFTER = timedelta(microseconds=1)


def after(now: datetime, *before: datetime) -> datetime:
    """`now`, or just after the last of these moments, where that is later: what comes later counts as later."""
    last = max(before, default=now)
    return now if last <= now else last + JUST_AFTER
