"""One applicant as their adviser sees them: what for, whom, how far, and the open letters they are shown.

Not here: notes, points, answers' words, reasons of the plan, what is known of people, and any letter's text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils.timezone import localdate

from vouchsafe.asks.models import Purpose
from vouchsafe.desk.cohort import stages_of
from vouchsafe.desk.front_rows import asks_of, purposes_of, raw_stage
from vouchsafe.letters.access_open import Shelved, shelf, shown_letters
from vouchsafe.people.access import advisers_of
from vouchsafe.people.models import Account, Advising
from vouchsafe.plans.models import Choice, Opportunity, Plan

ORDER = ("sealed", "writing", "agreed", "thinking", "asked", "declined", "withdrawn")


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter of a place: who writes it, and how far it is. `day` is the promised day, else the asked one."""

    name: str
    stage: str
    day: date | None
    in_confidence: bool


@dataclass(frozen=True, slots=True)
class ChosenLine:
    """Somebody the plan chose and nobody has asked: rank 0 writes, others stand by in their order."""

    name: str
    rank: int
    ask_on: date | None


@dataclass(frozen=True, slots=True)
class PlaceBlock:
    title: str
    organisation: str
    need: int
    safe: int
    deadline_on: date | None
    deadline_time: time | None
    zone: str
    odds: float | None
    letters: tuple[LetterLine, ...]
    chosen: tuple[ChosenLine, ...]


@dataclass(frozen=True, slots=True)
class ShownLine:
    key: str
    writer: str
    letter_for: str


@dataclass(frozen=True, slots=True)
class Advised:
    key: str
    name: str
    agreed_on: date
    drawn_on: date | None
    places: tuple[PlaceBlock, ...]
    shown: tuple[ShownLine, ...]


@dataclass(frozen=True, slots=True)
class LookingAlong:
    """For the applicant: one adviser, whether they agreed, and which open letters are shown to them."""

    key: str
    adviser: str
    is_agreed: bool
    shown: frozenset[str]


def advised_page(advising: Advising, today: date) -> Advised:
    """The page of one applicant. A place whose day is over stays until its end is told."""
    applicant = advising.applicant
    plan = Plan.objects.filter(owner=applicant, replaced_at__isnull=True).first()
    purposes = list(purposes_of(applicant))
    asks = list(asks_of(applicant))
    stages = stages_of(purposes, asks)
    names = {row.request.contact.key: row.request.contact.name for row in purposes}
    names.update((ask.contact.key, ask.contact.name) for ask in asks)
    choices = _choices(applicant, stages)
    assert advising.agreed_at is not None, "only what was agreed to comes here"
    hidden = plan is None or (bool(plan.trust) and not plan.trust["shown"])
    places = Opportunity.objects.of(applicant).going_on().defer("text").order_by("deadline_on", "id")
    return Advised(
        key=advising.key,
        name=str(applicant),
        agreed_on=localdate(advising.agreed_at),
        drawn_on=plan.drawn_on if plan else None,
        places=tuple(
            _block(place, purposes, stages, names, choices, {} if hidden or plan is None else plan.odds)
            for place in places
        ),
        shown=tuple(
            ShownLine(letter.key, letter.writer_name, letter.letter_for) for letter in _shown(advising)
        ),
    )


def looking_along(applicant: Account) -> tuple[LookingAlong, ...]:
    """Everybody who looks along or was named to."""
    return tuple(
        LookingAlong(
            row.key,
            str(row.adviser),
            row.agreed_at is not None,
            frozenset(_keys(row)) if row.agreed_at else frozenset(),
        )
        for row in advisers_of(applicant)
    )


def showable(applicant: Account) -> tuple[Shelved, ...]:
    """Letters of the Safe that their applicant may read, and so may show."""
    return tuple(letter for letter in shelf(applicant) if letter.is_open)


def shown_letter(advising: Advising, key: str) -> ShownLine | None:
    """The facts of one letter that is shown."""
    found = next((letter for letter in _shown(advising) if letter.key == key), None)
    return ShownLine(found.key, found.writer_name, found.letter_for) if found else None


def _keys(advising: Advising) -> list[str]:
    return list(shown_letters(advising).values_list("key", flat=True))


def _shown(advising: Advising) -> list[Shelved]:
    keys = set(_keys(advising))
    return [letter for letter in showable(advising.applicant) if letter.key in keys] if keys else []


def _choices(applicant: Account, stages: dict[tuple[str, str], str]) -> dict[str, list[ChosenLine]]:
    rows = (
        Choice.objects.filter(
            slot__plan__owner=applicant,
            slot__plan__replaced_at__isnull=True,
            contact__removed_at__isnull=True,
        )
        .select_related("contact", "slot__opportunity")
        .order_by("slot__position", "rank")
    )
    found: dict[str, list[ChosenLine]] = {}
    for row in rows:
        place = row.slot.opportunity.key
        if (row.contact.key, place) not in stages:
            found.setdefault(place, []).append(
                ChosenLine(row.contact.name, row.rank, row.meet_on or row.mail_on)
            )
    return found


def _block(
    place: Opportunity,
    purposes: list[Purpose],
    stages: dict[tuple[str, str], str],
    names: dict[str, str],
    choices: dict[str, list[ChosenLine]],
    odds: dict[str, Any],
) -> PlaceBlock:
    rows = {row.request.contact.key: row for row in purposes if row.opportunity_id == place.pk}
    letters = [
        _letter(names[contact], stage, rows.get(contact))
        for (contact, where), stage in stages.items()
        if where == place.key
    ]
    part = odds.get(place.key)
    figure = part["odds"] if part and part["need"] and any(part["chains"]) else None
    return PlaceBlock(
        title=place.title,
        organisation=place.organisation,
        need=place.need,
        safe=sum(letter.stage == "sealed" for letter in letters),
        deadline_on=place.deadline_on,
        deadline_time=place.deadline_time,
        zone=place.zone,
        odds=figure,
        letters=tuple(sorted(letters, key=lambda letter: (ORDER.index(letter.stage), letter.name))),
        chosen=tuple(choices.get(place.key, ())),
    )


def _letter(name: str, stage: str, row: Purpose | None) -> LetterLine:
    if row is None:
        return LetterLine(name, stage, None, False)
    day = row.promised_on or row.shown_on  # type: ignore[attr-defined]  # annotated
    if raw_stage(row) == "sealed":
        day = localdate(row.sealed_at)  # type: ignore[attr-defined]  # annotated
    in_confidence = row.confidentiality_kept != "open"  # type: ignore[attr-defined]  # annotated
    return LetterLine(name, stage, day, in_confidence)
