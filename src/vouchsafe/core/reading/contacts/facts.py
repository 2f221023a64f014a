"""What a list of people holds, whatever file it came from, and why a file was refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from vouchsafe.core.words import Refusal, Sentence, msg

MAX_BYTES = 32 * 1024 * 1024
"""A card with a photograph is some 50 kB; the largest LinkedIn export (30,000 people) is about 4 MB."""
MAX_CONTACTS = 50_000
MAX_TEXT = 500
"""The longest value kept for one field, in characters; a longer one is a problem, never cut in silence."""


class Kind(StrEnum):
    """What the file turned out to be."""

    VCARD = "vcard"
    LINKEDIN = "linkedin"
    GOOGLE = "google"
    OUTLOOK = "outlook"
    TABLE = "table"
    NAMES = "names"
    REFERENCES = "references"


class Field(StrEnum):
    """What a column of a table can hold; `IGNORE` says that a person decided to leave it out."""

    NAME = "name"
    GIVEN = "given"
    MIDDLE = "middle"
    FAMILY = "family"
    PREFIX = "prefix"
    SUFFIX = "suffix"
    EMAIL = "email"
    ORGANISATION = "organisation"
    TITLE = "title"
    PROFILE = "profile"
    IGNORE = "ignore"


ColumnMapping = Mapping[str, Field]
"""Column name (or `#3` for the third column) to what it holds; columns not named keep their guess."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not taken over: where in the file, and why."""

    where: Sentence
    why: Sentence


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, for the review: what it is called, what it was taken for, what stands in it."""

    number: int
    header: str
    field: Field | None
    samples: tuple[str, ...]

    @property
    def key(self) -> str:
        """The name by which a mapping can always mean this very column."""
        return f"#{self.number}"


@dataclass(frozen=True, slots=True)
class ContactRead:
    """One person as the file has them; `None` where it is silent. Addresses stand in file order, as written.

    `where` is the line on which the person begins (for JSON, the entry's number), from 1.
    """

    name: str | None
    given: str | None
    family: str | None
    emails: tuple[str, ...]
    organisation: str | None
    title: str | None
    profile: str | None
    where: int


@dataclass(frozen=True, slots=True)
class ContactsRead:
    """All that was read: people in file order, what could not be read, and how the file was understood."""

    kind: Kind
    contacts: tuple[ContactRead, ...]
    problems: tuple[Problem, ...]
    columns: tuple[Column, ...] = ()
    encoding: str = "utf-8"

    @property
    def mapping(self) -> dict[str, Field]:
        """How the columns were understood, in the form that `read_contacts` takes back corrected."""
        return {column.key: column.field for column in self.columns if column.field is not None}


class ContactsEmpty(Refusal):
    code = "contacts-empty"
    msgid = msg("There is nothing in this file.")
    hint_msgid = msg("Export the contacts again and check that the file has a size.")


class ContactsTooLarge(Refusal):
    code = "contacts-too-large"
    msgid = msg("This file is larger than {limit} MB, which is more than can be read at once.")
    hint_msgid = msg("Export fewer people at a time, or leave out their photographs.")


class TooManyContacts(Refusal):
    code = "too-many-contacts"
    msgid = msg("This file holds more than {limit} people, which is more than can be read at once.")
    hint_msgid = msg("Split it, and keep only the people you might ask.")


class ContactsNotText(Refusal):
    code = "contacts-not-text"
    msgid = msg("This is not a list of contacts that can be read.")
    hint_msgid = msg("A vCard file (.vcf) or a table saved as CSV can be read.")


class WorkbookNotReadable(Refusal):
    code = "workbook-not-readable"
    msgid = msg("This is a spreadsheet or another packed file, which can't be read as it is.")
    hint_msgid = msg("Open it in your spreadsheet program and save it as CSV.")


class NoContactsFound(Refusal):
    code = "no-contacts-found"
    msgid = msg("No person was found in this file.")
    hint_msgid = msg("A vCard file (.vcf), a table saved as CSV, or one name a line can be read.")


class ColumnNotFound(Refusal):
    code = "column-not-found"
    msgid = msg("This file has no column “{column}”.")
    hint_msgid = msg("Its columns are: {columns}.")


class ColumnFieldNotKnown(Refusal):
    code = "column-field-not-known"
    msgid = msg("“{field}” is nothing a column can hold.")
    hint_msgid = msg("A column can hold: {fields}.")


class EncodingNotKnown(Refusal):
    code = "encoding-not-known"
    msgid = msg("“{encoding}” is no way of writing characters that is known here.")
    hint_msgid = msg("Try utf-8, windows-1252, windows-1250, windows-1251 or macintosh.")


# Marks that turn the writing direction or can't be seen let one name pass for another. The two joiners
# stay: Persian and the languages of India need them inside words. Control characters part words.
_UNSEEN: dict[int, str | None] = {
    **dict.fromkeys([0x00AD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF]),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)]),
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " "),
}


def tidy(text: str | None) -> str | None:
    """One line of composed text without unseen marks; `None` when nothing is left."""
    if not text:
        return None
    text = text.translate(_UNSEEN)
    if not text.isascii():
        # What no database or mail can carry (half a surrogate pair) becomes a question mark.
        text = unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode("utf-8")
    return " ".join(text.split()) or None
