"""Which letter took another's place, said once for every page, packet and check.

A successor counts when its hour is over or its writer said now. It retires the letter it was begun from and, as
their words are the same, the versions of that letter for single places; a version's own successor retires that
version alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, Q, QuerySet

from vouchsafe.letters.models import Letter, Seal, Version

STANDING = Q(reopening__isnull=True, release__isnull=False)


def successors_of(letter: OuterRef | int, base: OuterRef | int | None) -> QuerySet[Seal]:
    """Seals that took the place of a letter, newest first. `base` is the letter it is a version of, if it is one."""
    takes = Q(letter__predecessor=letter)
    if base is not None:
        takes |= Q(letter__predecessor=base, letter__version__isnull=True)
    return Seal.objects.filter(STANDING, takes).order_by("-id")


def successor_of(letter: Letter) -> Seal | None:
    """The seal of the letter that took this one's place, or nothing."""
    version = Version.objects.filter(letter=letter).values_list("base", flat=True).first()
    return successors_of(letter.pk, version).defer("record", "manifest", "signature").first()


def successors_by_letter(letters: Iterable[int]) -> dict[int, str]:
    """For letters by id: the number of what took each one's place, where something did. Two queries."""
    asked = list(letters)
    bases = dict(Version.objects.filter(letter__in=asked).values_list("letter", "base"))
    rows = (
        Seal.objects.filter(STANDING, letter__predecessor__in=[*asked, *bases.values()])
        .order_by("id")
        .values_list("letter__predecessor", "letter__version", "number")
    )
    own: dict[int | None, str] = {}
    general: dict[int | None, str] = {}
    for predecessor, version, number in rows:
        own[predecessor] = number
        if version is None:
            general[predecessor] = number
    found = {letter: own.get(letter) or general.get(bases.get(letter, 0), "") for letter in asked}
    return {letter: number for letter, number in found.items() if number}
