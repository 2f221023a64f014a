"""What an applicant may say of a contact: checked once, for form, API and import alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from vouchsafe.core.reading.addresses import normalise, same_mailbox
from vouchsafe.core.words import Refusal, msg
from vouchsafe.people.models import Account, Contact, ContactAddress


class ContactNeedsName(Refusal):
    code = "contact-needs-name"
    msgid = msg("A contact needs a name.")
    hint_msgid = msg("Write it as you would say it.")


class AddressUnreadable(Refusal):
    code = "address-unreadable"
    msgid = msg("“{address}” is not a mail address.")
    hint_msgid = msg("Enter it like name@example.org, or leave it out for now.")


class ContactIsYou(Refusal):
    code = "contact-is-you"
    msgid = msg("{address} is your own address.")
    hint_msgid = msg(
        "A letter about you has to come from somebody else. Enter their address, or leave it out."
    )


class ContactKnownAlready(Refusal):
    """Carries the `key` of the contact that is there, so that a door can lead to it."""

    code = "contact-known-already"
    msgid = msg("You have {name} already.")
    hint_msgid = msg("Open them to change what you know, or say that this is someone else.")

    def __init__(self, *, name: str, key: str) -> None:
        self.key = key
        super().__init__(name=name)


USUAL_HOURS = Decimal(6)
"""What one may ask of a person unless they are known to have more or less: `core.planning` says why."""


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
    unreachable: bool = False
    budget_hours: Decimal = USUAL_HOURS
    country: str = ""
    time_zone: str = ""
    notes: str = ""


_PLAIN = (
    "given", "family", "salutation", "organisation", "title", "profile", "tie", "how_you_know", "country",
    "time_zone", "notes",
)  # fmt: skip


def write_facts(contact: Contact, facts: ContactFacts) -> None:
    """Put the facts on a contact's row and its addresses, in the caller's transaction.

    Refuses a contact without a name and an address that is none.
    """
    addresses = address_rows(contact, facts.addresses)
    fill(contact, facts)
    contact.save()
    ContactAddress.objects.filter(contact=contact).delete()
    ContactAddress.objects.bulk_create(addresses)


def fill(contact: Contact, facts: ContactFacts) -> None:
    """The facts on the row alone, not saved yet."""
    if not facts.name.strip():
        raise ContactNeedsName
    for name in _PLAIN:
        setattr(contact, name, getattr(facts, name).strip())
    contact.name = " ".join(facts.name.split())
    contact.last_worked_on = facts.last_worked_on
    contact.knows_work, contact.warmth, contact.seniority = facts.knows_work, facts.warmth, facts.seniority
    contact.qualities = sorted({quality.strip().lower() for quality in facts.qualities if quality.strip()})
    contact.meets_regularly, contact.phone_reference = facts.meets_regularly, facts.phone_reference
    contact.unreachable = facts.unreachable
    contact.budget_hours = facts.budget_hours


def address_rows(
    contact: Contact, addresses: Iterable[str], *, keep_unreadable: bool = False
) -> list[ContactAddress]:
    """The addresses in their order, each mailbox once, not saved yet.

    An import keeps what is no address as it stood in the file (`keep_unreadable`), for its owner to mend.
    """
    kept: dict[str, str] = {}
    for address in filter(None, (one.strip() for one in addresses)):
        mailbox = normalise(address)
        if mailbox is None:
            if not keep_unreadable:
                raise AddressUnreadable(address=address)
            mailbox = address.casefold()
        kept.setdefault(mailbox[:320], address[:320])
    return [
        ContactAddress(contact=contact, position=position, address=address, mailbox=mailbox)
        for position, (mailbox, address) in enumerate(kept.items())
    ]


def own_address_among(addresses: Iterable[str], own: Iterable[str]) -> str | None:
    """The first address by which mail would reach the applicant, however it is disguised."""
    mine = tuple(own)
    return next((one for one in addresses if any(same_mailbox(one, address) for address in mine)), None)


def known_already(
    owner: Account,
    *,
    addresses: Iterable[str],
    name: str = "",
    organisation: str = "",
    but: Contact | None = None,
) -> Contact | None:
    """Who of the owner's contacts this is: by mailbox, else by name, where no two places of work speak against it."""
    others = Contact.objects.of(owner)
    if but is not None:
        others = others.exclude(pk=but.pk)
    mailboxes = [mailbox for address in addresses if (mailbox := normalise(address))]
    found = others.filter(addresses__mailbox__in=mailboxes).order_by("pk").first() if mailboxes else None
    if found is not None or not name.strip():
        return found
    place = organisation.strip().casefold()
    namesakes = others.filter(name__iexact=" ".join(name.split())).order_by("pk")[:20]
    return next(
        (
            one
            for one in namesakes
            if not (place and one.organisation) or one.organisation.casefold() == place
        ),
        None,
    )
