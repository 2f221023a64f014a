"""People read from a file: vCard, the CSV of LinkedIn, Google and Outlook, any table, plain names.

Nothing is dropped in silence: what can't be taken over is a problem with its place and its reason,
and a contact without an address is kept. Nothing is invented: where the file is silent, so is the
result.
"""

from __future__ import annotations

from vouchsafe.core.reading.contacts.decoding import decode_bytes, to_utf8
from vouchsafe.core.reading.contacts.facts import (
    Column,
    ColumnFieldNotKnown,
    ColumnMapping,
    ColumnNotFound,
    ContactRead,
    ContactsEmpty,
    ContactsNotText,
    ContactsRead,
    ContactsTooLarge,
    EncodingNotKnown,
    Field,
    Kind,
    NoContactsFound,
    Problem,
    TooManyContacts,
    WorkbookNotReadable,
)
from vouchsafe.core.reading.contacts.gathering import Gathering
from vouchsafe.core.reading.contacts.vcard import looks_like_vcard, read_vcards

__all__ = [
    "Column",
    "ColumnFieldNotKnown",
    "ColumnMapping",
    "ColumnNotFound",
    "ContactRead",
    "ContactsEmpty",
    "ContactsNotText",
    "ContactsRead",
    "ContactsTooLarge",
    "EncodingNotKnown",
    "Field",
    "Kind",
    "NoContactsFound",
    "Problem",
    "TooManyContacts",
    "WorkbookNotReadable",
    "read_contacts",
]


def read_contacts(
    data: bytes, *, name: str = "", mapping: ColumnMapping | None = None, encoding: str | None = None
) -> ContactsRead:
    """Read people from the bytes of a file or a pasted text.

    `name` is the file's name, which only helps where the content could be two things; `mapping`
    corrects how the columns of a table were understood (see `ContactsRead.mapping`); `encoding`
    names the writing where the guess was wrong. Raises nothing but a `Refusal`.
    """
    data, certain = to_utf8(data, encoding)
    if looks_like_vcard(data):
        if mapping:
            raise ColumnNotFound(column=next(iter(mapping)), columns="–")
        gathering = Gathering(Kind.VCARD)
        read_vcards(data, gathering)
        return gathering.result(certain or decode_bytes(data)[1])
    text, guessed = decode_bytes(data)
    # Only these kinds need what follows; a card is read without paying for it.
    if text.lstrip().startswith(("{", "[")):
        from vouchsafe.core.reading.contacts.references import read_references

        gathering = Gathering(Kind.REFERENCES, place="entry")
        if read_references(text, gathering):
            return gathering.result(certain or guessed)
    from vouchsafe.core.reading.contacts.table import read_table

    gathering = read_table(text, name, mapping)
    return gathering.result(certain or guessed)
