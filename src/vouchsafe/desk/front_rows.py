"""The four queries of the desk. Everything it shows comes with them, at one row and at fifty."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Case, Count, DateField, Exists, OuterRef, Q, QuerySet, Subquery, TextField, When
from django.db.models.functions import Cast, Coalesce

from vouchsafe.asks.models import Answer, Ask, Closing, Purpose, Reminder, Request
from vouchsafe.core.stages import stage_of_request
from vouchsafe.desk.plan_board import changed_since
from vouchsafe.ledger import custody
from vouchsafe.ledger.models import Outgoing
from vouchsafe.ledger.prepared import PreparedFacts
from vouchsafe.letters.access_open import of_the_day, turn_of
from vouchsafe.letters.models import QUOTE, Letter, Release
from vouchsafe.packets.models import PortalUpload
from vouchsafe.people.models import Account, Advising, Contact
from vouchsafe.plans.models import Choice, Destination, Opportunity, Plan


def opportunities_of(viewer: Account, today: date) -> QuerySet[Opportunity]:
    """The opportunities; the first carries the plan and a sentence of the wall, which is two queries fewer."""
    current = Plan.objects.filter(owner=viewer, replaced_at__isnull=True)
    first = Opportunity.objects.of(viewer).going_on().order_by("deadline_on", "id").values("pk")[:1]
    drawn = current.values("drawn_at")[:1]

    def on_first(field: str) -> Case:
        return Case(When(pk=Subquery(first), then=Subquery(current.values(field)[:1])), default=None)

    sentence = of_the_day(viewer, today)

    def hanging(field: str) -> Case:
        return Case(When(pk=Subquery(first), then=Subquery(sentence.values(field)[:1])), default=None)

    return (
        Opportunity.objects.of(viewer)
        .going_on()
        .order_by("deadline_on", "id")
        .annotate(
            plan_odds=on_first("odds"),
            completions=on_first("completions"),
            drawn_on=on_first("drawn_on"),
            trust=on_first("trust"),
            has_changed=changed_since(viewer, Subquery(drawn)),
            quote_words=hanging("sealed_words"),
            quote_by=hanging("letter__writer_name"),
            has_contacts=Exists(Contact.objects.of(viewer)),
            is_advised=Exists(Advising.objects.in_force().filter(applicant=viewer)),
        )
    )


def saying_on(first: OpportunityFacts) -> tuple[str, str] | None:
    """A sentence of the wall, another every day, with who wrote it."""
    if first.quote_words is None:
        return None
    return custody.decrypt(first.quote_words, context=QUOTE).decode(), first.quote_by


def choices_of(viewer: Account) -> QuerySet[Choice]:
    chosen = Choice.objects.filter(
        slot__plan__owner=viewer,
        slot__plan__replaced_at__isnull=True,
        slot__opportunity__removed_at__isnull=True,
        contact__removed_at__isnull=True,
        rank=0,
    )
    return chosen.annotate(reasons_json=Cast("reasons", TextField())).order_by("pk")


def raw_stage(purpose: Any) -> str:
    """The stage of one purpose, as model or as facts: sealed stays sealed, whatever a newer purpose has begun on the same request."""
    if purpose.sealed_at is not None:
        return "sealed"
    return stage_of_request(
        was_mailed=purpose.was_mailed,
        latest_answer=purpose.latest_answer,
        was_started=purpose.was_started,
        closed_why=purpose.closed_why,
    )


def purposes_of(*viewers: Account) -> QuerySet[Purpose]:
    """Every purpose still wanted, with its request's facts and, never more than that, whether its letter is safe."""
    facts = Request.objects.with_facts().filter(pk=OuterRef("request_id"))
    answers = Answer.objects.filter(request=OuterRef("request_id")).order_by("-answered_at", "-id")
    # A seal covers the purposes that stood when it was pressed, also after a new one began a new round.
    sealed = Closing.objects.filter(
        Q(lifted_at__isnull=True) | Q(lifted_why="purpose_added"),
        request=OuterRef("request_id"),
        why=Closing.Why.SEALED,
        closed_at__gte=OuterRef("added_at"),
    ).order_by("closed_at")
    coming = Reminder.objects.filter(
        request=OuterRef("request_id"), sent_at__isnull=True, dropped_at__isnull=True
    ).order_by("due_at")
    mails = Outgoing.objects.filter(about=OuterRef("request__key"))
    asked = mails.filter(kind__in=("ask", "reminder")).order_by("-due_at", "-id")
    portals = Destination.objects.filter(
        opportunity=OuterRef("opportunity_id"), way=Destination.Way.PORTAL, removed_at__isnull=True
    )
    uploads = PortalUpload.objects.filter(
        destination__opportunity=OuterRef("opportunity_id"),
        destination__removed_at__isnull=True,
        seal__letter__request=OuterRef("request_id"),
        seal__withdrawal__isnull=True,
        seal__reopening__isnull=True,
    )
    letters = Letter.objects.filter(request=OuterRef("request_id"), removed_at__isnull=True)
    return (
        Purpose.objects.filter(
            request__contact__owner__in=viewers,
            withdrawn_at__isnull=True,
            opportunity__removed_at__isnull=True,
        )
        .select_related("request__contact", "request__opening", "opportunity")
        .defer("note", "opportunity__text", "request__contact__notes")
        .annotate(
            was_mailed=Subquery(facts.values("was_mailed")[:1]),  # type: ignore[misc]  # annotated by with_facts
            was_started=Subquery(facts.values("was_started")[:1]),  # type: ignore[misc]  # annotated by with_facts
            closed_why=Subquery(facts.values("closed_why")[:1]),  # type: ignore[misc]  # annotated by with_facts
            latest_answer=Subquery(facts.values("latest_answer")[:1]),  # type: ignore[misc]  # annotated by with_facts
            promised_on=Subquery(answers.values("promised_on")[:1], output_field=DateField()),
            sealed_at=Subquery(sealed.values("closed_at")[:1]),
            next_reminder_at=Subquery(coming.values("due_at")[:1]),
            mail_state=Subquery(asked.values("state")[:1]),
            portals=Subquery(portals.order_by().values("opportunity").annotate(n=Count("pk")).values("n")),
            uploads=Subquery(
                uploads.order_by()
                .values("destination__opportunity")
                .annotate(n=Count("destination", distinct=True))
                .values("n")
            ),
            is_thanked=Exists(mails.filter(kind="thanks").exclude(state=Outgoing.State.WITHDRAWN)),
            is_released=Exists(Release.objects.filter(seal__letter__request=OuterRef("request_id"))),
            confidentiality_kept=Coalesce(
                Subquery(letters.order_by("-id").values("confidentiality")[:1]), "confidentiality"
            ),
        )
    )


