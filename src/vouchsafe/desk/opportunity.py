"""One opportunity as its page shows it, and the list of all: what is worth asking, where letters go, what is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When

from vouchsafe.core import worth
from vouchsafe.core.destination_rules import Rules, rule_lines
from vouchsafe.core.planning.fit import STORY
from vouchsafe.core.words import Sentence, msg, say, say_n
from vouchsafe.desk.front_rows import LETTERS
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.candidates import TOLD
from vouchsafe.plans.models import Destination, Opportunity, PhoneReference, Plan, Step

STEPS = {
    Step.Slug.RESEARCHED: msg("Find out about the place and the people"),
    Step.Slug.RESUME: msg("Fit the résumé to it"),
    Step.Slug.COVER_LETTER: msg("Write the cover letter"),
    Step.Slug.NOTE_TO_HEAD: msg("Send a friendly note to the head of department"),
    Step.Slug.LETTER: msg("Ask for the letters, or name phone references"),
}
WAYS = {
    Destination.Way.READER_LINK: msg("by a link that the reader opens"),
    Destination.Way.MAIL: msg("by mail"),
    Destination.Way.PORTAL: msg("through their own portal"),
    Destination.Way.BY_HAND: msg("by hand or by post"),
}
KINDS = {
    Opportunity.Kind.JOB: msg("A job"),
    Opportunity.Kind.ACADEMIC: msg("An academic post"),
    Opportunity.Kind.PROGRAMME: msg("A programme of study"),
    Opportunity.Kind.SCHOLARSHIP: msg("A scholarship"),
    Opportunity.Kind.POCKET: msg("For later"),
}
TO_CHOOSE_FROM = 200
LED_THE_WORK = frozenset(
    {
        "",
        Contact.Tie.DIRECT_MANAGER,
        Contact.Tie.ADVISER,
        Contact.Tie.MENTOR,
        Contact.Tie.PROFESSOR_SMALL,
        Contact.Tie.CLIENT,
    }
)
"""Ties of people an employer would have called; nothing said counts as one. Others count if they could tell a story."""

# Academic posts ask for letters as programmes do, and the weighing knows no kind between the two.
_WEIGHED_AS: dict[str, worth.Kind] = {
    Opportunity.Kind.JOB: "job",
    Opportunity.Kind.ACADEMIC: "programme",
    Opportunity.Kind.PROGRAMME: "programme",
    Opportunity.Kind.SCHOLARSHIP: "scholarship",
    Opportunity.Kind.POCKET: "pocket",
}


@dataclass(frozen=True, slots=True)
class OpportunityLine:
    """One line of the list."""

    key: str
    title: str
    organisation: str
    kind: Sentence
    need: int
    safe_by: date | None
    is_past: bool
    steps_done: int
    odds: float | None
    """That the letters arrive in time; None where no figure is known, or none is told."""

    is_safe: bool
    """Whether every letter that is needed is safe."""


@dataclass(frozen=True, slots=True)
class StepDone:
    slug: str
    label: Sentence
    done: bool


@dataclass(frozen=True, slots=True)
class DestinationLine:
    key: str
    label: str
    way: Sentence
    address: str
    due_on: date | None
    due_time: time | None
    zone: str
    rules: tuple[Sentence, ...]
    warnings: tuple[Sentence, ...]
    """What of these rules the plan itself breaks already."""


@dataclass(frozen=True, slots=True)
class ReferenceChoice:
    """A contact, and whether they take the calls here. `always` is said on their own page, for every job."""

    key: str
    name: str
    named: bool
    always: bool
    unreachable: bool


@dataclass(frozen=True, slots=True)
class LostReferee:
    """Someone who can't be reached any more, and whether they could have told an employer of the work."""

    key: str
    name: str
    counts: bool


@dataclass(frozen=True, slots=True)
class OpportunityPicture:
    opportunity: Opportunity
    kind: Sentence
    worth: worth.Worth
    steps: tuple[StepDone, ...]
    destinations: tuple[DestinationLine, ...]
    references: tuple[ReferenceChoice, ...]
    lost: tuple[LostReferee, ...]
    is_past: bool


