from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.contact_facts import ContactFacts, write_facts
from vouchsafe.people.models import Account, Contact


@transaction.atomic
def add_contact(*, by: Account, facts: ContactFacts, now: datetime) -> Contact:
    """Keep someone the applicant knows. Writes the contact and its addresses; queues nothing."""
    contact = Contact(owner=by, added_at=now)
    write_facts(contact, facts)
    journal.note(chain=by.key, verb="contact_added", about=contact.key, by=by.key, now=now)
    return contact
