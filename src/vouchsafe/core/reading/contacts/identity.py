"""What a person is recognised by: mailboxes, a profile page, a name at a place."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache

from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.reading.contacts.facts import ContactRead

SINGLE = ("name", "given", "family", "organisation", "title", "profile")
"""The fields that hold one value; addresses are many."""


@dataclass(frozen=True, slots=True)
class Known:
    """A contact as it is kept now; `key` is whatever the caller knows it by, and sorts."""

    key: str
    name: str | None = None
    given: str | None = None
    family: str | None = None
    emails: tuple[str, ...] = ()
    organisation: str | None = None
    title: str | None = None
    profile: str | None = None


@lru_cache(maxsize=65536)
def mailbox(email: str) -> str:
    """The key of one address; of what is none, its letters."""
    return normalise(email) or email.casefold()


def mailboxes(person: ContactRead | Known) -> frozenset[str]:
    return frozenset(mailbox(email) for email in person.emails)


def folded(text: str | None) -> str | None:
    return " ".join(text.casefold().replace(".", " ").split()) if text else None


def page_of(person: ContactRead | Known) -> str | None:
    """A page without what differs between copies of its address."""
    if not person.profile:
        return None
    address = person.profile.strip().casefold().partition("?")[0].rstrip("/")
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.")


def place_of(person: ContactRead | Known) -> Hashable | None:
    """Name and organisation; of someone without a name, where they work and as what; `None` for neither."""
    name, organisation = folded(person.name), folded(person.organisation)
    if name is None:
        return (None, organisation, folded(person.title)) if organisation else None
    return name, organisation


def reachable(person: ContactRead | Known) -> bool:
    return bool(person.emails or person.profile)
