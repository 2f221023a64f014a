from __future__ import annotations

from vouchsafe.adapters.vault import Role, Viewer
from vouchsafe.asks.access import Visit
from vouchsafe.ledger import custody
from vouchsafe.letters.models import Seal


def read_sealed(*, visit: Visit, seal: Seal) -> bytes:
    """The sealed PDF for its own writer, byte for byte. Writes nothing.

    Refuses a link alone: the text needs a fresh code.
    """
    visit.demand_code(seal.letter.key)
    return custody.vault().open(
        seal.file, Viewer(Role.WRITER, frozenset({custody.digest("mailbox", visit.mailbox)}))
    )
