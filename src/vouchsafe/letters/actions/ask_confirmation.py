from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from vouchsafe.asks.actions.attach_document import attach_document
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.models import Document, Purpose
from vouchsafe.asks.preparing import PreparedDocument
from vouchsafe.ledger import custody, journal
from vouchsafe.letters.access_open import brought_upload
from vouchsafe.letters.actions.read_open import read_open
from vouchsafe.letters.models import Confirmation
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import Opportunity


def ask_confirmation(
    *,
    by: Account,
    letter_key: str,
    contact: Contact,
    opportunity: Opportunity,
    note: str,
    today: date,
    now: datetime,
) -> Purpose:
    """Ask the writer of a brought letter to confirm it: a request is opened, with the letter attached.

    Copies the file for the request's page, then writes the purpose, the document and the confirmation; queues nothing, `send_ask`
    mails it. The writer seals it, or a newer one, as any other letter; the brought one stays as it was.
    Refuses what `open_request` and `attach_document` refuse.
    """
    upload = brought_upload(by, letter_key)
    stored = custody.vault().put(read_open(by=by, letter_key=letter_key))
    with transaction.atomic():
        purpose = open_request(
            by=by,
            contact=contact,
            opportunity=opportunity,
            shown_on=None,
            confidentiality=Purpose.Choice.OPEN,
            subject="",
            note=note,
            today=today,
            now=now,
        )
        attach_document(
            by=by,
            purpose=purpose,
            kind=Document.Kind.OTHER,
            prepared=PreparedDocument(name=upload.name, file=stored.file_id, pages=upload.pages),
            now=now,
        )
        _, fresh = Confirmation.objects.get_or_create(
            purpose=purpose, defaults={"letter": upload.letter, "asked_at": now}
        )
        if fresh:
            journal.note(
                chain=by.key,
                verb="confirmation_asked",
                about=letter_key,
                by=by.key,
                now=now,
                detail=purpose.key,
            )
    return purpose
