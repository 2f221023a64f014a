from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account, Contact


@transaction.atomic
def remove_contact(*, by: Account, contact: Contact, now: datetime) -> None:
    """Take a contact off the list; letters and requests they are part of stay. `restore_contact` undoes it."""
    if Contact.objects.filter(pk=contact.pk, removed_at__isnull=True).update(removed_at=now):
        journal.note(chain=by.key, verb="contact_removed", about=contact.key, by=by.key, now=now)
