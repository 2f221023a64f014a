"""The plan as its page shows it: the chance, what one more ask buys, and who it rests on.

The odds are reckoned with the very links the plan was drawn with, counted from the day it was drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When

from vouchsafe.asks.models import Purpose
from vouchsafe.core.odds import Scenario, odds_if_no
from vouchsafe.core.words import Sentence, from_plain, msg, say
from vouchsafe.desk.plan_chances import Chances, chances_of
from vouchsafe.desk.plan_rules import PlaceLine, place_lines, with_places
from vouchsafe.ledger.journal import OFFICE
from vouchsafe.ledger.models import Line
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.candidates import TOLD
from vouchsafe.plans.further_asks import scenario_of
from vouchsafe.plans.models import Application, Choice, Drawing, Opportunity, OwnChance, Plan, Wish

if TYPE_CHECKING:
    from vouchsafe.desk.front_rows import OpportunityFacts

ENOUGH = 0.95
TO_CHOOSE_FROM = 200
DONE = Drawing.State.DONE
_DRAWING = ("state", "step", "share")
CHANGES = (
    "contact_added", "contact_edited", "contact_removed", "contact_restored", "contacts_kept",
    "contacts_kept_undone", "contacts_rated", "opportunity_added", "opportunity_edited", "opportunity_removed",
    "opportunity_restored", "phone_reference", "wished", "chance_said", "asked_in_person", "asked_phone", "asked_mail",
    "ask_queued", "ask_undone", "call_joined", "call_left", "asking_anyway", "not_asking_anyway", "said_yes", "said_yes_if", "said_no", "said_taken_back", "said_not_mine",
    "outcome_told", "outcome_undone", "closed_sealed", "closed_withdrawn", "request_restored", "closing_lifted", "sealed", "seal_reopened", "seal_withdrawn",
)  # fmt: skip
"""Lines of the journal after which a plan drawn before them no longer holds."""

COUNTED = (
    msg("no"), msg("one"), msg("two"), msg("three"), msg("four"), msg("five"), msg("six"), msg("seven"),
    msg("eight"), msg("nine"), msg("ten"),
)  # fmt: skip


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
    in_place_of: str
    own: int | None
    """The applicant's own chance of a yes, in 100, where it stands in place of ours."""
    is_ready: bool = False
    """Whether an ask to them goes by itself once somebody before them says no or stays silent."""


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
class DrawingLine:
    """A drawing by the worker: waiting, begun or failed, and how far it is."""

    state: str
    step: str
    share: float


@dataclass(frozen=True, slots=True)
class PlanBoard:
    drawing: DrawingLine | None
    left_out: int
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
    places: tuple[PlaceLine, ...]


@dataclass(frozen=True, slots=True)
class NoPlan:
    """Nothing to show yet, and what is there to draw one from."""

    has_opportunities: bool
    has_contacts: bool
    drawing: DrawingLine | None = None


def counted(n: int) -> Sentence:
    """A small number in words, "three"; larger ones as digits."""
    return say(COUNTED[n]) if n < len(COUNTED) else say("{n}", n=n)


def changed_since(viewer: Account, moment: Any) -> Q:
    """Whether the journal holds a line after `moment` that a plan must heed: their own, or of a call they take part in."""
    later = Line.objects.filter(at__gt=moment)
    calls = Application.objects.standing().filter(applicant=viewer).values("call__key")
    moved = later.filter(chain=OFFICE, verb="call_days_moved", about__in=calls)
    return Q(Exists(later.filter(chain=viewer.key, verb__in=CHANGES))) | Q(Exists(moved))


Place = TypeVar("Place", Opportunity, "OpportunityFacts")


