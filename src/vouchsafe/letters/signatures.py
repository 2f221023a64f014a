"""The picture of a signature that a writer asked us to remember, for the next letter from the same mailbox."""

from __future__ import annotations

from vouchsafe.adapters.vault import Role, VaultFileMissingError, Viewer
from vouchsafe.asks.access import Visit
from vouchsafe.ledger import custody
from vouchsafe.people.models import Correspondent


def writer_at(visit: Visit) -> Correspondent | None:
    """The writer whose mailbox this visit has proved; a visit that proved none has no signature to see."""
    visit.demand_proof()
    return Correspondent.objects.filter(mailbox=visit.mailbox).first()


def keeps_signature(visit: Visit) -> bool:
    writer = writer_at(visit)
    return writer is not None and bool(writer.signature_file)


def kept_signature(visit: Visit) -> bytes:
    """The remembered picture, empty when there is none. Writes nothing."""
    writer = writer_at(visit)
    if writer is None or not writer.signature_file:
        return b""
    viewer = Viewer(Role.WRITER, frozenset({custody.digest("mailbox", visit.mailbox)}))
    try:
        return custody.vault().open(writer.signature_file, viewer)
    except VaultFileMissingError:  # the file was erased, as from an older database put back
        return b""
