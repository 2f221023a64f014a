"""Who a reader is to the vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vouchsafe.adapters.vault import Role, Viewer
from vouchsafe.ledger import custody
from vouchsafe.people.access import viewer_keys

if TYPE_CHECKING:
    from vouchsafe.packets.models import Reader
    from vouchsafe.people.models import Account


def reader_viewer(reader: Reader, signed_in: Account | None = None) -> Viewer:
    """The reader, their mailbox, and whoever is signed in in the same browser.

    So the vault itself refuses a confidential letter to a "reader" who turns out to be its applicant.
    """
    keys = {reader.key}
    if reader.mailbox:
        keys.add(custody.digest("mailbox", reader.mailbox))
    if signed_in is not None:
        keys |= viewer_keys(signed_in)
    return Viewer(Role.READER, frozenset(keys))
