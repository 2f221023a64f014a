from __future__ import annotations

from vouchsafe.adapters.vault import Role, Viewer
from vouchsafe.asks.access import Visit
from vouchsafe.asks.models import Document
from vouchsafe.ledger import custody


def read_document(*, visit: Visit, document: Document) -> bytes:
    """The bytes of a document on the request, for whoever may see the request. Writes nothing."""
    return custody.vault().open(document.file, Viewer(Role.WRITER, frozenset({visit.request.key})))
