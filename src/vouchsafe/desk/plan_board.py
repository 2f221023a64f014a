"""The plan as its page shows it: the chance, what one more ask buys, and who it rests on.

The odds are reckoned with the very links the plan was drawn with, counted from the day it was drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from vouchsafe.core.odds import Channel, Link, Scenario, Slot, final_odds, forecast, odds_if_no, with_ask
from vouchsafe.core.odds.priors import SHORT_LEAD_DAYS
from vouchsafe.core.words import Sentence, from_plain, msg, say
from vouchsafe.ledger.models import Line
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.further_asks import scenario_of
from vouchsafe.plans.models import Choice, Opportunity, Plan, Wish

ENOUGH = 0.95
CHANGES = (
    "contact_added", "contact_edited", "contact_removed", "contact_restored", "contacts_kept",
    "contacts_kept_undone", "contacts_rated", "opportunity_added", "opportunity_edited", "opportunity_removed",
    "opportunity_restored", "phone_reference", "wished", "asked_in_person", "asked_phone", "asked_mail",
    "ask_queued", "ask_undone", "asking_anyway", "not_asking_anyway", "said_yes", "said_yes_if", "said_no", "said_taken_back", "said_not_mine",
    "outcome_told", "outcome_undone", "closed_sealed", "closed_withdrawn", "request_restored", "closing_lifted", "sealed", "seal_reopened", "seal_withdrawn",
)  # fmt: skip
"""Lines of the journal after which a plan drawn before them no longer holds."""

COUNTED = (
    msg("no"), msg("one"), msg("two"), msg("three"), msg("four"), msg("five"), msg("six"), msg("seven"),
    msg("eight"), msg("nine"), msg("ten"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GainLine:
    """What so many more asks buy, made by this day."""

    label: Sentence
    by: date | None
    odds: float
    gain: float


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in a slot: rank 0 writes, the others stand by in their order."""

    key: str
    name: str
    rank: int
    fit: float
    reasons: tuple[tuple[str, Sentence], ...]
    channel: str
    meet_on: date | None
    mail_on: date | None
    ask_by: date | None
    chance: float
    asked_on: date | None
    answer: str
    letter_on: date | None
    if_no: float | None
    wish: str


@dataclass(frozen=True, slots=True)
class SlotLine:
    number: int
    is_spare: bool
    people: tuple[PersonLine, ...]


@dataclass(frozen=True, slots=True)
class LoadLine:
    key: str
    name: str
    hours: float
    at_most: float
    budget: float


@dataclass(frozen=True, slots=True)
class CompletionLine:
    contact: str
    opportunity: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class OtherLine:
    """Another opportunity of the same plan."""

    key: str
    title: str
    need: int
    deadline: date | None
    odds: float | None


@dataclass(frozen=True, slots=True)
class FreeLine:
    """Someone who writes for no slot here: may be chosen, or was kept out."""

    key: str
    name: str
    wish: str


@dataclass(frozen=True, slots=True)
class Chances:
    """The odds of the chosen opportunity: day by day as it is, and with one more ask this week."""

    odds: float
    by_day: tuple[tuple[date, float], ...]
    more: tuple[tuple[date, float], ...]
    more_name: str
    gains: tuple[GainLine, ...]


@dataclass(frozen=True, slots=True)
class PlanBoard:
    drawn_on: date
    is_old: bool
    has_changed: bool
    gap: float
    chosen: Opportunity
    need: int
    deadline: date | None
    deadline_assumed: bool
    shown: date | None
    chances: Chances | None
    is_hidden: bool
    trust: Sentence | None
    slots: tuple[SlotLine, ...]
    unmet: tuple[Sentence, ...]
    is_too_late: bool
    wishes: tuple[Sentence, ...]
    completions: tuple[CompletionLine, ...]
    loads: tuple[LoadLine, ...]
    others: tuple[OtherLine, ...]
    free: tuple[FreeLine, ...]


@dataclass(frozen=True, slots=True)
class NoPlan:
    """Nothing to show yet, and what is there to draw one from."""

    has_opportunities: bool
    has_contacts: bool


def counted(n: int) -> Sentence:
    """A small number in words, "three"; larger ones as digits."""
    return say(COUNTED[n]) if n < len(COUNTED) else say("{n}", n=n)


