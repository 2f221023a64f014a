from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.ledger import journal
from vouchsafe.letters.actions.sign_draft import keep_file
from vouchsafe.letters.signatures import writer_at


@transaction.atomic
def forget_signature(*, visit: Visit, now: datetime) -> None:
    """Forget the remembered picture of a writer's signature. The letter in hand keeps its own.

    Writes the writer's row and destroys the file. Refuses a visit that proves no mailbox. Queues nothing.
    """
    writer = writer_at(visit)
    if writer is None or not writer.signature_file:
        return
    keep_file(writer, "")
    journal.note(
        chain=visit.request.contact.owner.key,
        verb="signature_forgotten",
        about=visit.request.key,
        by=writer.key,
        now=now,
    )
