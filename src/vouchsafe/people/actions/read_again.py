from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from vouchsafe.core.reading.contacts import Field, read_contacts
from vouchsafe.ledger import custody
from vouchsafe.people.actions.read_contact_file import CONTEXT, what_was_read
from vouchsafe.people.models import ContactImport


@transaction.atomic
def read_again(
    *, contact_import: ContactImport, mapping: Mapping[str, str], encoding: str = ""
) -> ContactImport:
    """Read the same file with a corrected column mapping (column key or name to field), or in another writing.

    Writes the rows anew; queues nothing. Refuses what reading the file itself refuses.
    """
    data = custody.decrypt(contact_import.sealed_file, context=CONTEXT)
    chosen = {column: Field(value) for column, value in mapping.items() if value}
    read = read_contacts(data, name=contact_import.file_name, mapping=chosen, encoding=encoding or None)
    for field, value in what_was_read(read).items():
        setattr(contact_import, field, value)
    contact_import.save()
    return contact_import
