"""From a key or a token to a packet: its owner's, or its reader's.

A reader's access is never remembered: every request asks again whether it is over, and which letters their
writers still agree to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Prefetch, Q

from vouchsafe.core.stages import stage_of_packet
from vouchsafe.core.uses import Uses
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger.keys import token_hash
from vouchsafe.letters.models import Letter, Scope, Seal
from vouchsafe.letters.succession import STANDING, successor_of
from vouchsafe.packets.models import Delivery, Enclosure, Packet, Reader, ReaderLink, Seat
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account
from vouchsafe.plans.models import Application, Nomination, Opportunity


class AccessOver(Refusal):
    code = "access-over"
    msgid = msg("This link no longer opens the letter.")
    hint_msgid = msg("Ask the person who sent it to you for a new one.")


class OnScreenOnly(Refusal):
    code = "on-screen-only"
    msgid = msg("{writer} agreed to the letter being read here, not to its being saved as a file.")
    hint_msgid = msg("Read it here as often as you like while the link works.")


@dataclass(frozen=True, slots=True)
class ReaderVisit:
    """A reader at their packet. `is_over` says why it no longer opens: revoked, expired, held or not_shown; else empty."""

    reader: Reader
    is_over: str = ""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A letter of a packet at its place. `gone` says why it can't be read now: withdrawn, out_of_scope or removed.

    `uses` is what its writer agreed to; None where nothing was ever said.
    """

    seal: Seal
    position: int
    gone: str = ""
    uses: Uses | None = None


def packet(viewer: Account, key: str) -> Packet:
    found = (
        Packet.objects.own()
        .select_related("owner", "opportunity", "destination")
        .filter(owner=viewer, key=key)
        .first()
    )
    if found is None:
        raise NotHere(key)
    return found


def reader_of(viewer: Account, key: str) -> Reader:
    """A reader whom the viewer named."""
    found = (
        Reader.objects.select_related("packet__owner", "packet__opportunity", "revocation")
        .filter(packet__owner=viewer, key=key, seat__isnull=True)
        .first()
    )
    if found is None:
        raise NotHere(key)
    return found


def held_reader(key: str) -> Reader:
    """For the office: a reader whose address waits to be confirmed."""
    found = Reader.objects.select_related("packet__owner").filter(key=key).exclude(held_why="").first()
    if found is None:
        raise NotHere(key)
    return found


def delivery_of(reader: Reader, outgoing: str) -> Delivery:
    found = Delivery.objects.filter(reader=reader, outgoing=outgoing).exclude(outgoing="").first()
    if found is None:
        raise NotHere(outgoing)
    return found


def reader_by_token(token: str, now: datetime) -> ReaderVisit:
    link = (
        ReaderLink.objects.select_related(
            "reader__packet__owner", "reader__packet__opportunity", "reader__revocation", "reader__seat"
        )
        .filter(token_hash=token_hash(token))
        .first()
    )
    if link is None:
        raise NotHere("link")
    return _visit(link.reader, now)


def reader_by_key(key: str, now: datetime) -> ReaderVisit:
    """A reader whose browser traded its token for a cookie."""
    found = (
        Reader.objects.select_related("packet__owner", "packet__opportunity", "revocation", "seat")
        .filter(key=key)
        .first()
    )
    if found is None:
        raise NotHere(key)
    return _visit(found, now)


def enclosed(packet: Packet, now: datetime) -> list[Enclosed]:
    """Every letter of a packet in order, and which of them can't be read now. Two queries; no text is loaded.

    Of a writer who was taken off the call since, the packet of its committee holds nothing.
    """
    inside = Enclosure.objects.filter(packet=packet)
    if packet.application_id is not None:
        named = Nomination.objects.filter(application=packet.application_id, withdrawn_at__isnull=True)
        inside = inside.filter(seal__letter__request__contact__in=named.values("contact"))
    rows = (
        inside.select_related("seal__letter", "seal__withdrawal", "seal__reopening")
        .defer("seal__record", "seal__manifest", "seal__signature")
        .prefetch_related(Prefetch("seal__scopes", queryset=Scope.objects.order_by("-set_at", "-id")))
        .order_by("position")
    )
    today = _today(packet.owner, now)
    return [
        Enclosed(row.seal, row.position, _why_gone(row.seal, packet.opportunity, today), _uses(row.seal))
        for row in rows
    ]


