from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from vouchsafe.asks.models import Answer, Purpose, Reminder, Request
from vouchsafe.core.timing import Place, working_days_of
from vouchsafe.core.timing.reminding import moments_to_remind


def plan_reminders(*, request: Request, now: datetime) -> list[Reminder]:
    """Plan the reminders of a request anew: rows with times, replacing those not sent yet.

    Before a yes one chase is planned; after it the days before the earliest shown date. Never two
    within 48 hours of each other or of one already sent. Call it inside a transaction.
    """
    Reminder.objects.filter(request=request, sent_at__isnull=True, dropped_at__isnull=True).update(
        dropped_at=now, dropped_why="planned_anew"
    )
    purposes = list(
        Purpose.objects.filter(request=request, withdrawn_at__isnull=True, shown_on__isnull=False)
    )
    if not purposes:
        return []
    first = min(purposes, key=lambda purpose: purpose.shown_on)  # type: ignore[arg-type, return-value]  # filtered above
    answer = Answer.objects.filter(request=request).order_by("-answered_at", "-id").first()
    chosen = request.correspondent.reminder_days if request.correspondent else []
    zone = ZoneInfo(request.contact.time_zone or first.zone or "UTC")
    last_sent = (
        Reminder.objects.filter(request=request, sent_at__isnull=False)
        .order_by("-sent_at")
        .values_list("sent_at", flat=True)
    ).first()
    moments = moments_to_remind(
        now=now,
        shown_on=answer.promised_on or first.shown_on if answer else first.shown_on,  # type: ignore[arg-type]
        said_yes=answer is not None and answer.said in {Answer.Said.YES, Answer.Said.YES_IF},
        days_before=tuple(chosen),
        last_sent_at=last_sent,
        zone=zone,
        working_days=working_days_of(Place(request.contact.country)),
    )
    return [Reminder.objects.create(request=request, kind=kind, due_at=moment) for kind, moment in moments]
