from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.access import own_addresses
from vouchsafe.people.contact_facts import (
    ContactFacts,
    ContactIsYou,
    ContactKnownAlready,
    known_already,
    own_address_among,
    write_facts,
)
from vouchsafe.people.models import Account, Contact


@transaction.atomic
def add_contact(*, by: Account, facts: ContactFacts, now: datetime, someone_else: bool = False) -> Contact:
    """Keep someone the applicant knows. Writes the contact and its addresses; queues nothing.

    Refuses the applicant's own address, and a person who is there already, unless `someone_else` says that
    two people share a name or a mailbox.
    """
    mine = own_address_among(facts.addresses, own_addresses(by))
    if mine:
        raise ContactIsYou(address=mine)
    if not someone_else:
        known = known_already(by, addresses=facts.addresses, name=facts.name, organisation=facts.organisation)
        if known is not None:
            raise ContactKnownAlready(name=known.name, key=known.key)
    contact = Contact(owner=by, added_at=now)
    write_facts(contact, facts)
    journal.note(chain=by.key, verb="contact_added", about=contact.key, by=by.key, now=now)
    return contact
