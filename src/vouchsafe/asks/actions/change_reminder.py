from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from vouchsafe.asks.actions.send_reminder import locked_request
from vouchsafe.asks.models import Purpose, Reminder
from vouchsafe.asks.spacing import too_close
from vouchsafe.core.timing.hours import OPENS
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account, Correspondent


class ReminderDayNotPossible(Refusal):
    code = "reminder-day-not-possible"
    msgid = msg("A reminder can’t go on {date}.")
    hint_msgid = msg("Choose a day after today and not after {last}.")


class RemindersTooClose(Refusal):
    code = "reminders-too-close"
    msgid = msg("Another mail about this is sent on {other}, less than two days away from {date}.")
    hint_msgid = msg("Leave two days between them, or drop one.")


@transaction.atomic
def change_reminder(
    *, by: Account | Correspondent, reminder: Reminder, day: date, today: date, now: datetime
) -> Reminder:
    """Move a planned reminder to another day, in the writer's morning.

    Writes the row and a line. Refuses today and the past, a day after the date shown, and one within 48 hours
    of another mail about this letter.
    """
    request = locked_request(reminder.request_id)
    shown = [
        purpose.shown_on
        for purpose in Purpose.objects.filter(request=request, withdrawn_at__isnull=True)
        if purpose.shown_on
    ]
    last = max(shown, default=day)
    if day <= today or day > last:
        raise ReminderDayNotPossible(date=day, last=last)
    zone = ZoneInfo(request.contact.time_zone or "UTC")
    moment = datetime.combine(day, OPENS, zone).astimezone(UTC)
    other = too_close(request, moment, but=reminder)
    if other is not None:
        raise RemindersTooClose(date=day, other=other.date())
    Reminder.objects.filter(pk=reminder.pk, sent_at__isnull=True, dropped_at__isnull=True).update(
        due_at=moment
    )
    reminder.due_at = moment
    journal.note(
        chain=request.contact.owner.key,
        verb="reminder_moved",
        about=request.key,
        by=by.key,
        now=now,
        detail=reminder.key,
    )
    return reminder
