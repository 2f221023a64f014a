from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.contact_facts import ContactFacts, write_facts
from vouchsafe.people.models import Account, Contact


@transaction.atomic
def edit_contact(*, by: Account, contact: Contact, facts: ContactFacts, now: datetime) -> Contact:
    """Change what is kept of a contact. A request keeps going: its next mail goes to the first address."""
    locked = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    write_facts(locked, facts)
    journal.note(chain=by.key, verb="contact_edited", about=locked.key, by=by.key, now=now)
    return locked
