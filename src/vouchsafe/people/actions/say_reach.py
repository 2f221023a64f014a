from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account, Contact


@transaction.atomic
def say_reach(*, by: Account, contact: Contact, unreachable: bool, now: datetime) -> None:
    """Say that nobody can reach this contact any more, or that one can again. Writes the fact and one line."""
    locked = Contact.objects.select_for_update().get(pk=contact.pk)
    locked.unreachable = unreachable
    locked.save(update_fields=["unreachable"])
    journal.note(chain=by.key, verb="contact_edited", about=locked.key, by=by.key, now=now)
