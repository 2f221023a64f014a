"""What the HTTP interface tells: lists cut into pieces, each row ready, never a text of a letter. Reads only.

A piece ends at a row's id, which leaves the house only encrypted, as the cursor to the next piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import Count, Prefetch, QuerySet

from vouchsafe.asks.access import request_of
from vouchsafe.asks.models import Purpose, Request, RequestQuerySet
from vouchsafe.core.stages import stage_of_request
from vouchsafe.desk.packet_page import LetterInside, ReaderLine, letters_inside, packet_page
from vouchsafe.packets.access import packet, raw_stage
from vouchsafe.packets.models import Packet
from vouchsafe.people.access import NotHere, contacts
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.access import current_plan, opportunities
from vouchsafe.plans.models import Opportunity, Slot

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Piece(Generic[Row]):
    """Some rows of a list, and the id after which the next piece begins; None at the end."""

    items: tuple[Row, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class ForWhat:
    key: str
    opportunity_key: str
    title: str
    shown_on: date | None
    confidentiality: str


@dataclass(frozen=True, slots=True)
class RequestRow:
    key: str
    person_key: str
    person_name: str
    stage: str
    opened_at: datetime
    paused_at: datetime | None
    promised_on: date | None
    purposes: tuple[ForWhat, ...]


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """A request as the office may know it: whose it is and where it stands, not who writes and for what."""

    key: str
    applicant_key: str
    applicant_name: str
    stage: str
    opened_at: datetime
    paused_at: datetime | None
    next_on: date | None
    """The next day that a writer was shown."""


@dataclass(frozen=True, slots=True)
class PacketRow:
    key: str
    title: str
    opportunity_key: str
    stage: str
    made_at: datetime
    letters: int
    live_readers: int


@dataclass(frozen=True, slots=True)
class PacketFacts:
    row: PacketRow
    letters: tuple[LetterInside, ...]
    readers: tuple[ReaderLine, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    person_key: str
    rank: int
    channel: str
    meet_on: date | None
    mail_on: date | None


@dataclass(frozen=True, slots=True)
class Place:
    opportunity_key: str
    position: int
    is_spare: bool
    choices: tuple[Chosen, ...]


@dataclass(frozen=True, slots=True)
class PlanFacts:
    key: str
    drawn_on: date
    places: tuple[Place, ...]


def people_piece(viewer: Account, after: int, most: int) -> Piece[Contact]:
    return _cut(contacts(viewer), after, most, lambda row: row)


def opportunities_piece(viewer: Account, after: int, most: int) -> Piece[Opportunity]:
    return _cut(opportunities(viewer), after, most, lambda row: row)


def requests_piece(viewer: Account, after: int, most: int) -> Piece[RequestRow]:
    """Two queries, however many rows."""
    return _cut(_with_purposes(Request.objects.of(viewer)), after, most, _request_row)


def request_facts(viewer: Account, key: str) -> RequestRow:
    return _request_row(_with_purposes(Request.objects.of(viewer)).get(pk=request_of(viewer, key).pk))


def office_piece(viewer: Account, today: date, after: int, most: int) -> Piece[OfficeRow]:
    """Everyone's, for who runs the office; nobody else finds anything here."""
    if not viewer.runs_office:
        raise NotHere("office")
    rows = Request.objects.with_facts().filter(contact__owner__is_active=True)
    rows = rows.select_related("contact__owner").prefetch_related("purposes")
    return _cut(rows, after, most, lambda row: _office_row(row, today))


def packets_piece(viewer: Account, after: int, most: int) -> Piece[PacketRow]:
    return _cut(_packets(viewer), after, most, _packet_row)


def packet_facts(viewer: Account, key: str, now: datetime) -> PacketFacts:
    found = packet(viewer, key)
    return PacketFacts(
        _packet_row(_packets(viewer).get(pk=found.pk)),
        letters_inside(found, now),
        packet_page(found, now).readers,
    )


def plan_facts(viewer: Account) -> PlanFacts:
    """The plan in force. Three queries."""
    plan = current_plan(viewer)
    if plan is None:
        raise NotHere("plan")
    slots = Slot.objects.filter(plan=plan).select_related("opportunity").prefetch_related("choices__contact")
    return PlanFacts(plan.key, plan.drawn_on, tuple(_place(slot) for slot in slots))


def _cut(rows: QuerySet[Any], after: int, most: int, told: Callable[[Any], Row]) -> Piece[Row]:
    found = list(rows.filter(pk__gt=after).order_by("pk")[: most + 1])
    shown = found[:most]
    return Piece(tuple(told(row) for row in shown), shown[-1].pk if len(found) > most else None)


def _with_purposes(rows: RequestQuerySet) -> QuerySet[Request]:
    standing = Purpose.objects.filter(withdrawn_at__isnull=True).select_related("opportunity")
    return (
        rows.with_facts().select_related("contact").prefetch_related(Prefetch("purposes", queryset=standing))
    )


def _stage(row: Any) -> str:
    return stage_of_request(
        was_mailed=row.was_mailed,
        latest_answer=row.latest_answer,
        was_started=row.was_started,
        closed_why=row.closed_why,
    )


def _request_row(row: Any) -> RequestRow:
    return RequestRow(
        key=row.key,
        person_key=row.contact.key,
        person_name=row.contact.name,
        stage=_stage(row),
        opened_at=row.opened_by_applicant_at,
        paused_at=row.paused_at,
        promised_on=row.latest_promise,
        purposes=tuple(
            ForWhat(one.key, one.opportunity.key, one.opportunity.title, one.shown_on, one.confidentiality)
            for one in row.purposes.all()
        ),
    )


def _office_row(row: Any, today: date) -> OfficeRow:
    days = [
        one.shown_on
        for one in row.purposes.all()
        if one.withdrawn_at is None and one.shown_on is not None and one.shown_on >= today
    ]
    return OfficeRow(
        key=row.key,
        applicant_key=row.contact.owner.key,
        applicant_name=row.contact.owner.name,
        stage=_stage(row),
        opened_at=row.opened_by_applicant_at,
        paused_at=row.paused_at,
        next_on=min(days, default=None),
    )


def _packets(viewer: Account) -> QuerySet[Packet]:
    rows = Packet.objects.with_facts().own().filter(owner=viewer).select_related("opportunity")
    return rows.annotate(letter_count=Count("enclosures", distinct=True))


def _packet_row(row: Any) -> PacketRow:
    return PacketRow(
        key=row.key,
        title=row.title,
        opportunity_key=row.opportunity.key,
        stage=raw_stage(row),
        made_at=row.made_at,
        letters=row.letter_count,
        live_readers=row.live_reader_count,
    )


def _place(slot: Slot) -> Place:
    ranked: Iterable[Any] = slot.choices.all()
    return Place(
        slot.opportunity.key,
        slot.position,
        slot.is_spare,
        tuple(
            Chosen(one.contact.key, one.rank, one.channel, one.meet_on, one.mail_on)
            for one in ranked
            if one.contact.removed_at is None
        ),
    )
