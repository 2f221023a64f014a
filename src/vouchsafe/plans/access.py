"""From a key to a row of plans: an applicant sees their own alone."""

from __future__ import annotations

from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account
from vouchsafe.plans.models import Choice, Destination, Opportunity, OpportunityQuerySet, Plan, RuleBook


def opportunities(viewer: Account) -> OpportunityQuerySet:
    return Opportunity.objects.of(viewer)


def opportunity(viewer: Account, key: str) -> Opportunity:
    found = opportunities(viewer).filter(key=key).first()
    if found is None:
        raise NotHere(key)
    return found


def removed_opportunity(viewer: Account, key: str) -> Opportunity:
    found = Opportunity.objects.filter(owner=viewer, key=key, removed_at__isnull=False).first()
    if found is None:
        raise NotHere(key)
    return found


def destination(viewer: Account, key: str) -> Destination:
    found = (
        Destination.objects.select_related("opportunity", "rule_book")
        .filter(
            opportunity__owner=viewer, opportunity__removed_at__isnull=True, removed_at__isnull=True, key=key
        )
        .first()
    )
    if found is None:
        raise NotHere(key)
    return found


def removed_destination(viewer: Account, key: str) -> Destination:
    """A destination that was taken off, for undo."""
    found = (
        Destination.objects.select_related("opportunity")
        .filter(
            opportunity__owner=viewer, opportunity__removed_at__isnull=True, removed_at__isnull=False, key=key
        )
        .first()
    )
    if found is None:
        raise NotHere(key)
    return found


def rule_books() -> list[RuleBook]:
    """Everyone's: what portals take, by name."""
    return list(RuleBook.objects.filter(removed_at__isnull=True))


def rule_book(key: str, *, removed: bool = False) -> RuleBook:
    found = RuleBook.objects.filter(key=key, removed_at__isnull=not removed).first()
    if found is None:
        raise NotHere(key)
    return found


def current_plan(viewer: Account) -> Plan | None:
    return Plan.objects.filter(owner=viewer, replaced_at__isnull=True).first()


def choice_for(viewer: Account, opportunity_key: str, contact_key: str) -> Choice | None:
    """Where a contact stands in the current plan for one opportunity."""
    return (
        Choice.objects.filter(
            slot__plan__owner=viewer,
            slot__plan__replaced_at__isnull=True,
            slot__opportunity__key=opportunity_key,
            contact__key=contact_key,
        )
        .order_by("rank")
        .first()
    )
