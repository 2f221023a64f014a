"""What the places of an opportunity take, said on the plan's page: before anybody relies on a letter that they refuse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, Q

from vouchsafe.core.destination_rules import LetterSeen, Rules, breaks, laid_over, rule_lines, rules_from
from vouchsafe.core.words import Sentence
from vouchsafe.people.models import Account
from vouchsafe.plans.models import Opportunity


@dataclass(frozen=True, slots=True)
class Place:
    label: str
    rules: Rules
    due_on: date | None


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One place that does not take every letter: what it asks for, and what the planned letters break already."""

    label: str
    takes: tuple[Sentence, ...]
    broken: tuple[Sentence, ...]


def with_places(viewer: Account) -> tuple[list[Opportunity], dict[int, list[Place]]]:
    """Opportunities and, by their id, the places that have rules: one query, however many of either there are."""
    rows = (
        Opportunity.objects.of(viewer)
        .going_on()
        .defer("text")
        .annotate(going=FilteredRelation("destinations", condition=Q(destinations__removed_at__isnull=True)))
        .annotate(
            going_label=F("going__label"),
            going_due_on=F("going__due_on"),
            going_rules=F("going__rules"),
            going_book=F("going__rule_book__rules"),
            going_book_removed_at=F("going__rule_book__removed_at"),
        )
    )
    found: dict[int, Opportunity] = {}
    places: dict[int, list[Place]] = {}
    row: Any  # annotated above
    for row in rows:
        found.setdefault(row.pk, row)
        book = row.going_book if row.going_book_removed_at is None else None
        rules = laid_over(rules_from(row.going_rules or {}), rules_from(book or {}))
        if rules:
            places.setdefault(row.pk, []).append(Place(row.going_label, rules, row.going_due_on))
    return list(found.values()), places


def place_lines(
    places: Sequence[Place], writers: Sequence[tuple[str, date | None]], deadline: date | None, today: date
) -> tuple[PlaceLine, ...]:
    """What matters before anyone is asked. `writers` are the names planned, with the day of a letter that is safe.

    Size, paper and file name are left out: those are ours to mend, and no reason to choose somebody else.
    """
    letters = [LetterSeen(name, sealed_on) for name, sealed_on in writers]
    lines = []
    for place in places:
        bearing = replace(place.rules, most_bytes=None, most_pages=None, paper="", file_name="")
        if bearing:
            due = max(place.due_on or deadline or today, today)
            lines.append(PlaceLine(place.label, rule_lines(bearing), breaks(bearing, letters, due)))
    return tuple(lines)
