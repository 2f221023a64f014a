"""Packets: the sealed letters that go to one place, and who may read them there."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status

from vouchsafe.core.addresses import reader_path
from vouchsafe.desk.for_programs import packet_facts, packets_piece
from vouchsafe.doors.api.lists import Cursor, Limit, NextCursor, place_after, told
from vouchsafe.doors.api.problems import Problem
from vouchsafe.doors.api.repeats import once
from vouchsafe.doors.api.tokens import Token, holder_of
from vouchsafe.packets.access import reader_of
from vouchsafe.packets.actions.show_link import show_link

router = Router(tags=["Packets"])


class Packet(Schema):
    """Sealed letters with a cover, for one place."""

    key: str
    title: str
    opportunity_key: str
    stage: Literal["made", "delivered", "read", "revoked"]
    made_at: datetime
    letters: int
    live_readers: int


class Packets(Schema):
    items: list[Packet]
    next_cursor: NextCursor


class Enclosed(Schema):
    """A letter in a packet. `gone` says why it can't be read there now: withdrawn, out_of_scope or removed."""

    letter_key: str
    number: str
    writer_name: str
    sealed_at: datetime
    is_open: bool
    gone: str
    replaced_by: str


class Reader(Schema):
    """Who may read a packet."""

    key: str
    name: str
    address: str
    state: Literal["active", "revoked", "expired", "held"]
    expires_at: datetime
    opened_at: datetime | None
    has_code: bool


class WholePacket(Packet):
    enclosed: list[Enclosed]
    readers: list[Reader]


class ReaderLink(Schema):
    """A way in for a reader. It is told here alone, and again for a day to whoever sends the same question with its
    Idempotency-Key; older ones keep working until access ends.
    """

    url: str
    expires_at: datetime


@router.get("/packets", response=Packets, auth=Token("packets:read"), summary="List packets")
def list_packets(request: HttpRequest, limit: Limit = 20, cursor: Cursor = "") -> Any:
    """Every packet, in the order they were made."""
    return told(packets_piece(holder_of(request), place_after(cursor, "packets"), limit), "packets")


@router.get("/packets/{slug:key}", response=WholePacket, auth=Token("packets:read"), summary="Get a packet")
def get_packet(request: HttpRequest, key: str) -> Any:
    """One packet with its letters in order and its readers."""
    found = packet_facts(holder_of(request), key, timezone.now())
    return {
        **{name: getattr(found.row, name) for name in Packet.model_fields},
        "enclosed": [
            {
                "letter_key": one.key,
                "number": one.number,
                "writer_name": one.writer,
                "sealed_at": one.sealed_at,
                "is_open": not one.is_confidential,
                "gone": one.gone,
                "replaced_by": one.replaced_by,
            }
            for one in found.letters
        ],
        "readers": list(found.readers),
    }


@router.post(
    "/readers/{slug:key}/links",
    response={201: ReaderLink, 409: Problem},
    auth=Token("readers:write"),
    summary="Make a reader's link",
)
@once(ReaderLink)
def create_reader_link(request: HttpRequest, key: str) -> Any:
    """Make a new link for a reader, to hand on.

    Refused (409) where the packet holds a confidential letter, whose link is mailed to its reader alone
    (`link-not-for-you`), and for a reader whose access is over or held.
    """
    account = holder_of(request)
    reader = reader_of(account, key)
    token = show_link(by=account, reader=reader, now=timezone.now())
    return Status(201, {"url": settings.BASE_URL + reader_path(token), "expires_at": reader.expires_at})
