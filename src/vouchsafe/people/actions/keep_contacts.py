from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vouchsafe.core.reading.contacts.facts import ContactRead
from vouchsafe.core.reading.contacts.merge import Known, Match, Outcome, match, merged
from vouchsafe.ledger import journal
from vouchsafe.people.actions.read_contact_file import rows_read
from vouchsafe.people.contact_facts import ContactFacts, write_facts
from vouchsafe.people.models import Account, Contact, ContactImport


@dataclass(frozen=True, slots=True)
class Kept:
    """What an import did, by count."""

    new: int
    updated: int
    same: int


@transaction.atomic
def keep_contacts(
    *, by: Account, contact_import: ContactImport, chosen: Collection[int] | None = None, now: datetime
) -> Kept:
    """Keep the people of a reviewed import: new ones added, known ones updated, nobody doubled.

    `chosen` are the places (`where`) of the rows to keep; None keeps all. What the file does not say stays
    as it was, addresses are only added. Writes contacts and marks the import; queues nothing.
    """
    locked = ContactImport.objects.select_for_update(of=("self",)).get(pk=contact_import.pk)
    if locked.kept_at is not None:
        return Kept(0, 0, len(locked.rows))
    new = updated = same = 0
    known = {row.key: row for row in Contact.objects.of(by).prefetch_related("addresses")}
    for found in matches(by, locked):
        if chosen is not None and not {row.where for row in found.rows}.intersection(chosen):
            continue
        if found.outcome is Outcome.NEW:
            contact = Contact(owner=by, added_at=now)
            write_facts(contact, _new_facts(found.contact), keep_unreadable=True)
            new += 1
        elif found.outcome is Outcome.UPDATE and found.known is not None:
            _update(known[found.known.key], merged(found.known, found.changes))
            updated += 1
        else:
            same += 1
    locked.kept_at = now
    locked.sealed_file = b""
    locked.save(update_fields=["kept_at", "sealed_file"])
    journal.note(
        chain=by.key,
        verb="contacts_kept",
        about=locked.key,
        by=by.key,
        now=now,
        detail=f"{new}/{updated}/{same}",
    )
    return Kept(new, updated, same)


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
    name = read.name or read.organisation or (read.emails[0] if read.emails else "")
    return ContactFacts(
        name=(name or "?")[:200],
        addresses=read.emails,
        given=(read.given or "")[:120],
        family=(read.family or "")[:120],
        organisation=(read.organisation or "")[:200],
        title=(read.title or "")[:200],
        profile=(read.profile or "")[:500],
    )


def _update(contact: Contact, known: Known) -> None:
    facts = ContactFacts(
        name=known.name or contact.name,
        addresses=known.emails,
        given=known.given or "",
        family=known.family or "",
        salutation=contact.salutation,
        organisation=known.organisation or "",
        title=known.title or "",
        profile=known.profile or "",
        tie=contact.tie,
        how_you_know=contact.how_you_know,
        last_worked_on=contact.last_worked_on,
        knows_work=contact.knows_work,
        warmth=contact.warmth,
        seniority=contact.seniority,
        qualities=tuple(contact.qualities),
        meets_regularly=contact.meets_regularly,
        phone_reference=contact.phone_reference,
        budget_hours=contact.budget_hours,
        country=contact.country,
        time_zone=contact.time_zone,
        notes=contact.notes,
    )
    write_facts(contact, facts, keep_unreadable=True)
