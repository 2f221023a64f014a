"""From a key or a token to a packet: its owner's, or its reader's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vouchsafe.ledger.keys import token_hash
from vouchsafe.letters.models import Seal
from vouchsafe.packets.models import Enclosure, Packet, Reader, ReaderLink
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account


@dataclass(frozen=True, slots=True)
class ReaderVisit:
    """A reader at their packet. `is_over` says why it no longer opens: revoked, expired, held, or empty."""

    reader: Reader
    is_over: str = ""


def packet(viewer: Account, key: str) -> Packet:
    found = Packet.objects.select_related("opportunity", "destination").filter(owner=viewer, key=key).first()
    if found is None:
        raise NotHere(key)
    return found


def reader_of(viewer: Account, key: str) -> Reader:
    found = Reader.objects.select_related("packet__owner").filter(packet__owner=viewer, key=key).first()
    if found is None:
        raise NotHere(key)
    return found


def reader_by_token(token: str, now: datetime) -> ReaderVisit:
    link = (
        ReaderLink.objects.select_related("reader__packet__owner", "reader__revocation")
        .filter(token_hash=token_hash(token))
        .first()
    )
    if link is None:
        raise NotHere("link")
    return _visit(link.reader, now)


def reader_by_key(key: str, now: datetime) -> ReaderVisit:
    """A reader whose browser traded its token for a cookie."""
    found = Reader.objects.select_related("packet__owner", "revocation").filter(key=key).first()
    if found is None:
        raise NotHere(key)
    return _visit(found, now)


def readable(reader: Reader) -> list[Enclosure]:
    """The letters of a reader's packet that may be read now: not withdrawn, not opened again."""
    return list(
        Enclosure.objects.select_related("seal__letter")
        .filter(
            packet=reader.packet_id,
            seal__withdrawal__isnull=True,
            seal__reopening__isnull=True,
            seal__letter__removed_at__isnull=True,
        )
        .order_by("position")
    )


def readable_seal(reader: Reader, number: str) -> Seal:
    for enclosure in readable(reader):
        if enclosure.seal.number == number:
            return enclosure.seal
    raise NotHere(number)


def _visit(reader: Reader, now: datetime) -> ReaderVisit:
    if not reader.packet.owner.is_active:
        raise NotHere(reader.key)
    if hasattr(reader, "revocation"):
        return ReaderVisit(reader, "revoked")
    if reader.expires_at <= now:
        return ReaderVisit(reader, "expired")
    return ReaderVisit(reader, reader.held_why and "held")
