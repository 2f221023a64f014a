from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.asks.actions.say_away import replan
from vouchsafe.asks.models import Reminder
from vouchsafe.ledger import journal
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Away


@transaction.atomic
def take_back_away(*, visit: Visit, key: str, now: datetime) -> None:
    """A writer is there after all. Writes when, a line, and plans their reminders as if nothing had been said.

    Twice is once. Refuses a link alone; days of another mailbox are not here.
    """
    visit.demand_desk()
    row = (
        Away.objects.select_related("correspondent")
        .filter(correspondent__mailbox=visit.mailbox, key=key)
        .first()
    )
    if row is None:
        raise NotHere(key)
    if not Away.objects.filter(pk=row.pk, taken_back_at__isnull=True).update(taken_back_at=now):
        return
    replan(visit.mailbox, Reminder.objects.all(), now)
    writer = row.correspondent.key
    journal.note(chain=writer, verb="away_taken_back", about=writer, by=writer, now=now, detail=key)
