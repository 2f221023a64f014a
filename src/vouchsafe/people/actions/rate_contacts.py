from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account, Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What is quickly said of someone; grades run from 0 to 4, None and "" are "not said"."""

    tie: str = ""
    knows_work: int | None = None
    warmth: int | None = None
    unreachable: bool = False


@transaction.atomic
def rate_contacts(*, by: Account, ratings: Mapping[str, Rating], now: datetime) -> int:
    """Say of many contacts at once how they know the applicant, by key. Returns how many changed.

    Writes the facts and one line for all; what is not said of a contact stays as it was.
    """
    changed = []
    for contact in Contact.objects.of(by).select_for_update().filter(key__in=list(ratings)):
        said = ratings[contact.key]
        before = _said(contact)
        contact.tie = Contact.Tie(said.tie) if said.tie else contact.tie
        contact.knows_work = contact.knows_work if said.knows_work is None else said.knows_work
        contact.warmth = contact.warmth if said.warmth is None else said.warmth
        contact.unreachable = contact.unreachable or said.unreachable
        if before != _said(contact):
            changed.append(contact)
    Contact.objects.bulk_update(changed, ["tie", "knows_work", "warmth", "unreachable"], batch_size=100)
    if changed:
        journal.note(
            chain=by.key, verb="contacts_rated", about=by.key, by=by.key, now=now, detail=str(len(changed))
        )
    return len(changed)


def _said(contact: Contact) -> tuple[object, ...]:
    return (contact.tie, contact.knows_work, contact.warmth, contact.unreachable)
