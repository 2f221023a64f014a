from __future__ import annotations

from datetime import datetime

from vouchsafe.ledger import custody
from vouchsafe.letters.models import Seal
from vouchsafe.packets.access import demand_access
from vouchsafe.packets.models import Reader
from vouchsafe.packets.viewer import reader_viewer
from vouchsafe.people.models import Account


def look_at_letter(*, reader: Reader, seal: Seal, now: datetime, signed_in: Account | None = None) -> bytes:
    """The sealed PDF for the pages of a reader who has pressed Read, which recorded it. Writes nothing.

    Access is asked for last, when the bytes are there, so that a revocation meanwhile still counts.
    """
    data = custody.vault().open(seal.file, reader_viewer(reader, signed_in))
    demand_access(reader=reader, seal=seal, now=now)
    return data
