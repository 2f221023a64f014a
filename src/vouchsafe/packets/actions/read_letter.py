from __future__ import annotations

from datetime import datetime

from vouchsafe.ledger import custody
from vouchsafe.letters.models import Seal
from vouchsafe.packets.actions.record_viewing import record_viewing
from vouchsafe.packets.models import Reader
from vouchsafe.packets.viewer import reader_viewer
from vouchsafe.people.models import Account


def read_letter(
    *, reader: Reader, seal: Seal, what: str, now: datetime, signed_in: Account | None = None
) -> bytes:
    """Open a sealed letter for its reader and record that it was opened.

    Returns the sealed PDF, byte for byte. The viewing is written, and access rechecked, in one transaction
    before the bytes are returned, so that a revocation that has committed is never outrun.
    """
    data = custody.vault().open(seal.file, reader_viewer(reader, signed_in))
    record_viewing(reader=reader, seal=seal, what=what, now=now)
    return data
