from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.actions.make_calendar_feed import chain_of
from vouchsafe.people.models import Account, CalendarFeed, Correspondent


@transaction.atomic
def revoke_calendar_feed(*, owner: Account | Correspondent, now: datetime) -> None:
    """Take the address back: calendars that have it get nothing more. Writes the time and a line; twice is once."""
    whose = {"account": owner} if isinstance(owner, Account) else {"correspondent": owner}
    row = CalendarFeed.objects.filter(revoked_at__isnull=True, **whose).first()
    if row is not None:
        CalendarFeed.objects.filter(pk=row.pk).update(revoked_at=now)
        journal.note(chain=chain_of(owner), verb="calendar_revoked", about=row.key, by=owner.key, now=now)
