from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
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
"""People written in one transaction."""

_LONGEST = {"name": 200, "given": 120, "family": 120, "organisation": 200, "title": 200, "profile": 500}
"""What a file can say, and how much of it a row holds."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What an import did, by count."""

    new: int
    updated: int
    same: int


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

    The import is claimed first, and thousands of people are written in several transactions, so that nobody
    else waits long for the database. One that is cut short is mended by reading the file again.
    """
    if not finish:
        with transaction.atomic():
            return _keep(by, _claimed(contact_import, None), chosen, as_new, now)
    row = _claimed(contact_import, now)
    kept = _keep(by, row, chosen, as_new, now)
    ContactImport.objects.filter(pk=contact_import.pk, kept_at=now).update(
        sealed_file=b"", rows=[], problems=[]
    )
    return kept


@transaction.atomic
def _claimed(contact_import: ContactImport, now: datetime | None) -> ContactImport | None:
    """The import under lock and, with `now`, marked as kept; None when another press was quicker."""
    locked = ContactImport.objects.select_for_update().get(pk=contact_import.pk)
    if locked.kept_at is not None or locked.dropped_at is not None:
        return None
    if now is not None:
        locked.kept_at = now
        locked.save(update_fields=["kept_at"])
    return locked


def _keep(
    by: Account,
    row: ContactImport | None,
    chosen: Collection[int] | None,
    as_new: Collection[int],
    now: datetime,
) -> Kept:
    if row is None:
        return Kept(0, 0, 0)
    added: list[Match] = []
    updates: list[Match] = []
    same = 0
    known = {one.key: one for one in Contact.objects.of(by).prefetch_related("addresses")}
    own = own_addresses(by)
    for found in match([known_of(contact) for contact in known.values()], rows_read(row)):
        places = {one.where for one in found.rows}
        if chosen is not None and places.isdisjoint(chosen):
            continue
        if own_address_among(found.contact.emails, own):
            continue
        if found.known is None or not places.isdisjoint(as_new):
            added.append(found)
        elif found.outcome is Outcome.UPDATE:
            updates.append(found)
        else:
            same += 1
    for some in _batches(added):
        _add(by, some, now)
    for some in _batches(updates):
        _update(some, known)
    counts = f"{len(added)}/{len(updates)}/{same}"
    with transaction.atomic():
        journal.note(chain=by.key, verb="contacts_kept", about=row.key, by=by.key, now=now, detail=counts)
    return Kept(len(added), len(updates), same)


def _batches(found: list[Match]) -> Iterator[list[Match]]:
    return (found[at : at + _AT_ONCE] for at in range(0, len(found), _AT_ONCE))


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


@transaction.atomic
def _add(by: Account, people: list[Match], now: datetime) -> None:
    contacts, addresses = [], []
    for found in people:
        contact = Contact(owner=by, added_at=now)
        fill(contact, _new_facts(found.contact))
        contacts.append(contact)
        addresses += address_rows(contact, found.contact.emails, keep_unreadable=True)
    Contact.objects.bulk_create(contacts)
    ContactAddress.objects.bulk_create(addresses)


@transaction.atomic
def _update(people: list[Match], known: Mapping[str, Contact]) -> None:
    """Take the changes over onto known rows; rows whose addresses grow get theirs written anew."""
    contacts, grown, addresses = [], [], []
    for found in people:
        assert found.known is not None  # an update is of someone known
        contact, after = known[found.known.key], merged(found.known, found.changes)
        for name, longest in _LONGEST.items():
            setattr(contact, name, (getattr(after, name) or "")[:longest])
        contacts.append(contact)
        if after.emails != found.known.emails:
            grown.append(contact.pk)
            addresses += address_rows(contact, after.emails, keep_unreadable=True)
    Contact.objects.bulk_update(contacts, list(_LONGEST), batch_size=100)
    ContactAddress.objects.filter(contact__in=grown).delete()
    ContactAddress.objects.bulk_create(addresses)
