"""What a reader's pages show: whose letters, by whom, until when, and which can't be read any more. Never a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Subquery

from vouchsafe.core.uses import readers_words
from vouchsafe.core.words import Sentence
from vouchsafe.letters.succession import successors_by_letter
from vouchsafe.packets.access import ReaderVisit, enclosed
from vouchsafe.packets.models import Reader, Rearrangement, Viewing


@dataclass(frozen=True, slots=True)
class ReaderLetter:
    """One letter of the packet. `gone` is empty, or withdrawn, out_of_scope or removed; `uses` is in words."""

    number: str
    writer: str
    sealed_at: datetime
    pages: int
    digest: bytes
    is_confidential: bool
    replaced_by: str
    gone: str
    uses: tuple[Sentence, ...]
    may_save: bool


@dataclass(frozen=True, slots=True)
class ReaderPage:
    key: str
    committee: str
    """The key of their seat, for a reader on the committee of a call; else empty."""
    reader: str
    applicant: str
    title: str
    words: str
    until: datetime
    others: int
    is_over: str
    changed_at: datetime | None
    """When the order or the cover was changed after this reader first opened it."""

    letters: tuple[ReaderLetter, ...]

    @property
    def readable(self) -> tuple[ReaderLetter, ...]:
        return tuple(letter for letter in self.letters if not letter.gone)

    @property
    def savable(self) -> tuple[ReaderLetter, ...]:
        return tuple(letter for letter in self.readable if letter.may_save)


def reader_page(visit: ReaderVisit, now: datetime) -> ReaderPage:
    """The page in six queries beside the visit's own, however many letters there are."""
    reader, packet = visit.reader, visit.reader.packet
    inside = enclosed(packet, now)
    newer = successors_by_letter(one.seal.letter_id for one in inside)
    others = Reader.objects.filter(packet=packet, revocation__isnull=True, expires_at__gt=now, held_why="")
    return ReaderPage(
        key=reader.key,
        committee=reader.seat.key if reader.seat is not None else "",
        reader=reader.name,
        applicant=packet.owner.name,
        title=packet.title,
        words=packet.cover_words,
        until=reader.expires_at,
        others=others.exclude(pk=reader.pk).count(),
        is_over=visit.is_over,
        changed_at=_changed(reader),
        letters=tuple(
            ReaderLetter(
                number=one.seal.number,
                writer=one.seal.writer_name,
                sealed_at=one.seal.sealed_at,
                pages=one.seal.pages,
                digest=bytes.fromhex(one.seal.digest),
                is_confidential=not one.seal.letter.is_open,
                replaced_by=newer.get(one.seal.letter_id, ""),
                gone=one.gone,
                uses=readers_words(one.uses) if one.uses else (),
                may_save=not (one.uses and one.uses.on_screen_only),
            )
            for one in inside
        ),
    )


def _changed(reader: Reader) -> datetime | None:
    opened = Viewing.objects.filter(reader=reader, what=Viewing.What.OPENED).order_by("viewed_at")
    later = Rearrangement.objects.filter(
        packet=reader.packet, changed_at__gt=Subquery(opened.values("viewed_at")[:1])
    )
    return later.values_list("changed_at", flat=True).first()
