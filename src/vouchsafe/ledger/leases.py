"""How long what a worker has begun is believed to be under way: then it has died, and another takes it up."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q


def is_left(begun_at: str, *, lease: timedelta, now: datetime) -> Q:
    """Rows whose moment in this field lies longer ago than the lease, or as far ahead, from before a clock was set back."""
    return Q(**{f"{begun_at}__lt": now - lease}) | Q(**{f"{begun_at}__gt": now + lease})
