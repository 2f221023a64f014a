from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.models import Reminder
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account

BY_APPLICANT = "applicant"


@transaction.atomic
def drop_reminder(*, by: Account, reminder: Reminder, now: datetime) -> None:
    """Drop a planned reminder. Writes why and a line; one that has left or was dropped stays as it is."""
    if Reminder.objects.filter(pk=reminder.pk, sent_at__isnull=True, dropped_at__isnull=True).update(
        dropped_at=now, dropped_why=BY_APPLICANT
    ):
        journal.note(
            chain=by.key,
            verb="reminder_dropped",
            about=reminder.request.key,
            by=by.key,
            now=now,
            detail=reminder.key,
        )
