from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.asks.actions.plan_reminders import plan_reminders
from vouchsafe.asks.actions.send_reminder import locked_request
from vouchsafe.asks.models import Mute, Reminder
from vouchsafe.ledger import journal, outbox

BY_WRITER = "writer"


@transaction.atomic
def mute_reminders(*, visit: Visit, muted: bool, now: datetime) -> None:
    """The writer wants no reminders about this request, or wants them again. Other mails still come.

    Writes the wish, drops what was planned and takes back what waits, or plans anew. Twice is once. Refuses a
    visit that proves no mailbox.
    """
    visit.demand_proof()
    request = locked_request(visit.request.pk)
    in_force = Mute.objects.filter(request=request, lifted_at__isnull=True)
    if muted == in_force.exists():
        return
    if muted:
        Mute.objects.create(request=request, muted_at=now)
        Reminder.objects.filter(request=request, sent_at__isnull=True, dropped_at__isnull=True).update(
            dropped_at=now, dropped_why=BY_WRITER
        )
        outbox.withdraw_about(request.key, kinds=("reminder",), now=now)
    else:
        in_force.update(lifted_at=now)
        plan_reminders(request=request, now=now)
    journal.note(
        chain=request.contact.owner.key,
        verb="reminders_muted" if muted else "reminders_wanted",
        about=request.key,
        by=visit.by,
        now=now,
    )
