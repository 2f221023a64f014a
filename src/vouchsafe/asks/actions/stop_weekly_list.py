from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.asks.access import MailboxNotProven, Visit
from vouchsafe.asks.actions.plan_weekly_list import monday
from vouchsafe.ledger import journal, outbox
from vouchsafe.people.actions.prove_correspondent import prove_correspondent
from vouchsafe.people.models import WeeklyList


@transaction.atomic
def stop_weekly_list(*, visit: Visit, wanted: bool = False, now: datetime) -> None:
    """A writer wants no weekly list any more, or wants it again. Every other mail still comes.

    Writes the wish and a line, and takes back a list that waits. Twice is once. Only a link that was mailed to the
    mailbox can; refuses one handed over.
    """
    if not visit.mailbox:
        raise MailboxNotProven(writer=visit.request.contact.name)
    writer = prove_correspondent(mailbox=visit.mailbox, contact=visit.request.contact, now=now)
    due_at = monday(writer, visit.request, now, timedelta(days=1))
    row, _ = WeeklyList.objects.get_or_create(correspondent=writer, defaults={"due_at": due_at})
    if (row.stopped_at is None) == wanted:
        return
    if wanted:
        WeeklyList.objects.filter(pk=row.pk).update(stopped_at=None, due_at=due_at)
    else:
        WeeklyList.objects.filter(pk=row.pk).update(stopped_at=now)
        outbox.withdraw_about(writer.key, kinds=("writer_digest",), now=now)
    journal.note(
        chain=visit.request.contact.owner.key,
        verb="weekly_list_wanted" if wanted else "weekly_list_stopped",
        about=visit.request.key,
        by=writer.key,
        now=now,
    )
