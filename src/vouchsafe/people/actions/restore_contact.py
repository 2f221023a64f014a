from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account, Contact


@transaction.atomic
def restore_contact(*, by: Account, contact: Contact, now: datetime) -> None:
    """Undo a removal."""
    if Contact.objects.filter(pk=contact.pk, removed_at__isnull=False).update(removed_at=None):
        journal.note(chain=by.key, verb="contact_restored", about=contact.key, by=by.key, now=now)
