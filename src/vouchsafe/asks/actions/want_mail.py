from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.asks.actions.plan_reminders import plan_reminders
from vouchsafe.asks.actions.send_reminder import locked_request
from vouchsafe.ledger import journal
from vouchsafe.people.models import Correspondent


@transaction.atomic
def want_mail(*, visit: Visit, now: datetime) -> None:
    """A writer who stopped all mails wants them again. Twice is once.

    Writes the wish, plans the reminders of this request anew and notes a line; the others are planned at their next
    step. Refuses whoever came by a link alone: the one who stopped them may not be the one it was sent on to.
    """
    visit.demand_desk()
    if not Correspondent.objects.filter(mailbox=visit.mailbox, no_mail_at__isnull=False).update(
        no_mail_at=None
    ):
        return
    request = locked_request(visit.request.pk)
    plan_reminders(request=request, now=now)
    journal.note(chain=request.contact.owner.key, verb="mail_wanted", about=request.key, by=visit.by, now=now)
