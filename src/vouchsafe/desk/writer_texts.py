"""The letters a writer may begin another from: their own, sealed, for this applicant first and then for others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vouchsafe.asks.access import Visit
from vouchsafe.letters.access_written import own_letters
from vouchsafe.letters.models import Letter, Seal


@dataclass(frozen=True, slots=True)
class Source:
    """One of their sealed letters. Of a file the words are taken, where its pages have any."""

    key: str
    applicant: str
    number: str
    sealed_at: datetime
    is_file: bool
    is_theirs: bool  # the applicant's of the request in hand


def sources_of(visit: Visit) -> tuple[Source, ...]:
    """Newest first, in two queries. Refuses a browser that did not just take a code."""
    letters = {letter.pk: letter for letter in own_letters(visit)}
    seals = (
        Seal.objects.filter(letter__in=list(letters), reopening__isnull=True)
        .order_by("-sealed_at", "-id")
        .values_list("letter", "number", "sealed_at")
    )
    about = visit.request.contact.owner_id
    found = [
        Source(
            key=letters[pk].key,
            applicant=letters[pk].applicant.name,
            number=number,
            sealed_at=sealed_at,
            is_file=letters[pk].origin != Letter.Origin.WRITTEN,
            is_theirs=letters[pk].applicant_id == about,
        )
        for pk, number, sealed_at in seals
    ]
    return tuple(sorted(found, key=lambda one: not one.is_theirs))
