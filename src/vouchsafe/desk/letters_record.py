"""A writer's record of a year: whom they wrote for, for what, when and how many. Never a word of a letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.timezone import localdate

from vouchsafe.asks.access import Visit
from vouchsafe.asks.models import Purpose
from vouchsafe.letters.models import Scope, Seal


@dataclass(frozen=True, slots=True)
class Recorded:
    """One sealed letter. A version made for one place is a letter of its own."""

    sealed_on: date
    applicant: str
    applicant_key: str
    purposes: tuple[str, ...]
    number: str
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True)
class LettersRecord:
    """`years` has every year with a letter and how many it holds, the newest first; `rows` are those of `year`."""

    request_key: str
    mailbox: str
    year: int
    years: tuple[tuple[int, int], ...]
    rows: tuple[Recorded, ...]

    @property
    def people(self) -> int:
        return len({row.applicant_key for row in self.rows})


def letters_record(visit: Visit, *, today: date, year: int | None = None) -> LettersRecord:
    """In three queries, however many there are. Demands that a code was taken in this browser: it names other applicants."""
    visit.demand_desk()
    purposes = Purpose.objects.select_related("opportunity").order_by("added_at", "id")
    seals = (
        Seal.objects.filter(
            correspondent__mailbox=visit.mailbox,
            reopening__isnull=True,
            letter__removed_at__isnull=True,
        )
        .select_related("letter__applicant", "letter__version__purpose__opportunity", "withdrawal")
        .defer("record", "manifest", "signature")
        .prefetch_related(
            Prefetch("letter__request__purposes", queryset=purposes),
            Prefetch("scopes", queryset=Scope.objects.order_by("-set_at", "-id")),
        )
        .order_by("sealed_at", "id")
    )
    rows = [_recorded(seal) for seal in seals]
    counts = Counter(row.sealed_on.year for row in rows)
    years = tuple(sorted(counts.items(), reverse=True))
    newest = years[0][0] if years else today.year
    chosen = year if year is not None and year in counts else newest
    return LettersRecord(
        request_key=visit.request.key,
        mailbox=visit.mailbox,
        year=chosen,
        years=years,
        rows=tuple(row for row in rows if row.sealed_on.year == chosen),
    )


def _recorded(seal: Any) -> Recorded:
    letter = seal.letter
    withdrawn = getattr(seal, "withdrawal", None)
    return Recorded(
        sealed_on=localdate(seal.sealed_at),
        applicant=letter.applicant.name,
        applicant_key=letter.applicant.key,
        purposes=tuple(dict.fromkeys(_purposes(seal))),
        number=seal.number,
        withdrawn_on=localdate(withdrawn.withdrawn_at) if withdrawn else None,
    )


def _purposes(seal: Any) -> Iterable[str]:
    """What it was sealed for: the place of a version, what its uses name, else what stood when it was sealed."""
    letter = seal.letter
    version = getattr(letter, "version", None)
    if version is not None:
        return [str(version.purpose.opportunity)]
    rows = list(letter.request.purposes.all()) if letter.request else []
    scope = next(iter(seal.scopes.all()), None)
    if scope is not None and scope.opportunities:
        return [str(row.opportunity) for row in rows if row.opportunity.key in scope.opportunities]
    return [
        str(row.opportunity)
        for row in rows
        if row.added_at <= seal.sealed_at and (row.withdrawn_at is None or row.withdrawn_at > seal.sealed_at)
    ]
