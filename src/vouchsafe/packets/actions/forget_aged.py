from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet

from vouchsafe.ledger import journal
from vouchsafe.ledger.models import Received
from vouchsafe.packets.access_aged import (
    aged_mails,
    aged_readers,
    aged_received,
    aged_seats,
    current_rule,
)
from vouchsafe.packets.actions.erase_account import destroy
from vouchsafe.packets.models import Reader, ReaderLink, Seat, SeatLink
from vouchsafe.people.models import Sweep

AT_ONCE = 200
Row = TypeVar("Row", Reader, Seat)


@transaction.atomic
def forget_aged_mails(*, now: datetime) -> int:
    """Forget the words of mails that ended long ago, and of mails kept aside that nobody has looked at.

    Rows stay: they keep a mail from being sent twice, and a thread together. Empties two columns and deletes caught
    mails; writes how many, and a line. Returns how many, at most two hundred of each.
    """
    months = current_rule().mails
    if months is None:
        return 0
    old, aside = aged_mails(months=months, now=now), aged_received(months=months, now=now)
    sent = list(old.order_by("pk").values_list("pk", "message_id")[:AT_ONCE])
    came = list(aside.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    # Asked once more: one that the office has handled again meanwhile stays, and none is counted by two workers.
    count = old.filter(pk__in=[pk for pk, _ in sent]).update(sealed_mail=b"")
    count += aside.filter(pk__in=came).update(
        sealed_raw=b"", state=Received.State.DROPPED, handled_at=now, outcome="aged"
    )
    caught = [message_id for _, message_id in sent]
    transaction.on_commit(lambda: destroy([], caught))
    return _noted("mails", count, [], now)


@transaction.atomic
def forget_aged_readers(*, now: datetime) -> int:
    """Destroy the ways in and forget the addresses of readers whose access ended long ago.

    The packet, the reader's name and what they had open stay with its applicant; a committee's seat and who sat there
    with its call. Of an address that the office made sure of, the domain is kept: it vouches for others there. Writes
    how many with their keys, and a line. Who is given access again at this moment is passed over.
    """
    months = current_rule().readers
    if months is None:
        return 0
    rows = _locked(aged_readers(months=months, now=now))
    ReaderLink.objects.filter(reader__in=rows).delete()
    for row in rows:
        vouches = row.mailbox and row.confirmed_at is not None
        Reader.objects.filter(pk=row.pk).update(
            address="",
            mailbox=f"@{row.mailbox.rpartition('@')[2]}" if vouches else "",
            code_hash="",
            code_set_at=None,
        )
    seats = _locked(aged_seats(months=months, now=now))
    SeatLink.objects.filter(seat__in=seats).delete()
    for seat in seats:
        domain = seat.mailbox.rpartition("@")[2]
        Seat.objects.filter(pk=seat.pk).update(
            address=f"@{domain}",
            mailbox=f"{seat.key}@{domain}",  # two of one organisation stay two
            code_hash="",
            code_set_at=None,
        )
    keys = [*(row.key for row in rows), *(seat.key for seat in seats)]
    return _noted("readers", len(keys), keys, now)


def _locked(rows: QuerySet[Row]) -> list[Row]:
    return list(rows.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:AT_ONCE])


def _noted(kind: str, count: int, keys: list[str], now: datetime) -> int:
    if count:
        Sweep.objects.create(kind=kind, count=count, keys=keys, swept_at=now)
        journal.note(
            chain=journal.OFFICE,
            verb=f"{kind}_forgotten",
            about=kind,
            by="worker",
            now=now,
            detail=str(count),
        )
    return count