def nearest(opportunities: Iterable[Place], kept: Mapping[str, Any], today: date) -> Place | None:
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
    drawings = Drawing.objects.filter(owner=OuterRef("owner"))
    plan = (
        Plan.objects.filter(owner=viewer, replaced_at__isnull=True)
        .annotate(has_changed=changed_since(viewer, OuterRef("drawn_at")))
        .annotate(**{f"drawing_{name}": Subquery(drawings.values(name)[:1]) for name in _DRAWING})
        .first()
    )
    opportunities, places = with_places(viewer)
    kept: dict[str, Any] = plan.odds if plan else {}
    chosen = next((row for row in opportunities if row.key == chosen_key and row.key in kept), None)
    chosen = chosen or nearest(opportunities, kept, today)
    contacts = _contacts(viewer, plan, chosen)
    if plan is None or chosen is None or not contacts:
        return NoPlan(bool(opportunities), bool(contacts), _drawing(plan) if plan else drawing_of(viewer))
    part = kept[chosen.key]
    scenario = scenario_of(part, plan.drawn_on)
    slots = _slots(plan, chosen, part, scenario, contacts)
    is_hidden = bool(plan.trust) and not plan.trust["shown"]
    writing = {person.key for slot in slots for person in slot.people}
    return PlanBoard(
        drawing=_drawing(plan),
        left_out=plan.left_out,
        drawn_on=plan.drawn_on,
        is_old=plan.drawn_on < today,
        has_changed=plan.has_changed,
        gap=plan.gap,
        chosen=chosen,
        need=part["need"],
        deadline=_day(part["deadline"]),
        deadline_assumed=part["deadline_assumed"],
        shown=_day(part["shown"]),
        chances=chances_of(part, scenario, contacts)
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
        places=place_lines(
            places.get(chosen.pk, ()),
            [
                (person.name, person.letter_on)
                for slot in slots
                for person in slot.people
                if person.rank == 0 and not slot.is_spare
            ],
            _day(part["deadline"]),
            today,
        ),
    )


def drawing_of(viewer: Account) -> DrawingLine | None:
    """What the worker is drawing for this applicant, or has failed to."""
    row = Drawing.objects.filter(owner=viewer).first()
    return None if row is None or row.state == DONE else DrawingLine(row.state, row.step, row.share)


def _drawing(plan: Any) -> DrawingLine | None:
    if plan.drawing_state in (None, DONE):
        return None
    return DrawingLine(plan.drawing_state, plan.drawing_step, plan.drawing_share)


def _contacts(viewer: Account, plan: Plan | None, chosen: Opportunity | None) -> dict[str, Contact]:
    """Everybody the page names, and of the others as many as one can choose from in a list, the best known first."""
    named = set(plan.load) if plan else set()
    for part in plan.odds.values() if plan else ():
        named |= {link["contact"] for chain in part["chains"] for link in chain}
        named |= {offer["contact"] for offer in part["offers"]}
    wishes = Wish.objects.filter(opportunity=chosen, contact=OuterRef("pk"))
    order = Case(
        When(Q(key__in=named) | Exists(wishes), then=Value(0)), When(TOLD, then=Value(1)), default=Value(2)
    )
    rows = (
        Contact.objects.of(viewer)
        .filter(Q(unreachable=False) | Q(key__in=named))
        .only("key", "name", "owner")
        .annotate(
            wish=Subquery(wishes.values("kind")[:1]),
            in_place_of=Subquery(wishes.values("out__name")[:1]),
            own=Subquery(
                OwnChance.objects.filter(opportunity=chosen, contact=OuterRef("pk")).values("yes")[:1]
            ),
            is_ready=Exists(
                Purpose.objects.filter(
                    request__contact=OuterRef("pk"),
                    opportunity=chosen,
                    ready_at__isnull=False,
                    withdrawn_at__isnull=True,
                )
            ),
            place=order,
        )
        .order_by("place", "name", "pk")
    )
    return {row.key: row for row in rows[: len(named) + TO_CHOOSE_FROM]}


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
        in_place_of=contact.in_place_of or "",  # type: ignore[attr-defined]  # annotated by plan_board
        own=contact.own,  # type: ignore[attr-defined]  # annotated by plan_board
        is_ready=contact.is_ready,  # type: ignore[attr-defined]  # annotated by plan_board
    )


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
