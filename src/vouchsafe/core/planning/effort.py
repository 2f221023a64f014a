"""What a person is asked to give, in half-hours, with reuse counted as reuse.

Figures (asking.md section 1, one professor's account): a new letter 3 h; adapting one 0.5 h within its
family (study, or work) and 1 h into the other; 1 h for each odd form. Half-hours, so that sums are exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import floor

from vouchsafe.core.planning.facts import STUDY, Contact, Kind, Opportunity

EACH = 1
"""Half-hours for every letter sent anywhere: the adaptation within a family."""
EACH_FAMILY = 1
"""More for the first letter of a family: adapting into the other costs one hour in all."""
FIRST = 4
"""More for the first letter at all: 1 + 1 + 4 half-hours are the three hours of a new letter."""
FORM = 2


def letter_halves(opportunity: Opportunity) -> int:
    """Half-hours that this opportunity costs any writer who already has a letter of its family."""
    return EACH + FORM * len(opportunity.odd_forms)


def family(kind: Kind) -> str:
    """Letters of one family are close enough that one is soon turned into another."""
    return "study" if kind in STUDY else "work"


def written(contact: Contact) -> frozenset[str]:
    """The families this contact has written a letter in already."""
    return frozenset(map(family, contact.written_kinds))


def halves(contact: Contact, opportunities: Iterable[Opportunity]) -> int:
    """Half-hours for writing to all these opportunities, given what `contact` has written before."""
    chosen = list(opportunities)
    if not chosen:
        return 0
    new = {family(o.kind) for o in chosen} - written(contact)
    first = 0 if contact.written_kinds else FIRST
    return sum(map(letter_halves, chosen)) + EACH_FAMILY * len(new) + first


def budget_halves(contact: Contact) -> int:
    """What is left of this person's budget, in whole half-hours."""
    return max(0, floor(2 * (contact.budget_hours - contact.committed_hours) + 1e-9))
