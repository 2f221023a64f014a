from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import MailboxNotProven, Visit, asked_of, is_writers
from vouchsafe.asks.models import Reminder, Request
from vouchsafe.ledger import journal, outbox
from vouchsafe.people.actions.prove_correspondent import prove_correspondent
from vouchsafe.people.models import Correspondent

KINDS = ("ask", "reminder", "thanks", "outcome", "cancelled", "promise", "promise_off")


@transaction.atomic
def stop_mail(*, visit: Visit, now: datetime) -> None:
    """A writer presses "Stop emails like this": nothing more is mailed to that mailbox, codes excepted.

    Writes the wish on the correspondent; drops the reminders and takes back what waits, of everybody who asks that
    mailbox. Only a mailed link can, also one that went to an earlier address of theirs: it stops what others mail
    there. Refuses a link handed over.
    """
    if not visit.mailbox:
        raise MailboxNotProven(writer=visit.request.contact.name)
    correspondent = prove_correspondent(mailbox=visit.mailbox, contact=visit.request.contact, now=now)
    if correspondent.no_mail_at is None:
        Correspondent.objects.filter(pk=correspondent.pk).update(no_mail_at=now)
    outbox.withdraw_about(correspondent.key, kinds=("writer_digest",), now=now)
    for request in _written_to(visit):
        Reminder.objects.filter(request=request, sent_at__isnull=True, dropped_at__isnull=True).update(
            dropped_at=now, dropped_why="stopped"
        )
        outbox.withdraw_about(request.key, kinds=KINDS, now=now)
    if not visit.is_proven:  # an address they were written to before: nothing goes there any more
        return
    Request.objects.filter(pk=visit.request.pk, correspondent__isnull=True).update(
        correspondent=correspondent
    )
    journal.note(
        chain=visit.request.contact.owner.key,
        verb="mail_stopped",
        about=visit.request.key,
        by=correspondent.key,
        now=now,
    )


def _written_to(visit: Visit) -> list[Request]:
    """Every request whose mails go to that mailbox now, over all applicants; the one they came from, if they still do."""
    found = {row.pk: row for row in asked_of(visit.mailbox).select_related("contact__owner", "correspondent")}
    if visit.is_proven:
        found[visit.request.pk] = visit.request
    return [row for row in found.values() if is_writers(row, visit.mailbox)]
