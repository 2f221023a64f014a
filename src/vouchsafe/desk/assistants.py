"""What a writer's assistant sees, and what a writer sees of their assistants. Nothing here holds a word of a letter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from vouchsafe.asks.access import Visit, stage
from vouchsafe.asks.access_assistants import AssistantVisit, assistants_of, helped_with
from vouchsafe.asks.models import Assistant, Offering, Purpose
from vouchsafe.core.stages import REQUEST
from vouchsafe.desk.places_page import PlaceToDo, places_page
from vouchsafe.desk.writer_page import WriterDocument, WriterPage, writer_page
from vouchsafe.letters.offering import offerings_of, own_words, words_of


@dataclass(frozen=True, slots=True)
class Helped:
    """One line of an assistant's list."""

    key: str
    applicant: str
    titles: str
    by: date | None


@dataclass(frozen=True, slots=True)
class AssistingPage:
    key: str
    name: str
    writer: str
    rows: tuple[Helped, ...]


@dataclass(frozen=True, slots=True)
class HelpedPage:
    """One request as an assistant sees it. `file_name` is what they laid there themselves."""

    home: str
    writer: str
    asked: WriterPage
    documents: tuple[WriterDocument, ...]
    places: tuple[PlaceToDo, ...]
    may_offer: bool
    words: str
    file_name: str


@dataclass(frozen=True, slots=True)
class Helper:
    key: str
    name: str
    address: str
    for_all: bool
    named_at: datetime


@dataclass(frozen=True, slots=True)
class Laid:
    """What an assistant laid before the writer. `words` are empty for a file."""

    key: str
    by: str
    offered_at: datetime
    words: str
    file_name: str
    pages: int


@dataclass(frozen=True, slots=True)
class AssistantsPage:
    request_key: str
    applicant: str
    helpers: tuple[Helper, ...]
    laid: tuple[Laid, ...]


def assisting_page(assistant: Assistant) -> AssistingPage:
    """The requests somebody helps with, those with a near date first. Three queries, and one for each applicant."""
    rows = helped_with(assistant)
    purposes: dict[int, list[Purpose]] = {row.pk: [] for row in rows}
    for purpose in Purpose.objects.filter(request__in=rows, withdrawn_at__isnull=True).select_related(
        "opportunity"
    ):
        purposes[purpose.request_id].append(purpose)
    lines = [
        Helped(
            row.key,
            row.contact.owner.name,
            ", ".join(each.opportunity.title for each in purposes[row.pk]),
            min((each.shown_on for each in purposes[row.pk] if each.shown_on), default=None),
        )
        for row in rows
    ]
    lines.sort(key=lambda line: line.by or date.max)
    return AssistingPage(assistant.key, assistant.name, _writer(assistant), tuple(lines))


def helped_page(visit: AssistantVisit, today: date) -> HelpedPage:
    asked = writer_page(visit.as_seen)
    mine = Offering.objects.filter(
        assistant=visit.assistant, request=visit.request, taken_at__isnull=True
    ).exclude(file="")
    return HelpedPage(
        home=f"/assisting/{visit.assistant.key}/{visit.request.key}/",
        writer=visit.request.contact.name,
        # The letter itself, begun or sealed, is no part of what an assistant's page can even name.
        asked=replace(asked, documents=(), letter=None, sealed=None, renews=None, answer_words=""),
        documents=asked.documents,
        places=places_page(visit.as_seen, today).places,
        may_offer=REQUEST.allows("help", stage(visit.request)),
        words=own_words(visit),
        file_name=mine.values_list("name", flat=True).first() or "",
    )


def assistants_page(visit: Visit) -> AssistantsPage:
    """For the writer: who helps, and what they laid here."""
    return AssistantsPage(
        visit.request.key,
        visit.request.contact.owner.name,
        tuple(
            Helper(row.key, row.name, row.address, row.request_id is None, row.named_at)
            for row in assistants_of(visit)
        ),
        tuple(
            Laid(row.key, row.assistant.name, row.offered_at, words_of(row), row.name, row.pages)
            for row in offerings_of(visit)
        ),
    )


def _writer(assistant: Assistant) -> str:
    return assistant.correspondent.name or assistant.correspondent.mailbox
