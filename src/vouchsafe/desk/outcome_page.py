"""How it ended: who wrote, who is still asked, what else goes on, and the words that would reach each of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.ask_facts import PURPOSES, speak
from vouchsafe.asks.mailbox import BY_APPLICANT, demand_mailable
from vouchsafe.asks.models import Closing, Purpose, Request
from vouchsafe.core import composing
from vouchsafe.core.composing import AskFacts, Stopped
from vouchsafe.core.composing import Outcome as Came
from vouchsafe.core.lint import Finding
from vouchsafe.core.lint.message import check_message
from vouchsafe.core.words import Refusal, Sentence, say
from vouchsafe.people.models import Account
from vouchsafe.plans.models import Opportunity, Outcome

OPEN = {"prepared", "asked", "agreed", "writing"}
CAME = {"got": Came.SUCCEEDED, "did_not": Came.DID_NOT, "declined": Came.DECLINED}
STOPPED = {
    "got": Stopped.GOT_ANOTHER,
    "did_not": Stopped.CLOSED,
    "declined": Stopped.WITHDREW,
    "stopped": Stopped.WITHDREW,
}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One writer, and why they can't be mailed, if so."""

    name: str
    request_key: str
    cannot: Sentence | None = None


@dataclass(frozen=True, slots=True)
class OtherLine:
    """Another opportunity that goes on, and who is still asked for it."""

    key: str
    title: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndedLine:
    key: str
    title: str
    came: str
    told_at: datetime


@dataclass(frozen=True, slots=True)
class Endings:
    """What can end, what has, and what is paused."""

    going_on: tuple[tuple[str, str], ...]
    ended: tuple[EndedLine, ...]
    paused: tuple[PersonLine, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """Everything that one press would do."""

    opportunity: Opportunity
    came: str
    wrote: tuple[PersonLine, ...]
    asked: tuple[PersonLine, ...]
    others: tuple[OtherLine, ...]
    told_words: str
    stop_words: str


def endings(viewer: Account) -> Endings:
    """Three queries, whatever there is."""
    rows = Opportunity.objects.of(viewer).going_on().values_list("key", "title", "organisation")
    ended = Outcome.objects.filter(
        opportunity__owner=viewer, because__isnull=True, undone_at__isnull=True
    ).select_related("opportunity")
    paused = Request.objects.of(viewer).filter(paused_why=BY_APPLICANT).select_related("contact")
    return Endings(
        going_on=tuple((key, f"{title}, {place}" if place else title) for key, title, place in rows),
        ended=tuple(EndedLine(row.key, row.opportunity.title, row.came, row.told_at) for row in ended),
        paused=tuple(PersonLine(row.contact.name, row.key) for row in paused),
    )


def telling(viewer: Account, opportunity: Opportunity, came: str) -> Telling:
    """Who would hear what, and the words as we propose them."""
    letter = Closing.objects.filter(
        request=OuterRef("request"), why=Closing.Why.SEALED, closed_at__gte=OuterRef("added_at")
    ).exclude(lifted_why="reopened")
    purposes = (
        Purpose.objects.filter(request__contact__owner=viewer, withdrawn_at__isnull=True)
        .select_related("request__contact__owner", "request__correspondent", "opportunity")
        .prefetch_related("request__contact__addresses")
        .annotate(has_letter=Exists(letter))
        .order_by("id")
    )
    stages = {row.pk: stage(row) for row in Request.objects.of(viewer).with_facts()}
    over = set(
        Outcome.objects.filter(opportunity__owner=viewer, undone_at__isnull=True).values_list(
            "opportunity", flat=True
        )
    )
    wrote: list[PersonLine] = []
    asked: list[PersonLine] = []
    others: dict[int, tuple[Opportunity, list[str]]] = {}
    for row in purposes:
        if row.opportunity == opportunity and row.has_letter:
            wrote.append(_person(row.request))
        elif stages[row.request_id] in OPEN and not row.has_letter:
            if row.opportunity == opportunity:
                asked.append(_person(row.request))
            elif row.opportunity.removed_at is None and row.opportunity_id not in over:
                others.setdefault(row.opportunity_id, (row.opportunity, []))[1].append(
                    row.request.contact.name
                )
    told, stop = proposed(viewer, opportunity, came)
    return Telling(
        opportunity,
        came,
        tuple(wrote),
        tuple(asked),
        tuple(OtherLine(other.key, other.title, tuple(names)) for other, names in others.values()),
        told,
        stop,
    )


def proposed(viewer: Account, opportunity: Opportunity, came: str) -> tuple[str, str]:
    """The words for those who wrote and for those still asked, without greeting and signature: one text for all."""
    facts = AskFacts(
        applicant=viewer.name,
        writer="",
        purpose=PURPOSES.get(opportunity.kind, composing.Purpose.PROGRAMME),
        opportunity=opportunity.title,
        institution=opportunity.organisation,
    )
    cancelled = [
        str(speak(line))
        for line in composing.compose_cancellation(facts, STOPPED[came]).paragraphs
        if isinstance(line, Sentence)
    ]
    reason, sorry = cancelled[2], cancelled[3]
    if came == "stopped":
        ended = speak(
            say(
                "I have decided not to go on with {what}, and wanted you to hear it from me.",
                what=opportunity.title,
            )
        )
        thanks = speak(say("Thank you again for your letter."))
        return f"{ended}\n\n{thanks}", f"{reason}\n\n{sorry}"
    told = [
        speak(line)
        for line in composing.compose_outcome(facts, CAME[came]).paragraphs
        if isinstance(line, Sentence)
    ][1:]
    first = told[0] if came == "got" else reason
    return "\n\n".join(told), f"{first}\n\n{sorry}"


def checked(viewer: Account, words: str) -> tuple[Finding, ...]:
    """What one may want to look at again before several people read it."""
    return check_message(words, viewer.name)


def outcome_of(viewer: Account, key: str) -> Outcome | None:
    return Outcome.objects.filter(opportunity__owner=viewer, because__isnull=True, key=key).first()


def _person(request: Request) -> PersonLine:
    try:
        demand_mailable(request)
    except Refusal as refusal:
        return PersonLine(request.contact.name, request.key, refusal.sentence)
    return PersonLine(request.contact.name, request.key)
