from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.ask_when_needed import AskedByItself, ask_when_needed
from vouchsafe.asks.actions.send_reminder import locked_request
from vouchsafe.asks.models import Ask, Purpose, Request, Silence
from vouchsafe.core.addresses import ask_path
from vouchsafe.ledger import journal, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.models import Contact
from vouchsafe.plans.models import Choice

MAILED = (Outgoing.State.SENT, Outgoing.State.UNKNOWN)


@transaction.atomic
def propose_stand_by(*, silence: Silence, by: str, now: datetime) -> bool:
    """A mailed ask has been silent for long enough: its applicant is told who stands by, once, and decides.

    Writes how the silence ended and queues one mail; asks nobody but whom the applicant held an ask ready for, and
    tells them so. False where the writer has answered, the mail
    never left, or nobody stands by.
    """
    request = locked_request(silence.request_id)
    row = Silence.objects.get(pk=silence.pk)
    if row.ended_at is not None:
        return False
    why_not = _why_not(request, row)
    asked = ask_when_needed(request=request, by=by, now=now) if not why_not else None
    if asked is not None:
        Silence.objects.filter(pk=row.pk).update(ended_at=now, outcome="asked")
        _tell_asked(request, row, asked, now)
        return True
    stand_by = next_stand_by(request)
    why_not = why_not or ("" if stand_by else "nobody")
    Silence.objects.filter(pk=row.pk).update(ended_at=now, outcome=why_not or "proposed")
    if why_not or stand_by is None:
        return False
    applicant = request.contact.owner
    outbox.queue(
        outbox.Parcel(
            kind="propose_stand_by",
            to_address=applicant.email,
            to_name=applicant.name,
            facts={
                "writer": request.contact.name,
                "silent_days": (now - row.since).days,
                "stand_by": stand_by.name,
            },
            links={"page_url": outbox.PlainLink(ask_path(request.key))},
            language=applicant.language,
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=applicant.key,
        about=request.key,
        once=f"stand_by|{row.mail_key}",
        now=now,
    )
    journal.note(
        chain=applicant.key,
        verb="stand_by_proposed",
        about=request.key,
        by=by,
        now=now,
        detail=stand_by.key,
    )
    return True


def _tell_asked(request: Request, silence: Silence, asked: AskedByItself, now: datetime) -> None:
    applicant = request.contact.owner
    outbox.queue(
        outbox.Parcel(
            kind="stand_by_asked",
            to_address=applicant.email,
            to_name=applicant.name,
            facts={
                "writer": request.contact.name,
                "silent_days": (now - silence.since).days,
                "name": asked.name,
                "goes_at": asked.goes_at,
                "zone": applicant.time_zone,
            },
            links={"page_url": outbox.PlainLink(ask_path(asked.request_key))},
            language=applicant.language,
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=applicant.key,
        about=request.key,
        once=f"stand_by|{silence.mail_key}",
        now=now,
    )


def next_stand_by(request: Request) -> Contact | None:
    """Who comes next after this writer in the plan that counts, and has not been asked for the same yet."""
    purposes = Purpose.objects.filter(request=request, withdrawn_at__isnull=True)
    wanted = list(purposes.values_list("opportunity", flat=True))
    choices = (
        Choice.objects.filter(
            slot__opportunity__in=wanted,
            slot__plan__owner=request.contact.owner,
            slot__plan__replaced_at__isnull=True,
            contact__removed_at__isnull=True,
        )
        .select_related("contact", "slot")
        .order_by("slot__position", "rank")
    )
    rows = list(choices)
    mine = {row.slot_id: row.rank for row in rows if row.contact_id == request.contact_id}
    asked = _asked(wanted, request)
    for row in rows:
        in_turn = (
            row.slot_id in mine or not mine
        )  # of a writer outside the plan any stand-by may take the place
        if in_turn and row.rank > mine.get(row.slot_id, 0) and row.contact_id not in asked:
            return row.contact
    return None


def _asked(opportunities: list[int], request: Request) -> set[int]:
    mailed = Purpose.objects.filter(opportunity__in=opportunities, withdrawn_at__isnull=True)
    spoken = Ask.objects.filter(opportunity__in=opportunities, undone_at__isnull=True)
    return {
        request.contact_id,
        *mailed.values_list("request__contact", flat=True),
        *spoken.exclude(said=Ask.Said.NOT_MET).values_list("contact", flat=True),
    }


def _why_not(request: Request, silence: Silence) -> str:
    if stage(request) != "asked":
        return "answered"
    if request.paused_at is not None:
        return "paused"
    left = Outgoing.objects.filter(key=silence.mail_key, state__in=MAILED).exists()
    return "" if left else "not_mailed"
