from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.actions.plan_reminders import plan_reminders
from vouchsafe.asks.actions.send_reminder import locked_request
from vouchsafe.asks.actions.withdraw_ask import SentAlready
from vouchsafe.asks.models import Link, Reminder, Request
from vouchsafe.ledger import journal, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account


@transaction.atomic
def withdraw_reminder(*, by: Account, request: Request, outgoing_key: str, now: datetime) -> None:
    """Undo: take back a reminder that still waits in the outbox.

    The row no longer counts, the link that never left is deleted, and the others are planned anew. A second undo
    changes nothing. Refuses once the mail has begun to leave.
    """
    locked = locked_request(request.pk)
    mail = Outgoing.objects.filter(key=outgoing_key, about=locked.key, kind="reminder").first()
    if mail is None:
        raise NotHere(outgoing_key)
    if not outbox.withdraw(mail.key, now=now):
        mail.refresh_from_db()
        if mail.state == Outgoing.State.WITHDRAWN:
            return
        raise SentAlready(writer=locked.contact.name)
    Reminder.objects.filter(request=locked, key=mail.once.split("|")[1]).update(
        sent_at=None, dropped_at=now, dropped_why="undone"
    )
    for link in outbox.read(mail).links.values():
        if isinstance(link, outbox.TokenLink):
            Link.objects.filter(request=locked, n=link.n).delete()
    plan_reminders(request=locked, now=now)
    journal.note(chain=by.key, verb="reminder_undone", about=locked.key, by=by.key, now=now, detail=mail.key)
