from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.models import Ask, Link, Reminder, Request
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.people.models import Account


class SentAlready(Refusal):
    code = "sent-already"
    msgid = msg("The mail to {writer} has left already.")
    hint_msgid = msg("You can withdraw the request; they will be told politely.")


@transaction.atomic
def withdraw_ask(*, by: Account, request: Request, outgoing_key: str, now: datetime) -> None:
    """Undo: take back an ask that still waits in the outbox.

    Marks its newest ask row undone, revokes the link that never left and drops planned reminders.
    Queues nothing. Refuses once the mail has begun to leave.
    """
    if not outbox.withdraw(outgoing_key, now=now):
        raise SentAlready(writer=request.contact.name)
    newest = (
        Ask.objects.filter(contact=request.contact, channel=Ask.Channel.MAIL, undone_at__isnull=True)
        .order_by("-recorded_at", "-id")
        .first()
    )
    if newest is not None:
        newest.undone_at = now
        newest.save(update_fields=["undone_at"])
    link = (
        Link.objects.filter(request=request, kind=Link.Kind.MAILED, revoked_at__isnull=True)
        .order_by("-n")
        .first()
    )
    if link is not None:
        link.delete()  # it never left, so the request counts as not mailed
    Reminder.objects.filter(request=request, sent_at__isnull=True, dropped_at__isnull=True).update(
        dropped_at=now, dropped_why="ask_withdrawn"
    )
    journal.note(chain=by.key, verb="ask_undone", about=request.key, by=by.key, now=now, detail=outgoing_key)
