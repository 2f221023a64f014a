"""The days on which somebody said they are away, as their applicants may read them."""

from __future__ import annotations

from datetime import date

from vouchsafe.core.words import Sentence, say
from vouchsafe.people.access import away_of
from vouchsafe.people.models import Contact


def days_away(contact: Contact, today: date) -> tuple[Sentence, ...]:
    """One sentence a span, from today on."""
    return tuple(
        say("{name} is away on {first}.", name=contact.name, first=first)
        if first == last
        else say("{name} is away from {first} to {last}.", name=contact.name, first=first, last=last)
        for first, last in sorted(away_of([contact], today)[contact.pk])
    )
