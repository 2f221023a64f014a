from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from vouchsafe.asks.access import stage
from vouchsafe.asks.models import Answer, Mute, Purpose, Reminder, Request
from vouchsafe.asks.spacing import newest_mail
from vouchsafe.core.stages import REQUEST
from vouchsafe.core.timing.reminding import moments_to_remind
from vouchsafe.people.access import working_days_with

YES = (Answer.Said.YES, Answer.Said.YES_IF)


def plan_reminders(*, request: Request, now: datetime) -> list[Reminder]:
    """Plan the reminders of a request anew: rows with times, replacing those not sent yet.

    Before a yes one chase is planned; after it the days before the earliest shown date. Never two
    within 48 hours of each other or of a mail already sent (`asks.spacing`). None while the writer is away, by their own
    word; none for a request that waits for nobody, or whose writer wants none.
    Call it inside a transaction.
    """
    Reminder.objects.filter(request=request, sent_at__isnull=True, dropped_at__isnull=True).update(
        dropped_at=now, dropped_why="planned_anew"
    )
    standing = stage(Request.objects.get(pk=request.pk))
    if Mute.objects.filter(request=request, lifted_at__isnull=True).exists():
        return []
    first = (
        Purpose.objects.filter(request=request, withdrawn_at__isnull=True, shown_on__isnull=False)
        .order_by("shown_on")
        .first()
    )
    if first is None or first.shown_on is None or not REQUEST.allows("remind", standing):
        return []
    said_yes = standing in {"agreed", "writing"}
    # An answer of an earlier round belongs to the letter that is already safe.
    answer = Answer.objects.filter(request=request, said__in=YES).last() if said_yes else None
    chosen = request.correspondent.reminder_days if request.correspondent else []
    moments = moments_to_remind(
        now=now,
        shown_on=(answer.promised_on if answer else None) or first.shown_on,
        said_yes=said_yes,
        days_before=tuple(chosen),
        last_sent_at=newest_mail(request),
        zone=ZoneInfo(request.contact.time_zone or first.zone or "UTC"),
        working_days=working_days_with(request.contact, now.date()),
    )
    return [Reminder.objects.create(request=request, kind=kind, due_at=moment) for kind, moment in moments]
