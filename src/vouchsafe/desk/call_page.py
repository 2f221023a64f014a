"""What a call asks, for whoever holds its link, and how far an applicant's own part in it is; and the office's list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.stages import CALL
from vouchsafe.desk.call_table import CallRow, own_row
from vouchsafe.packets.models import Seat
from vouchsafe.people.access import own_addresses
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.access_calls import application_in, calls, day_there, stage
from vouchsafe.plans.models import Application, Call, CallInvitation, Choice


@dataclass(frozen=True, slots=True)
class CallLine:
    """One line of the office's list."""

    key: str
    title: str
    organisation: str
    stage: str
    closes_on: date
    due_on: date
    applicants: int


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What every page of a call says of it."""

    key: str
    title: str
    organisation: str
    about: str
    guidance: str
    wanted: tuple[str, ...]
    need: int
    most: int
    most_pages: int | None
    closes_on: date
    due_on: date
    zone: str
    confidentiality: str
    holds: bool
    may_replace: bool
    stage: str
    is_over: bool
    """The last day for applicants is behind us."""
    letters_over: bool
    readers: tuple[str, ...]
    """Who reads on the committee, by name: told to everybody."""


@dataclass(frozen=True, slots=True)
class WriterChoice:
    """Somebody an applicant may nominate. `fit` is the plan's, out of a hundred; none where they are not in it."""

    key: str
    name: str
    organisation: str
    fit: int | None


@dataclass(frozen=True, slots=True)
class OwnPart:
    """An applicant's own part: how far each writer is, and whom else they may nominate."""

    opportunity_key: str
    row: CallRow
    choices: tuple[WriterChoice, ...]
    left: bool
    may_nominate: bool


@dataclass(frozen=True, slots=True)
class PartLine:
    """One call an applicant takes part in, with how many writers they have named."""

    key: str
    title: str
    due_on: date
    named: int
    need: int


@dataclass(frozen=True, slots=True)
class InvitedCall:
    key: str
    title: str
    closes_on: date


def call_lines(viewer: Account) -> tuple[CallLine, ...]:
    """The list, in one query."""
    standing = Q(applications__in=Application.objects.standing())
    rows = calls(viewer).annotate(applicants=Count("applications", filter=standing))
    return tuple(
        CallLine(
            row.key,
            row.title,
            row.organisation,
            stage(row),
            row.closes_on,
            row.due_on,
            row.applicants,  # type: ignore[attr-defined]  # annotated above
        )
        for row in rows
    )


def call_facts(call: Call, now: datetime) -> CallFacts:
    """One query beside the call's own."""
    seats = Seat.objects.filter(call=call, revoked_at__isnull=True, expires_at__gt=now)
    today = day_there(call, now)
    return CallFacts(
        key=call.key,
        title=call.title,
        organisation=call.organisation,
        about=call.about,
        guidance=call.guidance,
        wanted=tuple(call.wanted),
        need=call.need,
        most=call.most,
        most_pages=call.most_pages,
        closes_on=call.closes_on,
        due_on=call.due_on,
        zone=call.zone,
        confidentiality=call.confidentiality,
        holds=call.holds,
        may_replace=call.may_replace,
        stage=stage(call),
        is_over=today > call.closes_on,
        letters_over=today > call.due_on,
        readers=tuple(seats.values_list("name", flat=True)),
    )


def own_part(viewer: Account, call: Call, now: datetime) -> OwnPart | None:
    """None for whoever takes no part. As the plan gives it, the best fit stands first among those to nominate."""
    application = application_in(call, viewer)
    if application is None:
        return None
    row = own_row(application, now)
    named = {cell.contact_key for cell in row.cells}
    fits = {
        key: round(fit * 100)
        for key, fit in Choice.objects.filter(
            slot__opportunity=application.opportunity_id,
            slot__plan__owner=viewer,
            slot__plan__replaced_at__isnull=True,
        ).values_list("contact__key", "fit")
    }
    contacts = (
        Contact.objects.of(viewer).filter(unreachable=False).exclude(key__in=named).order_by("name", "pk")
    )
    choices = [WriterChoice(one.key, one.name, one.organisation, fits.get(one.key)) for one in contacts]
    choices.sort(key=lambda one: -(one.fit if one.fit is not None else -1))
    left = application.withdrawn_at is not None
    may = not left and CALL.allows("nominate", stage(call)) and day_there(call, now) <= call.due_on
    return OwnPart(
        opportunity_key=application.opportunity.key,
        row=row,
        choices=tuple(choices),
        left=left,
        may_nominate=may and len(row.cells) < call.most,
    )


def part_of(viewer: Account, opportunity_key: str) -> str:
    """The key of the call that one of an applicant's opportunities is their part in; else empty."""
    rows = Application.objects.filter(applicant=viewer, opportunity__key=opportunity_key)
    return rows.values_list("call__key", flat=True).first() or ""


def parts_of(viewer: Account) -> tuple[PartLine, ...]:
    """Every call the viewer takes part in, the nearest day first. One query."""
    standing = Q(nominations__withdrawn_at__isnull=True)
    rows = Application.objects.standing().filter(applicant=viewer).select_related("call")
    return tuple(
        PartLine(row.call.key, row.call.title, row.call.due_on, row.named, row.call.need)  # type: ignore[attr-defined]  # annotated
        for row in rows.annotate(named=Count("nominations", filter=standing)).order_by("call__due_on", "id")
    )


def invited_calls(viewer: Account, now: datetime) -> tuple[InvitedCall, ...]:
    """Calls that the office invited this account to, still open, in which it takes no part yet. Two queries."""
    mailboxes = {found for address in own_addresses(viewer) if (found := normalise(address))}
    mine = Application.objects.filter(applicant=viewer).values("call")
    invited = CallInvitation.objects.filter(mailbox__in=mailboxes).values("call")
    rows = Call.objects.open().filter(pk__in=invited).exclude(pk__in=mine)
    return tuple(
        InvitedCall(row.key, row.title, row.closes_on) for row in rows if day_there(row, now) <= row.closes_on
    )
