from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.actions.plan_reminders import plan_reminders
from vouchsafe.asks.models import Ask, Link, Purpose, Reminder, Request
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account


class SentAlready(Refusal):
    code = "sent-already"
    msgid = msg("The mail to {writer} has left already.")
    hint_msgid = msg("You can withdraw the request; they will be told politely.")


@transaction.atomic
def withdraw_ask(*, by: Account, request: Request, outgoing_key: str, now: datetime) -> None:
    """Undo: take back an ask that still waits in the outbox.

    Marks the ask row of that mail undone, deletes the link that never left, and plans the reminders anew where
    another ask has been mailed, else drops them. Queues nothing. A second undo changes nothing. Refuses once
    the mail has begun to leave.
    """
    locked = (
        Request.objects.select_for_update(of=("self",))
        .select_related("contact__owner", "correspondent")
        .get(pk=request.pk)
    )
    mail = Outgoing.objects.filter(key=outgoing_key, about=locked.key, kind="ask").first()
    if mail is None:
        raise NotHere(outgoing_key)
    if not outbox.withdraw(mail.key, now=now):
        mail.refresh_from_db()
        if mail.state == Outgoing.State.WITHDRAWN:
            return
        raise SentAlready(writer=locked.contact.name)
    purpose = Purpose.objects.select_related("opportunity").get(key=mail.once.split("|")[1])
    newest = Ask.objects.filter(
        contact=locked.contact,
        opportunity=purpose.opportunity,
        channel=Ask.Channel.MAIL,
        undone_at__isnull=True,
    ).last()
    if newest is not None:
        Ask.objects.filter(pk=newest.pk).update(undone_at=now)
    for link in outbox.read(mail).links.values():
        if isinstance(link, outbox.TokenLink):  # it never left, so the request counts as not mailed by it
            Link.objects.filter(request=locked, n=link.n).delete()
    if Link.objects.filter(request=locked, kind=Link.Kind.MAILED).exists():
        plan_reminders(request=locked, now=now)
    else:
        Reminder.objects.filter(request=locked, sent_at__isnull=True, dropped_at__isnull=True).update(
            dropped_at=now, dropped_why="ask_withdrawn"
        )
    journal.note(chain=by.key, verb="ask_undone", about=locked.key, by=by.key, now=now, detail=mail.key)