def opportunity_lines(viewer: Account, today: date) -> tuple[OpportunityLine, ...]:
    """All of an applicant's opportunities, the nearest first and the pocket last: three queries."""
    done = Count("steps", distinct=True)
    plan = Plan.objects.filter(owner=viewer, replaced_at__isnull=True).only("odds", "trust").first()
    is_hidden = plan is None or (plan.trust and not plan.trust["shown"])
    odds = {} if plan is None or is_hidden else plan.odds
    safe = Counter(row.opportunity for row in LETTERS(viewer) if row.sealed_at is not None)
    rows = Opportunity.objects.of(viewer).defer("text").annotate(steps_done=done)
    lines = [
        OpportunityLine(
            key=row.key,
            title=row.title,
            organisation=row.organisation,
            kind=say(KINDS[Opportunity.Kind(row.kind)]),
            need=row.need,
            safe_by=row.deadline_on,
            is_past=row.deadline_on is not None and row.deadline_on < today,
            steps_done=row.steps_done,  # type: ignore[attr-defined]  # annotated above
            odds=odds.get(row.key, {}).get("odds"),
            is_safe=0 < row.need <= safe[row.key],
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: (line.is_past, line.safe_by or date.max)))


def _warnings(rules: Rules, opportunity: Opportunity) -> tuple[Sentence, ...]:
    """Before anybody is asked: more letters are sought than they take."""
    if not rules.most_letters or opportunity.need <= rules.most_letters:
        return ()
    return (
        say_n(
            "You seek {need} letters, and they take {n}.",
            "You seek {need} letters, and they take at most {n}.",
            rules.most_letters,
            need=opportunity.need,
        ),
    )


def opportunity_picture(viewer: Account, opportunity: Opportunity, today: date) -> OpportunityPicture:
    """One opportunity and everything on its page: three queries besides the row itself."""
    done = set(opportunity.steps.values_list("slug", flat=True))
    destinations = opportunity.destinations.filter(removed_at__isnull=True).select_related("rule_book")
    named = PhoneReference.objects.filter(opportunity=opportunity, contact=OuterRef("pk"))
    order = Case(
        When(Exists(named) | Q(phone_reference=True) | Q(unreachable=True), then=Value(0)),
        When(TOLD, then=Value(1)),
        default=Value(2),
    )
    contacts = list(
        Contact.objects.of(viewer)
        .annotate(
            named=Exists(named),
            named_anywhere=Exists(PhoneReference.objects.filter(contact=OuterRef("pk"))),
            place=order,
        )
        .order_by("place", "name", "pk")[:TO_CHOOSE_FROM]
    )
    lost = tuple(
        LostReferee(row.key, row.name, row.tie in LED_THE_WORK or (row.knows_work or 0) >= STORY)
        for row in contacts
        if row.unreachable
    )
    return OpportunityPicture(
        opportunity=opportunity,
        kind=say(KINDS[Opportunity.Kind(opportunity.kind)]),
        worth=worth_of(opportunity, [one.name for one in lost if one.counts]),
        lost=lost,
        steps=tuple(StepDone(slug, say(label), slug in done) for slug, label in STEPS.items()),
        destinations=tuple(
            DestinationLine(
                key=row.key,
                label=row.label,
                way=say(WAYS[Destination.Way(row.way)]),
                address=row.address,
                due_on=row.due_on,
                due_time=row.due_time,
                zone=row.zone,
                rules=rule_lines(row.all_rules),
                warnings=_warnings(row.all_rules, opportunity),
            )
            for row in destinations
        ),
        references=tuple(
            ReferenceChoice(
                key=row.key,
                name=row.name,
                named=row.named,  # type: ignore[attr-defined]  # annotated above
                # Named for one opportunity, a reference is kept for that one alone (core.planning.facts).
                always=row.phone_reference
                and not row.named_anywhere  # type: ignore[attr-defined]  # annotated above
                and opportunity.kind == Opportunity.Kind.JOB,
                unreachable=row.unreachable,
            )
            for row in contacts
        ),
        is_past=opportunity.deadline_on is not None and opportunity.deadline_on < today,
    )


def worth_of(opportunity: Opportunity, lost: Sequence[str] = ()) -> worth.Worth:
    """Whether a letter is worth asking for here, from what is kept: a person's word outranks the text.

    `lost` are the names of those who can't be reached any more.
    """
    told = opportunity.letters
    return worth.weigh(
        worth.OpportunityFacts(
            kind=_WEIGHED_AS[opportunity.kind],
            title=opportunity.title,
            text=opportunity.text or None,
            level=opportunity.level or None,  # type: ignore[arg-type]  # the same three words
            letters=None if told == Opportunity.Letters.UNKNOWN else told,  # type: ignore[arg-type]  # the same
            # How many the applicant wants says nothing about what is asked for, unless letters are.
            need=opportunity.need if told == Opportunity.Letters.REQUIRED else None,
            unreachable_referees=tuple(lost),
        )
    )
