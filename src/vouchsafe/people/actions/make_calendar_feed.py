from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import custody, journal
from vouchsafe.ledger.keys import new_key, token_hash
from vouchsafe.people.access import FEED
from vouchsafe.people.models import Account, CalendarFeed, Correspondent


@transaction.atomic
def make_calendar_feed(*, owner: Account | Correspondent, now: datetime) -> CalendarFeed:
    """Make the private address that a calendar subscribes to. Writes one row and a line; queues nothing.

    Asked twice it stays the same address. The row holds the address's hash alone: it is made again from
    the keys whenever its owner wants to copy it.
    """
    whose = {"account": owner} if isinstance(owner, Account) else {"correspondent": owner}
    row = CalendarFeed.objects.filter(revoked_at__isnull=True, **whose).first()
    if row is not None:
        return row
    key, generation = new_key(), custody.secret_generation()
    row = CalendarFeed.objects.create(
        key=key,
        generation=generation,
        token_hash=token_hash(custody.token(FEED, key, 1, generation)),
        made_at=now,
        **whose,
    )
    journal.note(chain=chain_of(owner), verb="calendar_made", about=row.key, by=owner.key, now=now)
    return row


def chain_of(owner: Account | Correspondent) -> str:
    """A writer has no chain of their own: theirs go into the office's."""
    return owner.key if isinstance(owner, Account) else journal.OFFICE
