from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.make_link import make_link, token_link
from vouchsafe.asks.mailbox import WritersMailbox, demand_mailable
from vouchsafe.asks.models import Answer, Link, Purpose, Reminder, Request
from vouchsafe.asks.reach import is_reachable
from vouchsafe.asks.spacing import APART, is_yet_to_leave, left_lately
from vouchsafe.core.stages import REQUEST
from vouchsafe.core.timing import decent_hour
from vouchsafe.core.words import Refusal
from vouchsafe.ledger import journal, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.access import working_days_with
from vouchsafe.people.mail_language import language_of

MOST = 3
LATE = timedelta(hours=1)
DROPPED_FOR = {
    "stops-mail": "stopped",
    "mail-paused": "paused",
    "paused-by-you": "paused",
    "no-address": "no_address",
}


@transaction.atomic
def send_reminder(*, reminder: Reminder, by: str, now: datetime) -> bool:
    """Queue one planned reminder, if it still has a reason.

    Claims the row, then asks again whether the request waits for its writer, whether one left within 48 hours,
    whether the writer takes mail, and whether three have been sent. Writes the time it was sent, or why it was dropped.
    A worker that was away over its hour moves it to the next decent one, so that nobody gets it at night, and
    keeps 48 hours from an ask that leaves only now.
    """
    request = locked_request(reminder.request_id)
    row = Reminder.objects.get(pk=reminder.pk)
    if row.sent_at is not None or row.dropped_at is not None:
        return False
    why = _why_not(request, now)
    try:
        to = demand_mailable(request)
    except Refusal as refusal:
        why = why or DROPPED_FOR.get(refusal.code, "own_address")
    if why == "" and is_yet_to_leave(request, row.due_at - APART):
        # The worker slept over the ask as well, which leaves only now: the reminder keeps its distance from it.
        Reminder.objects.filter(pk=row.pk).update(due_at=_decent(request, now + APART))
        return False
    if why:
        Reminder.objects.filter(pk=row.pk).update(dropped_at=now, dropped_why=why)
        return False
    if now > row.due_at + LATE and (decent := _decent(request, now)) > now:
        Reminder.objects.filter(pk=row.pk).update(due_at=decent)
        return False
    queue_reminder(request=request, row=row, to=to, by=by, now=now)
    return True


def locked_request(pk: int) -> Request:
    return (
        Request.objects.select_for_update(of=("self",))
        .select_related("contact__owner", "correspondent")
        .get(pk=pk)
    )


def queue_reminder(
    *,
    request: Request,
    row: Reminder,
    to: WritersMailbox,
    by: str,
    words: str = "",
    wait: timedelta = timedelta(0),
    now: datetime,
) -> Outgoing:
    """Put one reminder into the outbox with a link of its own and mark its row sent, in the caller's transaction."""
    owner = request.contact.owner
    count = Reminder.objects.filter(request=request, sent_at__isnull=False).count() + 1
    link = make_link(request=request, kind=Link.Kind.MAILED, mailbox=to.mailbox, now=now)
    mail = outbox.queue(
        outbox.Parcel(
            kind="reminder",
            to_address=to.address,
            to_name=request.contact.name,
            facts=reminder_facts(request, min(count, MOST), words),
            links={"page_url": token_link(link), "stop_url": token_link(link, "stop_path")}
            if is_reachable()
            else {},
            reply_key=request.key,
            thread=request.key,
            language=language_of(request.contact),
        ),
        delivery=outbox.Delivery.AT_MOST_ONCE,
        chain=owner.key,
        about=request.key,
        once=f"reminder|{row.key}",
        now=now,
        wait=wait,
    )
    Reminder.objects.filter(pk=row.pk).update(sent_at=now)
    journal.note(chain=owner.key, verb="reminder_queued", about=request.key, by=by, now=now, detail=row.kind)
    return mail


def reminder_facts(request: Request, number: int, words: str = "") -> dict[str, object]:
    """What a reminder says: the next date is the one promised, else the earliest one shown."""
    said_yes = stage(request) in {"agreed", "writing"}
    answer = Answer.objects.filter(request=request).last() if said_yes else None
    purpose = (
        Purpose.objects.filter(request=request, withdrawn_at__isnull=True, shown_on__isnull=False)
        .order_by("shown_on")
        .first()
    )
    shown = purpose.shown_on if purpose else None
    return {
        "applicant": request.contact.owner.name,
        "by": (answer.promised_on if answer else None) or shown,
        "number": number,
        "said_yes": said_yes,
        "words": words,
    }


def _decent(request: Request, now: datetime) -> datetime:
    """The next decent hour in the writer's zone, as it is known now."""
    purpose = Purpose.objects.filter(request=request, withdrawn_at__isnull=True).order_by("shown_on").first()
    zone = request.contact.time_zone or (purpose.zone if purpose else "") or "UTC"
    return decent_hour(now, ZoneInfo(zone), working_days_with(request.contact, now.date()))


def _why_not(request: Request, now: datetime) -> str:
    if not REQUEST.allows("remind", stage(request)):
        return "not_waiting"
    sent = Reminder.objects.filter(request=request, sent_at__isnull=False)
    if left_lately(request, now):
        return "too_soon"
    return "three_sent" if sent.filter(kind="before").count() >= MOST else ""
