"""Readers whose address waits for the office: it belongs to another applicant here, and two accounts may be one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vouchsafe.packets.models import Reader


@dataclass(frozen=True, slots=True)
class HeldReader:
    key: str
    name: str
    address: str
    applicant: str
    packet: str
    added_at: datetime


def held_readers() -> list[HeldReader]:
    """The oldest first; whom they wait for is told, never what the packet says."""
    waiting = Reader.objects.exclude(held_why="").filter(revocation__isnull=True)
    return [
        HeldReader(row.key, row.name, row.address, row.packet.owner.name, row.packet.title, row.added_at)
        for row in waiting.select_related("packet__owner").order_by("added_at", "id")
    ]
