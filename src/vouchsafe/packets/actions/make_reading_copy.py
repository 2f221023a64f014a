from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from vouchsafe.letters.actions.register_copy import register_copy
from vouchsafe.letters.models import Copy
from vouchsafe.packets.access import AccessOver, demand_savable, readable, savable
from vouchsafe.packets.actions.record_viewing import record_viewing
from vouchsafe.packets.handing import reading_copy
from vouchsafe.packets.models import Reader, Viewing
from vouchsafe.packets.viewer import reader_viewer
from vouchsafe.people.models import Account


def make_reading_copy(*, reader: Reader, now: datetime, signed_in: Account | None = None) -> bytes:
    """All letters as one PDF for reading on, with the reader's name on every page.

    Made first; then, in one transaction, access is rechecked, the download recorded for each letter and the copy
    registered by its digest, so that the verify page calls it a reading copy and not a changed letter.
    """
    seals = savable(reader, now)
    if not seals:
        demand_savable(reader=reader, seals=readable(reader, now), now=now)
        raise AccessOver
    made = reading_copy(reader.packet, seals, reader_viewer(reader, signed_in), reader=reader.name, now=now)
    with transaction.atomic():
        for seal in seals:
            record_viewing(reader=reader, seal=seal, what=Viewing.What.DOWNLOADED, now=now)
            register_copy(
                seal=seal,
                kind=Copy.Kind.READING,
                digest=sha256(made).hexdigest(),
                made_for=reader.key,
                by=reader.key,
                now=now,
            )
    return made
