from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from vouchsafe.asks.access import ask_mail
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.mailbox import writers_zone
from vouchsafe.asks.models import Answer, Ask, Purpose, Request
from vouchsafe.core.timing import decent_hour
from vouchsafe.core.words import Refusal
from vouchsafe.ledger import journal
from vouchsafe.people.access import working_days_with
from vouchsafe.plans.models import Choice


@dataclass(frozen=True, slots=True)
class AskedByItself:
    """Whom the house asked by the applicant's word, and when the mail goes: until then it can be taken back."""

    request_key: str
    name: str
    goes_at: datetime


def ask_when_needed(*, request: Request, by: str, now: datetime) -> AskedByItself | None:
    """A writer said no or stayed silent: the next ask that its applicant held ready for the same goes out.

    In the caller's transaction. Writes what `send_ask` writes and notes a line; the mail waits as long as any other for an undo, and for a decent hour where its writer lives. None where nothing is
    held ready, or where what was can't be sent any more: then the applicant is asked, as without their word.
    """
    purpose = _next_ready(request, now)
    if purpose is None:
        return None
    owner, writer = request.contact.owner, purpose.request.contact
    zone = ZoneInfo(writers_zone(purpose.request))
    morning = decent_hour(now, zone, working_days_with(writer, now.date()))
    try:
        with transaction.atomic():
            mail = send_ask(
                by=owner,
                purpose=purpose,
                now=now,
                undo=timedelta(seconds=settings.UNDO_SECONDS),
                send_at=morning,
            )
    except Refusal:  # too late by now, the address gone, mails stopped: the applicant is told who stands by
        return None
    journal.note(
        chain=owner.key,
        verb="stand_by_asked",
        about=request.key,
        by=by,
        now=now,
        detail=purpose.request.contact.key,
    )
    return AskedByItself(purpose.request.key, writer.name, mail.due_at)


def _next_ready(request: Request, now: datetime) -> Purpose | None:
    """By the order of the plan that counts; whoever is not in it comes last, the one held ready first.

    Whoever has answered since, or said no in person, is not asked without a new word of the applicant's.
    """
    wanted = list(
        Purpose.objects.filter(request=request, withdrawn_at__isnull=True).values_list(
            "opportunity", flat=True
        )
    )
    owner = request.contact.owner
    answered = Answer.objects.filter(request=OuterRef("request"), answered_at__gte=OuterRef("ready_at"))
    said_no = Ask.objects.filter(
        contact=OuterRef("request__contact"),
        opportunity=OuterRef("opportunity"),
        said=Ask.Said.NO,
        undone_at__isnull=True,
        recorded_at__gte=OuterRef("ready_at"),
    )
    rows = (
        Purpose.objects.select_for_update(of=("self",))
        .filter(
            opportunity__in=wanted,
            ready_at__isnull=False,
            withdrawn_at__isnull=True,
            request__contact__owner=owner,
            request__contact__removed_at__isnull=True,
            opportunity__removed_at__isnull=True,
        )
        .exclude(request=request)
        .filter(~Exists(answered), ~Exists(said_no))
        .select_related("request__contact__owner", "request__correspondent", "opportunity")
    )
    today = now.astimezone(ZoneInfo(owner.time_zone or "UTC")).date()
    ready = [row for row in rows if (row.shown_on is None or row.shown_on >= today) and ask_mail(row) is None]
    choices = Choice.objects.filter(
        slot__opportunity__in=wanted, slot__plan__owner=owner, slot__plan__replaced_at__isnull=True
    ).values_list("contact", "slot__position", "rank")
    places: dict[int, tuple[int, int]] = {}
    for contact, position, rank in choices:
        places[contact] = min(places.get(contact, (rank, position)), (rank, position))
    last = (10**6, 0)
    ready.sort(key=lambda row: (places.get(row.request.contact_id, last), row.ready_at, row.pk))
    return ready[0] if ready else None
