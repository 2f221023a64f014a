from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.packets.access import AccessOver, demand_savable, readable, savable
from vouchsafe.packets.actions.record_viewing import record_viewing
from vouchsafe.packets.handing import packet_with_originals
from vouchsafe.packets.models import Reader, Viewing
from vouchsafe.packets.viewer import reader_viewer
from vouchsafe.people.models import Account


def take_packet(*, reader: Reader, now: datetime, signed_in: Account | None = None) -> bytes:
    """The whole packet for its reader: cover and sealed originals in one file.

    Made first, then the download is recorded for each letter and access rechecked, and only then returned.
    """
    seals = savable(reader, now)
    if not seals:
        demand_savable(reader=reader, seals=readable(reader, now), now=now)
        raise AccessOver
    made = packet_with_originals(reader.packet, seals, reader_viewer(reader, signed_in), now=now)
    with transaction.atomic():
        for seal in seals:
            record_viewing(reader=reader, seal=seal, what=Viewing.What.DOWNLOADED, now=now)
    return made
