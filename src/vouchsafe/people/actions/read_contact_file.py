from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from vouchsafe.core.reading.contacts import read_contacts
from vouchsafe.core.reading.contacts.facts import ContactRead, ContactsRead
from vouchsafe.core.words import to_plain
from vouchsafe.ledger import custody, journal
from vouchsafe.people.models import Account, ContactImport

CONTEXT = "contact-file"


@transaction.atomic
def read_contact_file(*, by: Account, data: bytes, name: str, now: datetime) -> ContactImport:
    """Read a file or pasted text of contacts for review. Nothing is kept as a contact yet.

    Writes an import with its rows and problems, and the file itself, encrypted, so that a corrected column
    mapping can read it again. Refuses what is no list of people.
    """
    read = read_contacts(data, name=name)
    row = ContactImport.objects.create(
        owner=by,
        file_name=name[:200],
        sealed_file=custody.encrypt(data, context=CONTEXT),
        read_at=now,
        **what_was_read(read),
    )
    journal.note(
        chain=by.key, verb="contacts_read", about=row.key, by=by.key, now=now, detail=read.kind.value
    )
    return row


def what_was_read(read: ContactsRead) -> dict[str, Any]:
    """What an import keeps of a reading, as its columns."""
    return {
        "file_kind": read.kind.value,
        "encoding": read.encoding,
        "columns": [[column.key, column.header, list(column.samples)] for column in read.columns],
        "mapping": {column: field.value for column, field in read.mapping.items()},
        "rows": [_plain(row) for row in read.contacts],
        "problems": [[to_plain(problem.where), to_plain(problem.why)] for problem in read.problems],
    }


def rows_read(contact_import: ContactImport) -> list[ContactRead]:
    """The rows of an import as they were read."""
    return [ContactRead(**{**row, "emails": tuple(row["emails"])}) for row in contact_import.rows]


def _plain(row: ContactRead) -> dict[str, Any]:
    names = ("name", "given", "family", "organisation", "title", "profile", "where")
    return {**{name: getattr(row, name) for name in names}, "emails": list(row.emails)}
