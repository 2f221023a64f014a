"""An applicant's people: the list sorted by advice, and what is still to be told of them. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from vouchsafe.asks.access import stage
from vouchsafe.asks.models import Ask, Request
from vouchsafe.core import planning
from vouchsafe.core.planning.fit import is_distant_senior, rank
from vouchsafe.core.planning.reasons import reasons
from vouchsafe.core.words import Sentence, say
from vouchsafe.people.models import Account, Contact, ContactAddress, ContactQuerySet
from vouchsafe.plans.models import Opportunity, PhoneReference, Plan
from vouchsafe.plans.planning import opportunity_facts

ON_A_PAGE = 50
COMPLETIONS = 5
"""Names listed beside the page; the rest are counted."""

LATER = planning.Opportunity(key="", title="", kind=planning.Kind.POCKET)
"""Stands for any reader while there is no opportunity yet: qualities and deadlines say nothing."""

_FACTS = (
    "id", "key", "name", "organisation", "title", "tie", "knows_work", "warmth", "seniority", "last_worked_on",
    "qualities", "meets_regularly", "phone_reference", "unreachable", "budget_hours", "country", "has_address",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in the list. Steps run from 1 to 3, 0 means that nobody has said it."""

    key: str
    name: str
    title: str
    organisation: str
    tie: str
    last_worked_on: date | None
    knows: int
    fits: int
    free: int
    takes_calls: bool
    stage: str
    """A request's stage, `spoken` (asked, not yet by mail) or empty."""
    advice: Sentence


@dataclass(frozen=True, slots=True)
class ToComplete:
    """People of whom something is missing: the first by name, and how many there are."""

    people: tuple[tuple[str, str], ...]  # (key, name)
    count: int


@dataclass(frozen=True, slots=True)
class PeopleList:
    rows: tuple[PersonRow, ...]
    everyone: int
    found: int
    page: int
    pages: int
    storytellers: int
    """How many could tell a story about the applicant's work."""
    reader: tuple[str, str] | None
    """Key and title of the opportunity that "fits" is about."""
    readers: tuple[tuple[str, str], ...]
    no_address: ToComplete
    unsaid: ToComplete


