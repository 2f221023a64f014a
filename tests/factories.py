"""Rows for tests, each made with what it needs and nothing more."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from vouchsafe.asks.access import Visit
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.models import Purpose
from vouchsafe.people.models import Account, Contact, ContactAddress, Instance
from vouchsafe.plans.models import Opportunity

NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
TODAY = date(2026, 10, 5)


def make_account(name: str, *, role: str = "applicant", email: str = "") -> Account:
    address = email or f"{name.split()[0].lower()}@example.org"
    return Account.objects.create_user(address, None, name=name, role=role)


def make_instance(owner: Account, *, host: str = "institution") -> Instance:
    return Instance.objects.create(host=host, name="Kestrel Careers", owner=owner, set_up_at=NOW)


def make_contact(
    owner: Account, name: str = "Ben Okafor", *, email: str | None = None, **facts: Any
) -> Contact:
    contact = Contact.objects.create(owner=owner, name=name, added_at=NOW, **facts)
    address = f"{name.split()[0].lower()}@writers.example" if email is None else email
    if address:
        ContactAddress.objects.create(contact=contact, position=0, address=address, mailbox=address.lower())
    return contact


def make_opportunity(owner: Account, title: str = "Programme analyst", **facts: Any) -> Opportunity:
    facts = {
        "kind": "job",
        "organisation": "Harbour & Vale Trust",
        "deadline_on": TODAY + timedelta(days=35),
        "letters": "required",
        "need": 1,
        **facts,
    }
    return Opportunity.objects.create(owner=owner, title=title, added_at=NOW, **facts)


def make_purpose(contact: Contact, opportunity: Opportunity, **facts: Any) -> Purpose:
    facts = {
        "shown_on": TODAY + timedelta(days=28),
        "confidentiality": "open",
        "subject": "A letter for Ada",
        "note": "Dear Ben, would you write me a strong letter?",
        "points": ["The returns report"],
        **facts,
    }
    return open_request(
        by=contact.owner, contact=contact, opportunity=opportunity, today=TODAY, now=NOW, **facts
    )


def proven(purpose: Purpose) -> Visit:
    """Ben at his page, come by the link that was mailed to him."""
    contact = purpose.request.contact
    first = contact.addresses.first()
    assert first is not None
    return Visit(purpose.request, first.mailbox, "mailed_link")


def handed(purpose: Purpose) -> Visit:
    """Whoever holds the slip that Ada printed."""
    return Visit(purpose.request)
