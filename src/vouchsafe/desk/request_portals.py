"""The portals that one writer uploads to, as their applicant sees them: by when, and which are ticked off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from vouchsafe.asks.models import Purpose, Request
from vouchsafe.packets.models import PortalUpload
from vouchsafe.plans.models import Destination


@dataclass(frozen=True, slots=True)
class PortalLine:
    label: str
    purpose: str
    due_on: date | None
    ticked_at: datetime | None


def portals_of(request: Request, purposes: list[Purpose]) -> tuple[PortalLine, ...]:
    """Two queries. A tick under a seal that no longer stands counts no more: that letter is not what should lie there."""
    places = Destination.objects.filter(
        opportunity__in=[row.opportunity_id for row in purposes],
        way=Destination.Way.PORTAL,
        removed_at__isnull=True,
    ).select_related("opportunity")
    ticks = PortalUpload.objects.filter(
        seal__letter__request=request, seal__withdrawal__isnull=True, seal__reopening__isnull=True
    )
    ticked = {row.destination_id: row.ticked_at for row in ticks}
    return tuple(
        PortalLine(place.label, place.opportunity.title, place.due_on, ticked.get(place.pk))
        for place in places
    )
