"""Readers whose address waits for the office, and why: see `packets.whose_address`."""

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
    organisation: str
    """Whom the letters are for, as the applicant named it: it proves nothing by itself."""
    added_at: datetime
    why: str
    named_by: str
    """The reader who named them as a colleague, or nobody: then the applicant did."""


def held_readers() -> list[HeldReader]:
    """The oldest first; whom they wait for is told, never what the packet says."""
    waiting = Reader.objects.exclude(held_why="").filter(revocation__isnull=True)
    return [
        HeldReader(
            row.key,
            row.name,
            row.address,
            row.packet.owner.name,
            row.packet.purpose,
            row.packet.opportunity.organisation,
            row.added_at,
            row.held_why,
            row.named_by.name if row.named_by else "",
        )
        for row in waiting.select_related("packet__owner", "packet__opportunity", "named_by").order_by(
            "added_at", "id"
        )
    ]