def changed_since(chain: str, moment: Any) -> Exists:
    """Whether the journal holds a line after `moment` that a plan must heed."""
    return Exists(Line.objects.filter(chain=chain, at__gt=moment, verb__in=CHANGES))


def nearest(opportunities: Iterable[Opportunity], kept: Mapping[str, Any], today: date) -> Opportunity | None:
    """The opportunity that presses most: the earliest day ahead, among those that need letters."""
    planned = [row for row in opportunities if row.key in kept]
    return min(
        planned,
        key=lambda row: (
            row.need == 0,
            row.deadline_on is not None and row.deadline_on < today,
            row.deadline_on or date.max,
            row.pk,
        ),
        default=None,
    )


def plan_board(viewer: Account, today: date, chosen_key: str = "") -> PlanBoard | NoPlan:
    """The current plan, for the nearest opportunity or the chosen one. Four queries, whatever its size."""
    plan = (
        Plan.objects.filter(owner=viewer, replaced_at__isnull=True)
        .annotate(has_changed=changed_since(viewer.key, OuterRef("drawn_at")))
        .first()
    )
    opportunities = list(Opportunity.objects.of(viewer).going_on().defer("text"))
    kept: dict[str, Any] = plan.odds if plan else {}
    chosen = next((row for row in opportunities if row.key == chosen_key and row.key in kept), None)
    chosen = chosen or nearest(opportunities, kept, today)
    wish = Wish.objects.filter(opportunity=chosen, contact=OuterRef("pk")).values("kind")[:1]
    contacts = {
        row.key: row
        for row in Contact.objects.of(viewer).only("key", "name", "owner").annotate(wish=Subquery(wish))
    }
    if plan is None or chosen is None or not contacts:
        return NoPlan(bool(opportunities), bool(contacts))
    part = kept[chosen.key]
    scenario = scenario_of(part, plan.drawn_on)
    slots = _slots(plan, chosen, part, scenario, contacts)
    is_hidden = bool(plan.trust) and not plan.trust["shown"]
    writing = {person.key for slot in slots for person in slot.people}
    return PlanBoard(
        drawn_on=plan.drawn_on,
        is_old=plan.drawn_on < today,
        has_changed=plan.has_changed,
        gap=plan.gap,
        chosen=chosen,
        need=part["need"],
        deadline=_day(part["deadline"]),
        deadline_assumed=part["deadline_assumed"],
        shown=_day(part["shown"]),
        chances=_chances(part, scenario, contacts)
        if scenario is not None and slots and not is_hidden
        else None,
        is_hidden=is_hidden,
        trust=from_plain(plan.trust["why"]) if plan.trust else None,
        slots=slots,
        unmet=tuple(
            from_plain(sentence)
            for code, sentence in part["unmet"]
            if not (is_hidden and code == "below_target")
        ),
        is_too_late=any(code == "too_late" for code, _ in part["unmet"]),
        wishes=tuple(from_plain(sentence) for sentence in plan.wishes),
        completions=tuple(
            CompletionLine(contact or "", opportunity or "", from_plain(sentence))
            for contact, opportunity, _, sentence in plan.completions
            if contact is None or contact in contacts
        ),
        loads=tuple(
            LoadLine(key, contacts[key].name, *hours) for key, hours in plan.load.items() if key in contacts
        ),
        others=tuple(
            OtherLine(
                row.key, row.title, row.need, row.deadline_on, None if is_hidden else kept[row.key]["odds"]
            )
            for row in opportunities
            if row.key in kept and row != chosen
        ),
        free=tuple(
            FreeLine(row.key, row.name, row.wish or "")  # type: ignore[attr-defined]  # annotated above
            for row in contacts.values()
            if row.key not in writing
        ),
    )


