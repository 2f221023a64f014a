from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.packets.access import readable
from vouchsafe.packets.actions.record_viewing import record_viewing
from vouchsafe.packets.models import Reader, Viewing


@transaction.atomic
def open_packet(*, reader: Reader, now: datetime) -> Viewing:
    """A person pressed Read: the page that follows shows every letter that can be read.

    Writes a viewing of the packet, and one of each of those letters, for each has a writer and an applicant of its
    own who may see that it was read. Refuses once access is over; queues nothing.
    """
    opened = record_viewing(reader=reader, seal=None, what=Viewing.What.OPENED, now=now)
    for seal in readable(reader, now):
        record_viewing(reader=reader, seal=seal, what=Viewing.What.READ, now=now)
    return opened
