from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vouchsafe.core.reading.contacts.facts import ContactRead
from vouchsafe.core.reading.contacts.merge import Known, Match, Outcome, match, merged
from vouchsafe.ledger import journal
from vouchsafe.people.access import own_addresses
from vouchsafe.people.actions.read_contact_file import rows_read
from vouchsafe.people.contact_facts import ContactFacts, address_rows, fill, own_address_among
from vouchsafe.people.models import Account, Contact, ContactAddress, ContactImport

_AT_ONCE = 500
_LONGEST = {"name": 200, "given": 120, "family": 120, "organisation": 200, "title": 200, "profile": 500}
"""What a file can say, and how much of it a row holds."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What an import did, by count."""

    new: int
    updated: int
    same: int


@transaction.atomic
def keep_contacts(
    *,
    by: Account,
    contact_import: ContactImport,
    chosen: Collection[int] | None = None,
    as_new: Collection[int] = (),
    finish: bool = True,
    now: datetime,
) -> Kept:
    """Keep the people of a reviewed import: new ones added, known ones updated, nobody doubled.

    `chosen` are the places (`where`) of the rows to keep, None keeps all; those in `as_new` are someone
    else than the contact they were taken for. What the file does not say stays as it was, addresses are
    only added, and the applicant is never kept as a contact of their own. Writes contacts; with `finish`
    the import is over and its file forgotten, without it the review goes on. Queues nothing.
    """
    locked = ContactImport.objects.select_for_update().get(pk=contact_import.pk)
    if locked.kept_at is not None:
        return Kept(0, 0, 0)
    added: list[Contact] = []
    updates: list[tuple[Contact, Match]] = []
    addresses: list[ContactAddress] = []
    same = 0
    known = {row.key: row for row in Contact.objects.of(by).prefetch_related("addresses")}
    own = own_addresses(by)
    for found in match([known_of(contact) for contact in known.values()], rows_read(locked)):
        places = {row.where for row in found.rows}
        if chosen is not None and places.isdisjoint(chosen):
            continue
        if own_address_among(found.contact.emails, own):
            continue
        if found.known is None or not places.isdisjoint(as_new):
            contact = Contact(owner=by, added_at=now)
            fill(contact, _new_facts(found.contact))
            addresses += address_rows(contact, found.contact.emails, keep_unreadable=True)
            added.append(contact)
        elif found.outcome is Outcome.UPDATE:
            updates.append((known[found.known.key], found))
        else:
            same += 1
    Contact.objects.bulk_create(added, batch_size=_AT_ONCE)
    _update(updates, addresses)
    ContactAddress.objects.bulk_create(addresses, batch_size=_AT_ONCE)
    if finish:
        locked.kept_at, locked.sealed_file, locked.rows, locked.problems = now, b"", [], []
        locked.save(update_fields=["kept_at", "sealed_file", "rows", "problems"])
    counts = f"{len(added)}/{len(updates)}/{same}"
    journal.note(chain=by.key, verb="contacts_kept", about=locked.key, by=by.key, now=now, detail=counts)
    return Kept(len(added), len(updates), same)


def matches(owner: Account, contact_import: ContactImport) -> list[Match]:
    """Each person of an import: new, the same as someone known, or with something to update."""
    existing = Contact.objects.of(owner).prefetch_related("addresses")
    return match([known_of(contact) for contact in existing], rows_read(contact_import))


def known_of(contact: Contact) -> Known:
    return Known(
        key=contact.key,
        name=contact.name,
        given=contact.given or None,
        family=contact.family or None,
        emails=tuple(row.address for row in contact.addresses.all()),
        organisation=contact.organisation or None,
        title=contact.title or None,
        profile=contact.profile or None,
    )


def _new_facts(read: ContactRead) -> ContactFacts:
    said = {name: (getattr(read, name) or "")[:longest] for name, longest in _LONGEST.items()}
    return ContactFacts(
        name=said["name"] or said["organisation"] or next(iter(read.emails), "?")[:200],
        given=said["given"],
        family=said["family"],
        organisation=said["organisation"],
        title=said["title"],
        profile=said["profile"],
    )


def _update(updates: list[tuple[Contact, Match]], addresses: list[ContactAddress]) -> None:
    """Take the changes over onto known rows; rows whose addresses grow get theirs written anew."""
    grown = []
    for contact, found in updates:
        assert found.known is not None  # an update is of someone known
        after = merged(found.known, found.changes)
        for name, longest in _LONGEST.items():
            setattr(contact, name, (getattr(after, name) or "")[:longest])
        if after.emails != found.known.emails:
            grown.append(contact.pk)
            addresses += address_rows(contact, after.emails, keep_unreadable=True)
    Contact.objects.bulk_update([contact for contact, _ in updates], list(_LONGEST), batch_size=100)
    for at in range(0, len(grown), _AT_ONCE):
        ContactAddress.objects.filter(contact__in=grown[at : at + _AT_ONCE]).delete()
