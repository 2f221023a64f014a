from __future__ import annotations

from django.db import transaction

from vouchsafe.core.reading.addresses import normalise
from vouchsafe.people.contact_facts import AddressUnreadable
from vouchsafe.people.models import Contact, ContactAddress


@transaction.atomic
def put_address_first(*, contact: Contact, address: str) -> ContactAddress:
    """Write to this address from now on; the contact's other addresses stay behind it, in their order.

    Writes the address rows. Refuses what is no address. The caller notes why.
    """
    mailbox = normalise(address)
    if mailbox is None:
        raise AddressUnreadable(address=address)
    others = [row for row in contact.addresses.all() if row.mailbox != mailbox]
    ContactAddress.objects.filter(contact=contact).delete()
    first, *_ = ContactAddress.objects.bulk_create(
        [
            ContactAddress(contact=contact, position=0, address=address.strip(), mailbox=mailbox),
            *(
                ContactAddress(contact=contact, position=n, address=row.address, mailbox=row.mailbox)
                for n, row in enumerate(others, start=1)
            ),
        ]
    )
    return first