def people(
    viewer: Account, *, word: str = "", missing: str = "", reader: str = "", page: int = 1, today: date
) -> PeopleList:
    """The list in six queries, however long. `missing` narrows it to `address` or `facts`."""
    opportunities = [row for row in Opportunity.objects.of(viewer) if _is_open(row, today)]
    chosen = next((row for row in opportunities if row.key == reader), next(iter(opportunities), None))
    everyone = _facts(Contact.objects.of(viewer))
    found = [row for row in everyone if _lacks(row, missing)] if missing else everyone
    if word:
        named = set(with_word(Contact.objects.of(viewer), word).values_list("id", flat=True))
        found = [row for row in found if row["id"] in named]
    callers = _callers(chosen)
    purpose = opportunity_facts(chosen) if chosen else LATER
    scored = sorted((_place_in_list(row, purpose, today, callers), row["id"], row) for row in found)
    pages = max(1, -(-len(scored) // ON_A_PAGE))
    page = min(max(1, page), pages)
    shown = [row for _, _, row in scored[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]]
    stages, loads = _stages(shown), _loads(viewer)
    return PeopleList(
        rows=tuple(_row(row, purpose, today, callers, stages, loads, chosen is not None) for row in shown),
        everyone=len(everyone),
        found=len(found),
        page=page,
        pages=pages,
        storytellers=sum((row["knows_work"] or 0) >= 3 for row in everyone),
        reader=(chosen.key, chosen.title) if chosen else None,
        readers=tuple((row.key, row.title) for row in opportunities),
        no_address=_to_complete([row for row in everyone if not row["has_address"]]),
        unsaid=_to_complete([row for row in everyone if _is_unsaid(row)]),
    )


def with_word(contacts: ContactQuerySet, word: str) -> ContactQuerySet:
    """Contacts whose name, place of work or address holds every word."""
    for part in word.split()[:8]:
        addresses = ContactAddress.objects.filter(contact=OuterRef("pk"), address__icontains=part)
        contacts = contacts.filter(
            Q(name__icontains=part)
            | Q(organisation__icontains=part)
            | Q(title__icontains=part)
            | Exists(addresses)
        )
    return contacts


def _facts(contacts: ContactQuerySet) -> list[dict[str, Any]]:
    """Plain values rather than rows: a list of thirty thousand is read in a fraction of a second."""
    addresses = ContactAddress.objects.filter(contact=OuterRef("pk"))
    return list(contacts.annotate(has_address=Exists(addresses)).values(*_FACTS))


def _is_open(opportunity: Opportunity, today: date) -> bool:
    return opportunity.need > 0 and (opportunity.deadline_on is None or opportunity.deadline_on >= today)


def _is_unsaid(row: dict[str, Any]) -> bool:
    return (
        row["knows_work"] is None or row["warmth"] is None or not row["tie"] or row["last_worked_on"] is None
    )


def _lacks(row: dict[str, Any], missing: str) -> bool:
    return not row["has_address"] if missing == "address" else _is_unsaid(row)


def _to_complete(rows: list[dict[str, Any]]) -> ToComplete:
    # Those of whom most is known are nearest to being asked, so they come first.
    known = ("knows_work", "warmth", "last_worked_on", "tie")
    nearest = sorted(rows, key=lambda row: sum(row[name] in (None, "") for name in known))[:COMPLETIONS]
    return ToComplete(tuple((row["key"], row["name"]) for row in nearest), len(rows))


def _callers(opportunity: Opportunity | None) -> dict[int, str]:
    """Who takes the calls for the chosen opportunity."""
    if opportunity is None:
        return {}
    rows = PhoneReference.objects.filter(opportunity=opportunity).values_list("contact_id", flat=True)
    return dict.fromkeys(rows, opportunity.key)


def _contact(row: dict[str, Any], callers: dict[int, str]) -> planning.Contact:
    return planning.Contact(
        key=row["key"],
        name=row["name"],
        emails=("there",) if row["has_address"] else (),
        organisation=row["organisation"],
        title=row["title"],
        tie=planning.Tie(row["tie"]) if row["tie"] else None,
        knows_work=row["knows_work"],
        warmth=row["warmth"],
        last_worked_on=row["last_worked_on"],
        qualities=frozenset(row["qualities"]),
        seniority=row["seniority"],
        meets_regularly=row["meets_regularly"],
        phone_reference=row["phone_reference"],
        unreachable=row["unreachable"],
        phone_reference_for=frozenset({callers[row["id"]]} if row["id"] in callers else ()),
        budget_hours=float(row["budget_hours"]),
        country=row["country"],
    )


def _place_in_list(
    row: dict[str, Any], purpose: planning.Opportunity, today: date, callers: dict[int, str]
) -> tuple[Any, ...]:
    """Best advice first: the fit where anything was said, then by name whoever is not sorted yet."""
    if (
        row["knows_work"] is None
        and row["warmth"] is None
        and not row["tie"]
        and row["last_worked_on"] is None
    ):
        return (1, row["name"].casefold())
    contact = _contact(row, callers)
    return (0, *rank(contact, planning.fit(contact, purpose, today).points)[:-1], row["name"].casefold())


def _row(
    row: dict[str, Any],
    purpose: planning.Opportunity,
    today: date,
    callers: dict[int, str],
    stages: dict[int, str],
    loads: dict[str, list[float]],
    has_reader: bool,
) -> PersonRow:
    contact = _contact(row, callers)
    points = planning.fit(contact, purpose, today).points
    return PersonRow(
        key=row["key"],
        name=row["name"],
        title=row["title"],
        organisation=row["organisation"],
        tie=row["tie"],
        last_worked_on=row["last_worked_on"],
        knows=0 if contact.knows_work is None else (1, 1, 2, 3, 3)[contact.knows_work],
        fits=0
        if not has_reader or contact.knows_work is None
        else 3
        if points >= 67
        else 2
        if points >= 34
        else 1,
        free=_free(contact, loads.get(row["key"])),
        takes_calls=contact.takes_calls,
        stage=stages.get(row["id"], ""),
        advice=advice(contact, purpose, today),
    )


def _free(contact: planning.Contact, load: list[float] | None) -> int:
    """What is left of the hours one may ask of them: for a new letter (3 h), for adapting one (0.5 h), or nothing."""
    hours, _, budget = load or (0.0, 0.0, contact.budget_hours)
    left = budget - hours
    return 3 if left >= 3 else 2 if left >= 0.5 else 1


def advice(contact: planning.Contact, purpose: planning.Opportunity, today: date) -> Sentence:
    """The one sentence that decides: a caution where there is one, else how well they know the work."""
    if contact.unreachable:
        return say("{name} can’t be reached any more.", name=contact.name)
    if contact.takes_calls_for(purpose):
        return say("{name} takes the reference calls, so another should write.", name=contact.name)
    found = {reason.code: reason for reason in reasons(contact, purpose, today)}
    if is_distant_senior(contact):
        return found["distant_senior"].sentence
    if found["knows_work"].speaks != "unknown" and found["tie"].speaks == "against":
        return found["tie"].sentence
    return found["knows_work"].sentence


def _stages(rows: list[dict[str, Any]]) -> dict[int, str]:
    ids = [row["id"] for row in rows]
    found: dict[int, str] = {}
    for ask in Ask.objects.filter(contact__in=ids, undone_at__isnull=True).exclude(said=Ask.Said.NOT_MET):
        found[ask.contact_id] = "refused" if ask.said == Ask.Said.NO else "spoken"
    for request in Request.objects.filter(contact__in=ids).with_facts():
        now = stage(request)
        if now != "prepared" or request.contact_id not in found:
            found[request.contact_id] = now
    return found


def _loads(viewer: Account) -> dict[str, list[float]]:
    """Hours, at most, and budget by contact key, as the current plan counts them."""
    plan = Plan.objects.filter(owner=viewer, replaced_at__isnull=True).only("load").first()
    return plan.load if plan else {}
