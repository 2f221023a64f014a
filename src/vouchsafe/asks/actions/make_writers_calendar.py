from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.asks.models import Request
from vouchsafe.people.actions.make_calendar_feed import make_calendar_feed
from vouchsafe.people.actions.prove_correspondent import prove_correspondent
from vouchsafe.people.models import CalendarFeed


@transaction.atomic
def make_writers_calendar(*, visit: Visit, now: datetime) -> CalendarFeed:
    """Make a writer's calendar address: every letter their mailbox is asked for, over all applicants.

    Writes the correspondent if this is the mailbox's first act, the feed and a line. Asked twice it stays the same
    address. Refuses a link alone: who was sent it on must not see whom else the writer writes for.
    """
    visit.demand_own_code()
    writer = prove_correspondent(mailbox=visit.mailbox, contact=visit.request.contact, now=now)
    Request.objects.filter(pk=visit.request.pk, correspondent__isnull=True).update(correspondent=writer)
    return make_calendar_feed(owner=writer, now=now)