def asks_of(*viewers: Account) -> QuerySet[Ask]:
    return (
        Ask.objects.filter(
            contact__owner__in=viewers,
            contact__removed_at__isnull=True,
            opportunity__removed_at__isnull=True,
            undone_at__isnull=True,
        )
        .select_related("contact", "opportunity")
        .defer("opportunity__text", "contact__notes", "note")
    )


class OpportunityFacts(NamedTuple):
    """An opportunity; what stands below `deadline_on` is known of the first alone, and of everybody's whole desk."""

    pk: int
    key: str
    title: str
    need: int
    deadline_on: date | None
    plan_odds: dict[str, Any] | None
    completions: list[Any]
    drawn_on: date
    trust: dict[str, Any] | None
    quote_words: bytes | None
    quote_by: str
    has_changed: bool
    has_contacts: bool
    is_advised: bool


class LetterFacts(NamedTuple):
    """What the desk asks of one purpose and its request. Named rows, for a desk of twenty would else make 250 models."""

    request: str
    request_id: int
    contact: str
    name: str
    opportunity: str
    shown_on: date | None
    paused_why: str
    opened_at: datetime | None
    was_mailed: bool
    was_started: bool
    closed_why: str | None
    latest_answer: str | None
    promised_on: date | None
    sealed_at: datetime | None
    next_reminder_at: datetime | None
    mail_state: str | None
    portals: int | None
    uploads: int | None
    is_thanked: bool
    is_released: bool
    confidentiality_kept: str


class AskFacts(NamedTuple):
    """What was said of one place, in person or by mail."""

    contact: str
    name: str
    opportunity: str
    title: str
    said: str
    asked_on: date
    maybe_until: date | None


class ChoiceFacts(NamedTuple):
    """One of the plan's writers, for one place."""

    contact: str
    name: str
    opportunity: str
    title: str
    deadline_on: date | None
    channel: str
    meet_on: date | None
    mail_on: date | None
    reasons_json: str
    """As it is kept: of twenty writers, those who were asked already need no reasons read."""


_LETTER = {
    "request": "request__key", "contact": "request__contact__key", "name": "request__contact__name",
    "opportunity": "opportunity__key", "paused_why": "request__paused_why", "opened_at": "request__opening__opened_at",
}  # fmt: skip
_ASK = {
    "contact": "contact__key", "name": "contact__name", "opportunity": "opportunity__key", "title": "opportunity__title",
}  # fmt: skip
_CHOICE = {
    "contact": "contact__key", "name": "contact__name", "opportunity": "slot__opportunity__key",
    "title": "slot__opportunity__title", "deadline_on": "slot__opportunity__deadline_on",
}  # fmt: skip


# Built and compiled once in a process: for the desk, which asks them all on every visit.
_NOBODY = Account(pk=-(10**12) - 7, key="somebody to be filled in")
OPPORTUNITIES = PreparedFacts(
    OpportunityFacts,
    {},
    opportunities_of,
    lambda viewer, today: (viewer.pk, viewer.key, turn_of(today)),
    _NOBODY,
    date(1601, 1, 1),
)
LETTERS = PreparedFacts(LetterFacts, _LETTER, purposes_of, lambda viewer: (viewer.pk,), _NOBODY)
ASKS = PreparedFacts(AskFacts, _ASK, asks_of, lambda viewer: (viewer.pk,), _NOBODY)
CHOICES = PreparedFacts(ChoiceFacts, _CHOICE, choices_of, lambda viewer: (viewer.pk,), _NOBODY)
