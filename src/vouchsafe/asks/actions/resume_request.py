from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.actions.plan_reminders import plan_reminders
from vouchsafe.asks.actions.send_reminder import locked_request
from vouchsafe.asks.mailbox import BY_APPLICANT
from vouchsafe.asks.models import Link, Request
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account


@transaction.atomic
def resume_request(*, by: Account, request: Request, now: datetime) -> None:
    """Go on with a request that its applicant paused: reminders are planned anew. Writes a line; twice is once.

    A pause that a bounced mail caused stays: only another address ends it.
    """
    locked = locked_request(request.pk)
    if locked.paused_at is None or locked.paused_why != BY_APPLICANT:
        return
    Request.objects.filter(pk=locked.pk).update(paused_at=None, paused_why="")
    if Link.objects.filter(request=locked, kind=Link.Kind.MAILED).exists():
        plan_reminders(request=locked, now=now)
    journal.note(chain=by.key, verb="request_resumed", about=locked.key, by=by.key, now=now)
