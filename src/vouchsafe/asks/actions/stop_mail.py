from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import MailboxNotProven, Visit
from vouchsafe.asks.models import Reminder, Request
from vouchsafe.ledger import journal, outbox
from vouchsafe.people.actions.prove_correspondent import prove_correspondent
from vouchsafe.people.models import Correspondent

KINDS = ("ask", "reminder", "thanks", "outcome", "cancelled", "promise", "promise_off")


@transaction.atomic
def stop_mail(*, visit: Visit, now: datetime) -> None:
    """A writer presses "Stop emails like this": nothing more is mailed to that mailbox, codes excepted.

    Writes the wish on the correspondent, drops reminders, takes back what waits. Only a mailed link can, also one
    that went to an earlier address of theirs: it stops what others mail there. Refuses a link handed over.
    """
    if not visit.mailbox:
        raise MailboxNotProven(writer=visit.request.contact.name)
    correspondent = prove_correspondent(mailbox=visit.mailbox, contact=visit.request.contact, now=now)
    if correspondent.no_mail_at is None:
        Correspondent.objects.filter(pk=correspondent.pk).update(no_mail_at=now)
    if not visit.is_proven:  # an address they were written to before: nothing goes there any more
        return
    Request.objects.filter(pk=visit.request.pk, correspondent__isnull=True).update(
        correspondent=correspondent
    )
    Reminder.objects.filter(request=visit.request, sent_at__isnull=True, dropped_at__isnull=True).update(
        dropped_at=now, dropped_why="stopped"
    )
    outbox.withdraw_about(visit.request.key, kinds=KINDS, now=now)
    outbox.withdraw_about(correspondent.key, kinds=("writer_digest",), now=now)
    journal.note(
        chain=visit.request.contact.owner.key,
        verb="mail_stopped",
        about=visit.request.key,
        by=correspondent.key,
        now=now,
    )
