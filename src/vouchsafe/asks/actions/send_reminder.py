from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.make_link import make_link, token_link
from vouchsafe.asks.models import Link, Purpose, Reminder, Request
from vouchsafe.core.stages import REQUEST
from vouchsafe.ledger import journal, outbox

APART = timedelta(hours=48)
MOST = 3


@transaction.atomic
def send_reminder(*, reminder: Reminder, by: str, now: datetime) -> bool:
    """Queue one planned reminder, if it still has a reason.

    Claims the row, then asks again whether the request waits for its writer, whether one left within 48 hours,
    whether the writer takes mail, and whether three have been sent. Writes the time it was sent, or why it was dropped.
    """
    request = (
        Request.objects.select_for_update(of=("self",))
        .select_related("contact__owner", "correspondent")
        .get(pk=reminder.request_id)
    )
    row = Reminder.objects.get(pk=reminder.pk)
    if row.sent_at is not None or row.dropped_at is not None:
        return False
    why = _why_not(request, now)
    purpose = (
        Purpose.objects.filter(request=request, withdrawn_at__isnull=True, shown_on__isnull=False)
        .order_by("shown_on")
        .first()
    )
    first = request.contact.addresses.first()
    if purpose is None or first is None:
        why = why or "nothing_to_remind_of"
    if why or purpose is None or first is None:
        Reminder.objects.filter(pk=row.pk).update(dropped_at=now, dropped_why=why)
        return False
    owner = request.contact.owner
    count = Reminder.objects.filter(request=request, sent_at__isnull=False).count() + 1
    link = make_link(request=request, kind=Link.Kind.MAILED, mailbox=first.mailbox, now=now)
    outbox.queue(
        outbox.Parcel(
            kind="reminder",
            to_address=first.address,
            to_name=request.contact.name,
            facts={
                "applicant": owner.name,
                "by": purpose.shown_on,
                "number": min(count, MOST),
                "said_yes": stage(request) in {"agreed", "writing"},
            },
            links={"page_url": token_link(link), "stop_url": token_link(link, "stop_path")},
            reply_key=request.key,
            thread=request.key,
            language=owner.language,
        ),
        delivery=outbox.Delivery.AT_MOST_ONCE,
        chain=owner.key,
        about=request.key,
        once=f"reminder|{row.key}",
        now=now,
    )
    Reminder.objects.filter(pk=row.pk).update(sent_at=now)
    journal.note(chain=owner.key, verb="reminder_queued", about=request.key, by=by, now=now, detail=row.kind)
    return True


def _why_not(request: Request, now: datetime) -> str:
    if not REQUEST.allows("remind", stage(request)):
        return "not_waiting"
    if request.paused_at is not None:
        return "paused"
    if request.correspondent is not None and request.correspondent.no_mail_at is not None:
        return "stopped"
    sent = Reminder.objects.filter(request=request, sent_at__isnull=False)
    if sent.filter(sent_at__gt=now - APART).exists():
        return "too_soon"
    return "three_sent" if sent.filter(kind="before").count() >= MOST else ""