def readable(reader: Reader, now: datetime) -> list[Seal]:
    """The letters of a reader's packet that may be read now: not withdrawn, and still within their scope."""
    return [one.seal for one in enclosed(reader.packet, now) if not one.gone]


def savable(reader: Reader, now: datetime) -> list[Seal]:
    """Those of the readable letters that a reader may keep as a file, too."""
    inside = enclosed(reader.packet, now)
    return [one.seal for one in inside if not one.gone and not (one.uses and one.uses.on_screen_only)]


def readable_seal(reader: Reader, number: str, now: datetime) -> Seal:
    for seal in readable(reader, now):
        if seal.number == number:
            return seal
    raise NotHere(number)


def reader_of_letter(keys: Sequence[str], number: str, now: datetime) -> str:
    """Which of these readers may read the letter with this number now: their key, or nothing."""
    named = (
        Reader.objects.filter(key__in=keys, packet__enclosures__seal__number=number, revocation__isnull=True)
        .filter(expires_at__gt=now, held_why="", packet__owner__is_active=True)
        .select_related("packet__owner", "packet__opportunity")
    )
    for reader in named:
        if committee_reads(reader) and any(seal.number == number for seal in readable(reader, now)):
            return reader.key
    return ""


def demand_access(*, reader: Reader, seal: Seal | None, now: datetime) -> None:
    """Refuse unless this reader may read this letter at this moment, whatever was true when the request began."""
    stands = Reader.objects.filter(
        pk=reader.pk,
        revocation__isnull=True,
        expires_at__gt=now,
        held_why="",
        packet__owner__is_active=True,
    ).exists()
    if not (stands and committee_reads(reader)) or (
        seal is not None and all(one.pk != seal.pk for one in readable(reader, now))
    ):
        raise AccessOver


def committee_reads(reader: Reader) -> bool:
    """Whether a reader on a committee may still read this applicant, as their call stands now. True of every other reader."""
    if reader.seat_id is None:
        return True
    application = reader.packet.application_id
    seats = Seat.objects.filter(pk=reader.seat_id, revoked_at__isnull=True)
    return (
        application is not None
        and seats.exists()
        and Application.objects.shown().filter(pk=application).exists()
    )


def demand_savable(*, reader: Reader, seals: Sequence[Seal], now: datetime) -> None:
    """Refuse a file of letters that their writer lets be read on the screen alone."""
    kept = {seal.pk for seal in savable(reader, now)}
    for seal in seals:
        if seal.pk not in kept:
            raise OnScreenOnly(writer=seal.writer_name)


def covers(scope: Scope | None, opportunity: Opportunity, today: date) -> bool:
    """Does the newest scope of a seal allow this use today? Without a scope nothing is allowed."""
    return scope is not None and scope.uses.covers(
        opportunity=opportunity.key, kind=opportunity.kind, today=today
    )


def holds_confidential(packet: Packet) -> bool:
    """Does it hold a letter that its applicant may not read?"""
    return packet.enclosures.exclude(seal__letter__confidentiality=Letter.Confidentiality.OPEN).exists()


def is_confirmed(mailbox: str) -> bool:
    """Has the office made sure of this reader's mailbox, for whichever packet?"""
    return Reader.objects.filter(mailbox=mailbox, confirmed_at__isnull=False).exists()


def is_confirmed_at(domain: str) -> bool:
    """Has the office made sure of a reader at this very domain?"""
    return Reader.objects.filter(mailbox__endswith=f"@{domain}", confirmed_at__isnull=False).exists()


