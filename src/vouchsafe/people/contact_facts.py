"""What an applicant may say of a contact: checked once, for form, API and import alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.words import Refusal, msg
from vouchsafe.people.models import Contact, ContactAddress


class ContactNeedsName(Refusal):
    code = "contact-needs-name"
    msgid = msg("A contact needs a name.")
    hint_msgid = msg("Write it as you would say it.")


class AddressUnreadable(Refusal):
    code = "address-unreadable"
    msgid = msg("“{address}” is not a mail address.")
    hint_msgid = msg("Enter it like name@example.org, or leave it out for now.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts:
    """All that is kept of a contact. Grades run from 0 to 4, None is "not said"."""

    name: str
    addresses: tuple[str, ...] = ()
    given: str = ""
    family: str = ""
    salutation: str = ""
    organisation: str = ""
    title: str = ""
    profile: str = ""
    tie: str = ""
    how_you_know: str = ""
    last_worked_on: date | None = None
    knows_work: int | None = None
    warmth: int | None = None
    seniority: int | None = None
    qualities: tuple[str, ...] = ()
    meets_regularly: bool = False
    phone_reference: bool = False
    budget_hours: Decimal = Decimal(6)
    country: str = ""
    time_zone: str = ""
    notes: str = ""


def write_facts(contact: Contact, facts: ContactFacts, *, keep_unreadable: bool = False) -> None:
    """Put the facts on a contact's row and its addresses, in the caller's transaction.

    Refuses a contact without a name and an address that is none; an import keeps such an address as it
    stood in the file (`keep_unreadable`), for its owner to mend.
    """
    if not facts.name.strip():
        raise ContactNeedsName
    for name in (
        "given", "family", "salutation", "organisation", "title", "profile", "tie", "how_you_know", "country",
        "time_zone", "notes",
    ):  # fmt: skip
        setattr(contact, name, getattr(facts, name).strip())
    contact.name = " ".join(facts.name.split())
    contact.last_worked_on = facts.last_worked_on
    contact.knows_work, contact.warmth, contact.seniority = facts.knows_work, facts.warmth, facts.seniority
    contact.qualities = sorted({quality.strip().lower() for quality in facts.qualities if quality.strip()})
    contact.meets_regularly, contact.phone_reference = facts.meets_regularly, facts.phone_reference
    contact.budget_hours = facts.budget_hours
    contact.save()
    _write_addresses(contact, facts.addresses, keep_unreadable)


def _write_addresses(contact: Contact, addresses: tuple[str, ...], keep_unreadable: bool) -> None:
    kept: dict[str, str] = {}
    for address in filter(None, (one.strip() for one in addresses)):
        mailbox = normalise(address)
        if mailbox is None:
            if not keep_unreadable:
                raise AddressUnreadable(address=address)
            mailbox = address.casefold()
        kept.setdefault(mailbox, address)
    ContactAddress.objects.filter(contact=contact).delete()
    ContactAddress.objects.bulk_create(
        ContactAddress(contact=contact, position=position, address=address, mailbox=mailbox)
        for position, (mailbox, address) in enumerate(kept.items())
    )
