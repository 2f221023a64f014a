"""How many rows there are of what only grows: counted afresh while they are few, once an hour where they are many.

Counting every mail that was ever sent takes a database longer with each one. What may still change is always counted
at the moment, by an index of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db.models import Count, QuerySet

MANY = 5_000
KEPT_SECONDS = 3600


def by_state(rows: QuerySet[Any], *, changing: Iterable[str], settled: Iterable[str]) -> dict[str, int]:
    """How many rows are in each state that has any; of the settled ones, where they are many, within the hour."""
    at_the_moment = _by_state(rows.filter(state__in=list(changing)))
    done = rows.filter(state__in=list(settled)).order_by()
    if _some_of(done) <= MANY:
        return at_the_moment | _by_state(done)
    kept = cache.get_or_set(f"tally-{rows.model._meta.db_table}", lambda: _by_state(done), KEPT_SECONDS)
    return at_the_moment | (kept or {})


def of_all(rows: QuerySet[Any]) -> int:
    """How many there are; where they are many, within the hour."""
    found = _some_of(rows)
    if found <= MANY:
        return found
    return cache.get_or_set(f"tally-all-{rows.model._meta.db_table}", rows.count, KEPT_SECONDS) or 0


def _some_of(rows: QuerySet[Any]) -> int:
    """How many there are, up to one more than many."""
    return rows.order_by()[: MANY + 1].count()


def _by_state(rows: QuerySet[Any]) -> dict[str, int]:
    return dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
