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
def edit_contact(
    *, by: Account, contact: Contact, facts: ContactFacts, now: datetime, someone_else: bool = False
) -> Contact:
    """Change what is kept of a contact. A request keeps going: its next mail goes to the first address.

    Refuses the applicant's own address, and a new address that another contact has, unless `someone_else`
    says that the two share it.
    """
    locked = Contact.objects.select_for_update().get(pk=contact.pk)
    mine = own_address_among(facts.addresses, own_addresses(by))
    if mine:
        raise ContactIsYou(address=mine)
    had = {row.address for row in locked.addresses.all()}
    known = known_already(by, addresses=[one for one in facts.addresses if one not in had], but=locked)
    if known is not None and not someone_else:
        raise ContactKnownAlready(name=known.name, key=known.key)
    write_facts(locked, facts)
    journal.note(chain=by.key, verb="contact_edited", about=locked.key, by=by.key, now=now)
    return locked
