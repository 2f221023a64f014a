from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.actions.drop_reminder import BY_APPLICANT
from vouchsafe.asks.models import Reminder, Request
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account


@transaction.atomic
def restore_reminder(*, by: Account, request: Request, key: str, now: datetime) -> None:
    """Undo: a reminder the applicant dropped goes on its day after all, if that day is still to come."""
    if Reminder.objects.filter(
        request=request, key=key, dropped_why=BY_APPLICANT, sent_at__isnull=True, due_at__gt=now
    ).update(dropped_at=None, dropped_why=""):
        journal.note(
            chain=by.key, verb="reminder_restored", about=request.key, by=by.key, now=now, detail=key
        )
