from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from vouchsafe.asks.actions.send_reminder import locked_request
from vouchsafe.asks.models import Purpose, Reminder, Request
from vouchsafe.asks.spacing import APART
from vouchsafe.core.timing.hours import OPENS
from vouchsafe.ledger import journal
from vouchsafe.people.access import working_days_with

AWAY = "away"


@transaction.atomic
def shift_reminders(*, request: Request, returns_on: date, by: str, now: datetime) -> int:
    """The writer is away: reminders that would come before they are back wait for that morning.

    Moves the rows, 48 hours apart, and drops those that no longer fit before the date shown; writes one line.
    Returns how many were moved or dropped; a date that changes nothing writes nothing.
    """
    locked = locked_request(request.pk)
    zone = ZoneInfo(locked.contact.time_zone or "UTC")
    days = working_days_with(locked.contact, now.date())
    back = datetime.combine(days.on_or_after(returns_on), OPENS, zone).astimezone(UTC)
    planned = list(Reminder.objects.filter(request=locked, sent_at__isnull=True, dropped_at__isnull=True))
    shown = [
        row.shown_on
        for row in Purpose.objects.filter(request=locked, withdrawn_at__isnull=True)
        if row.shown_on is not None
    ]
    last_day = max(shown, default=None)
    earliest, changed = back, 0
    for row in planned:  # ordered by when they are due
        moment = max(row.due_at, earliest)
        earliest = moment + APART
        if moment == row.due_at:
            continue
        changed += 1
        if last_day is not None and moment.astimezone(zone).date() > last_day:
            Reminder.objects.filter(pk=row.pk).update(dropped_at=now, dropped_why=AWAY)
            earliest = back
        else:
            Reminder.objects.filter(pk=row.pk).update(due_at=moment)
    if changed:
        journal.note(
            chain=locked.contact.owner.key,
            verb="writer_away",
            about=locked.key,
            by=by,
            now=now,
            detail=returns_on.isoformat(),
        )
    return changed
