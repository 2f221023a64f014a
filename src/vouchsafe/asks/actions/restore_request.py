from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.actions.plan_reminders import plan_reminders
from vouchsafe.asks.actions.send_reminder import locked_request
from vouchsafe.asks.actions.withdraw_ask import SentAlready
from vouchsafe.asks.models import Closing, Link, Request
from vouchsafe.ledger import journal, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.models import Account


@transaction.atomic
def restore_request(*, by: Account, request: Request, now: datetime) -> None:
    """Undo: go on asking after all, while nobody has been told.

    Lifts the closing, takes back the mail that would have told the writer, and plans the reminders anew. Asking
    mails that the withdrawal took back are not sent again by themselves. Refuses once the mail has left.
    """
    locked = locked_request(request.pk)
    closing = Closing.objects.filter(
        request=locked, why=Closing.Why.WITHDRAWN, lifted_at__isnull=True
    ).first()
    if closing is None:
        return
    told = Outgoing.objects.filter(once=f"cancelled|{locked.key}|{closing.pk}").first()
    unheard = (Outgoing.State.WITHDRAWN, Outgoing.State.FAILED)  # its writer stopped it, or it never arrived
    if told is not None and told.state not in unheard and not outbox.withdraw(told.key, now=now):
        raise SentAlready(writer=locked.contact.name)
    Closing.objects.filter(pk=closing.pk).update(lifted_at=now, lifted_why="undone")
    if Link.objects.filter(request=locked, kind=Link.Kind.MAILED).exists():
        plan_reminders(request=locked, now=now)
    journal.note(chain=by.key, verb="request_restored", about=locked.key, by=by.key, now=now)
