"""From rows to the planner's facts, and from the planner's answer to what a row keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from vouchsafe.core import planning
from vouchsafe.core.timing import Span
from vouchsafe.core.words import to_plain
from vouchsafe.people.models import Contact
from vouchsafe.plans.further_asks import chains_to_keep
from vouchsafe.plans.models import Opportunity, OwnChance, PhoneReference, Wish


@dataclass(frozen=True, slots=True)
class Committed:
    """What a contact owes already, told by whoever knows: asks downstream."""

    open_asks: int = 0
    hours: float = 0.0
    written_kinds: frozenset[planning.Kind] = frozenset()


@dataclass(frozen=True, slots=True)
class SoFar:
    """What has happened already, in the planner's words: plans itself can't know it."""

    happened: tuple[planning.Happened, ...] = ()
    committed: Mapping[str, Committed] = field(default_factory=dict)  # by contact key


def contact_facts(
    contact: Contact,
    references: Mapping[int, Iterable[str]],
    committed: Committed,
    away: tuple[Span, ...] = (),
    chances: Iterable[tuple[str, float]] = (),
) -> planning.Contact:
    return planning.Contact(
        key=contact.key,
        name=contact.name,
        emails=tuple(row.address for row in contact.addresses.all()),
        organisation=contact.organisation,
        title=contact.title,
        tie=planning.Tie(contact.tie) if contact.tie else None,
        knows_work=contact.knows_work,
        warmth=contact.warmth,
        last_worked_on=contact.last_worked_on,
        qualities=frozenset(contact.qualities),
        seniority=contact.seniority,
        meets_regularly=contact.meets_regularly,
        phone_reference=contact.phone_reference,
        unreachable=contact.unreachable,
        phone_reference_for=frozenset(references.get(contact.pk, ())),
        budget_hours=float(contact.budget_hours),
        committed_hours=committed.hours,
        open_asks=committed.open_asks,
        written_kinds=committed.written_kinds,
        country=contact.country,
        away=away,
        own_chances=tuple(sorted(chances)),
    )


def opportunity_facts(opportunity: Opportunity) -> planning.Opportunity:
    return planning.Opportunity(
        key=opportunity.key,
        title=opportunity.title,
        kind=planning.Kind(opportunity.kind),
        organisation=opportunity.organisation,
        wanted=frozenset(opportunity.wanted),
        need=opportunity.need,
        spare=opportunity.spare,
        deadline=opportunity.deadline_on,
        odd_forms=frozenset(opportunity.forms),
        ask_anyway=opportunity.ask_anyway_at is not None,
    )


def reference_keys(opportunities: Iterable[Opportunity]) -> dict[int, list[str]]:
    """Opportunity keys by the contact who takes the calls for them."""
    found: dict[int, list[str]] = {}
    rows = PhoneReference.objects.filter(opportunity__in=list(opportunities)).select_related("opportunity")
    for row in rows:
        found.setdefault(row.contact_id, []).append(row.opportunity.key)
    return found


def own_chances(opportunities: Iterable[Opportunity]) -> dict[int, list[tuple[str, float]]]:
    """What the applicant said of a yes, by contact: opportunity keys with the chance."""
    found: dict[int, list[tuple[str, float]]] = {}
    rows = OwnChance.objects.filter(opportunity__in=list(opportunities)).select_related("opportunity")
    for row in rows:
        found.setdefault(row.contact_id, []).append((row.opportunity.key, row.yes / 100))
    return found


def wish_facts(wishes: Iterable[Wish]) -> list[planning.Wish]:
    """What was wished for; a swap is the newer word about whoever was chosen before and is swapped out."""
    rows = list(wishes)
    out = {(wish.out_id, wish.opportunity_id) for wish in rows if wish.out_id}
    return [
        _wish(wish)
        for wish in rows
        if wish.kind != Wish.Kind.PIN or (wish.contact_id, wish.opportunity_id) not in out
    ]


def _wish(wish: Wish) -> planning.Wish:
    if wish.out is not None:
        return planning.Swap(wish.opportunity.key, out=wish.out.key, into=wish.contact.key)
    kind = planning.Pin if wish.kind == Wish.Kind.PIN else planning.Forbid
    return kind(wish.contact.key, wish.opportunity.key)


def share_left(drawn: planning.Plan) -> float:
    """How much of the best there can be the choice of writers may miss: 0 if it is proved, 1 if even places may be missing.

    A gap in hours or in the heaviest load alone is next to nothing, and counts as the least share there is.
    """
    gaps = drawn.proof.gaps
    if drawn.proof.is_optimal:
        return 0.0
    if gaps.get("slots"):
        return 1.0
    fit = gaps.get("fit", 0)
    return max(fit / max(1, drawn.score.fit + fit), 0.0001)


def odds_to_keep(part: planning.OpportunityPlan, offers: list[dict[str, Any]]) -> dict[str, Any]:
    """What the plan's page shows of one opportunity, and what it reckons further asks with, as JSON."""
    outlook = part.outlook
    return {
        "need": part.need,
        "deadline": part.deadline.isoformat() if part.deadline else None,
        "deadline_assumed": part.deadline_assumed,
        "shown": part.shown.isoformat() if part.shown else None,
        "odds": None if outlook is None else outlook.odds,
        "by_day": [] if outlook is None else [round(chance, 6) for chance in outlook.by_day],
        "unmet": [[unmet.code, to_plain(unmet.sentence)] for unmet in part.unmet],
        "chains": chains_to_keep(part),
        "offers": offers,
    }