def one_more(scenario: Scenario, part: Mapping[str, Any], day: date, asks: int = 1) -> Scenario | None:
    """The scenario with so many of the next best asked on `day`; None when there are not that many.

    A stand-by who is asked now leaves the place in the chain: nobody is asked twice.
    """
    offers = part["offers"][:asks]
    if len(offers) < asks or day > scenario.deadline:
        return None
    called = {offer["contact"] for offer in offers}
    slots = tuple(
        Slot(
            tuple(link for kept, link in zip(chain, slot.chain, strict=True) if kept["contact"] not in called)
        )
        for chain, slot in zip(part["chains"], scenario.slots, strict=True)
    )
    asked = replace(scenario, slots=slots)
    sample = next((link for slot in scenario.slots for link in slot.chain), None)
    if sample is None:
        return None
    lead = (scenario.deadline - day).days
    for offer in offers:
        chance = offer["p_short"] if lead < SHORT_LEAD_DAYS else offer["p"]
        link = Link(chance, sample.r, sample.l, Channel(offer["means"]), ask_on=day)
        asked = with_ask(asked, link, as_slot=True)
    return asked


def this_week(today: date) -> date:
    """The Sunday that ends the week."""
    return today + timedelta(days=6 - today.weekday())


def _chances(part: Mapping[str, Any], scenario: Scenario, contacts: Mapping[str, Contact]) -> Chances:
    today, odds = scenario.today, float(part["odds"])
    days = [today + timedelta(days=n) for n in range(len(part["by_day"]))]
    asked_now = one_more(scenario, part, min(this_week(today), scenario.deadline))
    more = forecast(asked_now).by_day if asked_now is not None else ()
    offers = (
        (say("Ask one more this week"), 1, this_week(today)),
        (say("Ask two more this week"), 2, this_week(today)),
        (say("Ask one more, in two weeks"), 1, today + timedelta(days=14)),
        (say("Ask one more, in three weeks"), 1, today + timedelta(days=21)),
    )
    gains = [GainLine(say("Leave it as it is"), None, odds, 0.0)]
    for label, asks, day in offers:
        asked = one_more(scenario, part, day, asks)
        if asked is not None:
            reached = final_odds(asked)
            gains.append(GainLine(label, day, reached, reached - odds))
    first = part["offers"][0]["contact"] if part["offers"] else ""
    return Chances(
        odds=odds,
        by_day=tuple(zip(days, part["by_day"], strict=True)),
        more=tuple(zip(days, more, strict=True)) if more else (),
        more_name=contacts[first].name if first in contacts else "",
        gains=tuple(gains),
    )


def _slots(
    plan: Plan,
    chosen: Opportunity,
    part: Mapping[str, Any],
    scenario: Scenario | None,
    contacts: Mapping[str, Contact],
) -> tuple[SlotLine, ...]:
    by_id = {row.pk: row for row in contacts.values()}
    rows: dict[int, list[Choice]] = {n: [] for n in range(1, len(part["chains"]) + 1)}
    spare = {n: n > part["need"] for n in rows}
    choices = Choice.objects.filter(slot__plan=plan, slot__opportunity=chosen).select_related("slot")
    for choice in choices.order_by("slot__position", "rank"):
        rows.setdefault(choice.slot.position, []).append(choice)
    found = []
    for index, (number, chain) in enumerate(sorted(rows.items())):
        people = []
        for place, choice in enumerate(chain):
            contact = by_id.get(choice.contact_id)
            if contact is None:  # taken off the list since the plan was drawn
                continue
            kept = part["chains"][index][place]
            people.append(_person(choice, contact, kept, scenario, index, place))
        found.append(SlotLine(number, spare.get(number, False), tuple(people)))
    return tuple(found)


def _person(
    choice: Choice,
    contact: Contact,
    kept: Mapping[str, Any],
    scenario: Scenario | None,
    slot: int,
    place: int,
) -> PersonLine:
    known = kept["known"] or {}
    has_letter = bool(known.get("letter_on"))
    return PersonLine(
        key=contact.key,
        name=contact.name,
        rank=place,
        fit=choice.fit,
        reasons=tuple((speaks, from_plain(sentence)) for _, speaks, sentence in choice.reasons),
        channel=choice.channel,
        meet_on=choice.meet_on if place == 0 else None,
        mail_on=choice.mail_on if place == 0 else None,
        ask_by=_day(kept["ask_by"]),
        chance=choice.chance,
        asked_on=_day(known.get("asked_on")),
        answer=known.get("answer") or "",
        letter_on=_day(known.get("letter_on")),
        if_no=odds_if_no(scenario, slot, place) if scenario is not None and not has_letter else None,
        wish=contact.wish or "",  # type: ignore[attr-defined]  # annotated by plan_board
    )


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
