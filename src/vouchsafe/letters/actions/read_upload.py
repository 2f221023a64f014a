from __future__ import annotations

from vouchsafe.adapters.pdf.processes import run_limited
from vouchsafe.adapters.vault import Role, Viewer
from vouchsafe.asks.access import Visit
from vouchsafe.ledger import custody
from vouchsafe.letters.models import Upload


def read_upload(*, visit: Visit, upload: Upload) -> bytes:
    """The clean revision of a file that is not sealed yet, for its writer. Writes nothing."""
    visit.demand_proof()
    return custody.vault().open(
        upload.file, Viewer(Role.WRITER, frozenset({custody.digest("mailbox", visit.mailbox)}))
    )


def page_pictures(pdf: bytes) -> list[bytes]:
    """Each page as a JPEG, drawn in the limited child."""
    _, pictures = run_limited("render", {}, [pdf])
    return pictures
