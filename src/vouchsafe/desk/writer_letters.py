"""What a writer wrote for one applicant, with its state; the places one letter goes to; and what differs. No text
is in the first two; the differences are the words themselves, and asked for with a code where they are sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from vouchsafe.asks.access import Visit
from vouchsafe.asks.models import Purpose
from vouchsafe.core.differences import Passage, differences
from vouchsafe.core.stages import LETTER, stage_of_letter
from vouchsafe.core.words import Refusal, Sentence, msg, say
from vouchsafe.letters.access import demand_desk_for, letter_of
from vouchsafe.letters.file_words import words_or_file
from vouchsafe.letters.models import Letter, Seal, Version
from vouchsafe.letters.succession import successors_by_letter
from vouchsafe.people.access import NotHere
from vouchsafe.plans.models import Destination, Opportunity


class WordsNotComparable(Refusal):
    code = "words-not-comparable"
    msgid = msg(
        "One of the two letters is a file whose pages are pictures, so their words can’t be compared."
    )
    hint_msgid = msg("Open both and look at them side by side.")


STATES = {
    "draft": (say("You are writing it"), "blue"),
    "sealed": (say("Sealed, nobody told yet"), "seal"),
    "released": (say("Safe"), "seal"),
    "withdrawn": (say("Withdrawn"), "stop"),
    "replaced": (say("Replaced"), "wait"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """One letter. `at` is empty for the letter of the request's round, whose pages have the shorter addresses."""

    key: str
    at: str
    place: str
    number: str
    stage: str
    is_open: bool
    is_file: bool
    begun_at: datetime
    sealed_at: datetime | None
    replaces: str
    replaced_by: str
    base_key: str

    @property
    def state(self) -> Sentence:
        return STATES[self.stage][0]

    @property
    def tone(self) -> str:
        return STATES[self.stage][1]

    @property
    def what(self) -> Sentence:
        if self.place:
            return say("The version for {place}", place=self.place)
        if self.replaces:
            return say("The letter after {number}", number=self.replaces)
        return say("The letter")

    def allows(self, verb: str) -> bool:
        return LETTER.allows(verb, self.stage)


@dataclass(frozen=True, slots=True)
class PlaceOfLetter:
    """A place it goes to. `value` names purpose and destination for the form that makes a version."""

    value: str
    name: str
    version: Written | None


def written_letters(visit: Visit) -> tuple[Written, ...]:
    """Everything this writer began or sealed for this applicant, newest first, in five queries."""
    rows: list[Any] = list(
        Letter.objects.with_newest()
        .filter(request=visit.request, removed_at__isnull=True)
        .select_related(
            "succession", "version__purpose__opportunity", "version__destination", "version__base"
        )
        .order_by("-id")
    )
    seals = {
        seal.pk: seal
        for seal in Seal.objects.filter(pk__in=[row.seal_id for row in rows if row.seal_id])
        .select_related("release", "withdrawal")
        .defer("record", "manifest", "signature")
    }
    numbers = {row.pk: seals[row.seal_id].number for row in rows if row.seal_id}
    newer = successors_by_letter([row.pk for row in rows])
    first = next((row.pk for row in rows if _in_round(row)), None)
    return tuple(_written(row, seals, numbers, newer, is_first=row.pk == first) for row in rows)


def written_letter(visit: Visit, key: str) -> Written:
    found = next((one for one in written_letters(visit) if one.key == key), None)
    if found is None:
        raise NotHere(key)
    return found


def places_of(visit: Visit, letter: Written) -> tuple[PlaceOfLetter, ...]:
    """Every purpose of the request, and its destinations where there are several, with the version made for each."""
    live = Destination.objects.filter(removed_at__isnull=True)
    purposes = (
        Purpose.objects.filter(request=visit.request, withdrawn_at__isnull=True)
        .select_related("opportunity")
        .prefetch_related(Prefetch("opportunity__destinations", queryset=live))
        .order_by("shown_on", "id")
    )
    versions = {}
    made = {
        one.key: one for one in written_letters(visit) if one.base_key == letter.key and not one.replaced_by
    }
    for row in Version.objects.filter(letter__key__in=list(made)).select_related(
        "letter", "purpose", "destination"
    ):
        versions[row.purpose.key, row.destination.key if row.destination else ""] = made[row.letter.key]
    found = []
    for purpose in purposes:
        name = _named(purpose.opportunity)
        found.append(PlaceOfLetter(f"{purpose.key}:", name, versions.get((purpose.key, ""))))
        destinations = list(purpose.opportunity.destinations.all())
        for place in destinations if len(destinations) > 1 else ():
            found.append(
                PlaceOfLetter(
                    f"{purpose.key}:{place.key}",
                    f"{name}: {place.label}",
                    versions.get((purpose.key, place.key)),
                )
            )
    return tuple(found)


def what_differs(visit: Visit, key: str) -> tuple[Written, str, tuple[Passage, ...]]:
    """A version beside its base, or a successor beside what it replaces: the other's name, and the paragraphs.

    Refuses a link alone where either of them holds sealed words, and pages that are pictures.
    """
    letter = letter_of(visit, key)
    version = Version.objects.filter(letter=letter).select_related("base").first()
    other = letter.predecessor if letter.predecessor is not None else version.base if version else None
    if other is None:
        raise NotHere(key)
    demand_desk_for(visit, letter)
    demand_desk_for(visit, other)
    old, new = words_or_file(visit, other), words_or_file(visit, letter)
    if old is None or new is None:
        raise WordsNotComparable
    against = next((one.number for one in written_letters(visit) if one.key == other.key), "")
    return written_letter(visit, key), against, differences(old.text, new.text)


def _in_round(row: Any) -> bool:
    """Whether a request's shorter addresses lead to it."""
    beside = getattr(row, "succession", None) is not None and row.succession.beside
    return not hasattr(row, "version") and (not beside or row.seal_id is not None)


def _written(
    row: Any, seals: dict[int, Seal], numbers: dict[int, str], newer: dict[int, str], *, is_first: bool
) -> Written:
    seal = seals.get(row.seal_id)
    version = getattr(row, "version", None)
    return Written(
        key=row.key,
        at="" if is_first else row.key,
        place=_place(version) if version else "",
        number=seal.number if seal else "",
        stage=stage_of_letter(
            has_seal=seal is not None,
            is_released=hasattr(seal, "release"),
            is_withdrawn=hasattr(seal, "withdrawal"),
            has_successor=row.pk in newer,
        ),
        is_open=row.is_open,
        is_file=row.origin == Letter.Origin.UPLOADED,
        begun_at=row.begun_at,
        sealed_at=seal.sealed_at if seal else None,
        replaces=numbers.get(row.predecessor_id, ""),
        replaced_by=newer.get(row.pk, ""),
        base_key=version.base.key if version else "",
    )


def _place(version: Version) -> str:
    name = _named(version.purpose.opportunity)
    return f"{name}: {version.destination.label}" if version.destination else name


def _named(opportunity: Opportunity) -> str:
    return (
        f"{opportunity.title}, {opportunity.organisation}" if opportunity.organisation else opportunity.title
    )
