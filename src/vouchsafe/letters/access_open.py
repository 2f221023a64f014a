"""What an applicant's pages may know of letters: the text of open ones, the mere facts of the others.

`open_letters` holds no waived letter and none in confidence, so no key can lead to one. Of the others a
`Shelved` tells author, date, number and place, and has no way to their content.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vouchsafe.letters.models import Letter, LetterQuerySet, Seal
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account


@dataclass(frozen=True, slots=True)
class Shelved:
    """A letter as the Safe shows it."""

    key: str
    number: str
    writer_name: str
    contact_key: str
    title: str
    origin: str
    is_open: bool
    sealed_at: datetime | None
    released_at: datetime | None
    withdrawn_at: datetime | None
    pages: int | None


def open_letters(applicant: Account) -> LetterQuerySet:
    """Letters this applicant may read; none other can be loaded through it."""
    return Letter.objects.of(applicant).open_to_applicant()


def open_letter(applicant: Account, key: str) -> Letter:
    found = open_letters(applicant).filter(key=key).first()
    if found is None:
        raise NotHere(key)
    return found


def open_seal(applicant: Account, key: str) -> Seal:
    """The seal of an open letter that has been released to its applicant."""
    found = (
        Seal.objects.select_related("letter")
        .filter(
            letter__in=open_letters(applicant), letter__key=key, reopening__isnull=True, release__isnull=False
        )
        .order_by("-id")
        .first()
    )
    if found is None:
        raise NotHere(key)
    return found


def shelf(applicant: Account) -> list[Shelved]:
    """The Safe's rows in one query: every released letter and every one brought, newest first."""
    seals = (
        Seal.objects.filter(
            letter__applicant=applicant,
            letter__removed_at__isnull=True,
            reopening__isnull=True,
            release__isnull=False,
        )
        .select_related("letter__request__contact", "release", "withdrawal")
        .order_by("-sealed_at", "-id")
    )
    kept = [_shelved(seal) for seal in seals]
    brought = Letter.objects.of(applicant).filter(origin=Letter.Origin.BROUGHT).exclude(seals__isnull=False)
    return kept + [
        Shelved(
            key=letter.key,
            number="",
            writer_name=letter.writer_name,
            contact_key="",
            title=letter.title,
            origin=letter.origin,
            is_open=True,
            sealed_at=None,
            released_at=letter.begun_at,
            withdrawn_at=None,
            pages=None,
        )
        for letter in brought
    ]


def _shelved(seal: Seal) -> Shelved:
    letter = seal.letter
    return Shelved(
        key=letter.key,
        number=seal.number,
        writer_name=seal.writer_name,
        contact_key=letter.request.contact.key if letter.request else "",
        title=letter.title,
        origin=letter.origin,
        is_open=letter.is_open,
        sealed_at=seal.sealed_at,
        released_at=seal.release.released_at,
        withdrawn_at=seal.withdrawal.withdrawn_at if hasattr(seal, "withdrawal") else None,
        pages=seal.pages,
    )
