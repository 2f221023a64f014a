from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from vouchsafe.asks.access import Visit, reminder
from vouchsafe.asks.actions.change_reminder import change_reminder
from vouchsafe.people.actions.prove_correspondent import prove_correspondent


@transaction.atomic
def move_own_reminder(*, visit: Visit, key: str, day: date, today: date, now: datetime) -> None:
    """The writer moves a reminder to a day that suits them. Writes and refuses what `change_reminder` does."""
    visit.demand_proof()
    writer = prove_correspondent(mailbox=visit.mailbox, contact=visit.request.contact, now=now)
    change_reminder(by=writer, reminder=reminder(visit.request, key), day=day, today=today, now=now)