def stage(packet: Packet) -> str:
    """The packet's stage, from its rows."""
    return raw_stage(Packet.objects.with_facts().get(pk=packet.pk))


def raw_stage(row: Any) -> str:
    """The stage of a packet that `with_facts` annotated."""
    return stage_of_packet(
        deliveries=row.delivery_count,
        viewings=row.viewing_count,
        live_readers=row.live_reader_count,
        readers=row.reader_count,
    )


def _why_gone(seal: Seal, opportunity: Opportunity, today: date) -> str:
    if hasattr(seal, "withdrawal"):
        return "withdrawn"
    if hasattr(seal, "reopening") or seal.letter.removed_at is not None:
        return "removed"
    return "" if covers(_newest(seal), opportunity, today) else "out_of_scope"


def _newest(seal: Seal) -> Scope | None:
    return next(iter(seal.scopes.all()), None)


def _uses(seal: Seal) -> Uses | None:
    scope = _newest(seal)
    return scope.uses if scope else None


def _today(owner: Account, now: datetime) -> date:
    """A last day is a day of the applicant's own calendar."""
    return now.astimezone(ZoneInfo(owner.time_zone)).date()


def _visit(reader: Reader, now: datetime) -> ReaderVisit:
    if not reader.packet.owner.is_active:
        raise NotHere(reader.key)
    if hasattr(reader, "revocation"):
        return ReaderVisit(reader, "revoked")
    if reader.expires_at <= now:
        return ReaderVisit(reader, "expired")
    if not committee_reads(reader):
        return ReaderVisit(reader, "not_shown")
    return ReaderVisit(reader, reader.held_why and "held")


def due_notices(now: datetime, limit: int) -> list[Seal]:
    """For the worker: released letters whose predecessor lies with a reader who has not been told."""
    old = Reader.objects.filter(
        packet__enclosures__seal__letter=OuterRef("letter__predecessor"), **_in_touch(now)
    ).exclude(notices__seal=OuterRef("pk"))
    versions = Reader.objects.filter(
        packet__enclosures__seal__letter__version__base=OuterRef("letter__predecessor"), **_in_touch(now)
    ).exclude(notices__seal=OuterRef("pk"))
    seals = Seal.objects.filter(STANDING, letter__predecessor__isnull=False, withdrawal__isnull=True)
    due = seals.filter(Exists(old) | Q(Exists(versions), letter__version__isnull=True))
    return list(due.select_related("letter").defer("record", "manifest", "signature")[:limit])


def readers_to_tell(seal: Seal, now: datetime) -> list[tuple[Reader, str]]:
    """Readers who were given the letter whose place this one took, or a version of it, with the number they hold.

    The number is empty where nothing is to be said: a version's own successor retires that version alone.
    """
    rows = (
        Enclosure.objects.filter(
            Q(seal__letter=seal.letter.predecessor_id)
            | Q(seal__letter__version__base=seal.letter.predecessor_id)
        )
        .exclude(seal=seal)
        .select_related("seal", "packet__owner")
        .defer("seal__record", "seal__manifest", "seal__signature")
    )
    found: dict[int, tuple[Reader, str]] = {}
    for row in rows:
        newest = successor_of(row.seal.letter)
        number = row.seal.number if newest is not None and newest.pk == seal.pk else ""
        readers = Reader.objects.filter(packet=row.packet, **_in_touch(now)).select_related("packet__owner")
        for reader in readers.distinct():
            if reader.pk not in found or number:
                found[reader.pk] = (reader, number)
    return list(found.values())


def _in_touch(now: datetime) -> dict[str, Any]:
    """Readers who were handed something and may still read."""
    return {
        "revocation__isnull": True,
        "expires_at__gt": now,
        "held_why": "",
        "deliveries__isnull": False,
        "packet__owner__is_active": True,
    }
