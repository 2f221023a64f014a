"""People of whom nothing has been said yet, to be sorted fast: newest import first. Reads only."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from vouchsafe.desk.people import with_word
from vouchsafe.people.models import Account, Contact

AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Unsorted:
    key: str
    name: str
    title: str
    organisation: str
    tie: str


@dataclass(frozen=True, slots=True)
class UnsortedPeople:
    rows: tuple[Unsorted, ...]
    count: int
    """How many are left in all."""
    has_more: bool


def unsorted(viewer: Account, *, word: str = "", after: str = "") -> UnsortedPeople:
    """Up to `AT_ONCE` people after the one whose key is given, in three queries at most."""
    waiting = Contact.objects.of(viewer).filter(
        knows_work__isnull=True, warmth__isnull=True, unreachable=False
    )
    waiting = with_word(waiting, word)
    count = waiting.count()
    last = Contact.objects.of(viewer).filter(key=after).first() if after else None
    if last is not None:
        waiting = waiting.filter(Q(added_at__lt=last.added_at) | Q(added_at=last.added_at, pk__gt=last.pk))
    rows = list(
        waiting.order_by("-added_at", "pk").values_list("key", "name", "title", "organisation", "tie")[
            : AT_ONCE + 1
        ]
    )
    return UnsortedPeople(tuple(Unsorted(*row) for row in rows[:AT_ONCE]), count, len(rows) > AT_ONCE)
