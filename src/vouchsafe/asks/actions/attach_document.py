from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import ask_mail, stage
from vouchsafe.asks.actions.ask_facts import facts_of, note_after
from vouchsafe.asks.models import Document, Purpose, Request
from vouchsafe.asks.preparing import PreparedDocument
from vouchsafe.core.stages import REQUEST
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account

MOST = 3


class DocumentsEnough(Refusal):
    code = "documents-enough"
    msgid = msg("{count} documents are attached already.")
    hint_msgid = msg("Remove one first. A résumé, the posting and one piece of work are plenty.")


@transaction.atomic
def attach_document(
    *, by: Account, purpose: Purpose, kind: str, prepared: PreparedDocument, now: datetime
) -> Document:
    """Add a document for the writer to the request; a second résumé or posting replaces the first.

    Writes the row and names it in a note not yet mailed. Queues nothing. Refuses a fourth document, and a
    request that is over.
    """
    Request.objects.select_for_update(of=("self",)).get(pk=purpose.request_id)
    row = Purpose.objects.select_related("request__contact__owner", "opportunity").get(pk=purpose.pk)
    REQUEST.demand("mail", stage(row.request))
    before = facts_of(row)
    there = Document.objects.filter(request=row.request, removed_at__isnull=True)
    if kind in {Document.Kind.RESUME, Document.Kind.POSTING}:
        there.filter(kind=kind).update(removed_at=now)
    if there.count() >= MOST:
        raise DocumentsEnough(count=MOST)
    document = Document.objects.create(
        request=row.request,
        kind=kind,
        name=prepared.name,
        file=prepared.file,
        pages=prepared.pages,
        added_at=now,
    )
    if ask_mail(row) is None:
        Purpose.objects.filter(pk=row.pk).update(note=note_after(row, before))
    journal.note(chain=by.key, verb="document_added", about=document.key, by=by.key, now=now, detail=kind)
    return document
