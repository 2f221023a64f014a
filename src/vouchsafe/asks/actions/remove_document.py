from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import ask_mail
from vouchsafe.asks.actions.ask_facts import facts_of, note_after
from vouchsafe.asks.models import Document, Purpose
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account


@transaction.atomic
def remove_document(
    *, by: Account, purpose: Purpose, document: Document, back: bool = False, now: datetime
) -> None:
    """Take a document off the request, or put it `back` (undo). The note not yet mailed follows.

    Writes the row and a line; queues nothing. A mail that has left keeps its copy.
    """
    row = Purpose.objects.select_related("request__contact__owner", "opportunity").get(pk=purpose.pk)
    before = facts_of(row)
    if not Document.objects.filter(pk=document.pk, request=row.request, removed_at__isnull=not back).update(
        removed_at=None if back else now
    ):
        return
    if ask_mail(row) is None:
        Purpose.objects.filter(pk=row.pk).update(note=note_after(row, before))
    journal.note(
        chain=by.key,
        verb="document_restored" if back else "document_removed",
        about=document.key,
        by=by.key,
        now=now,
    )
