"""Never two within 48 hours: the one rule for every mail that asks a writer, or reminds them, whoever causes it.

An ask (a renewal is one, too), the receipt of a promise, a reminder planned or by hand, and the weekly list are all
mails about the same letter to whoever gets them. A person's own act is answered at once; nothing reminds within
48 hours of any of them.
"""

from __future__ import annotations

from datetime import datetime

from vouchsafe.asks.models import Link, Reminder, Request
from vouchsafe.core.timing.reminding import APART
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.models import Correspondent

__all__ = ["APART", "KINDS", "is_yet_to_leave", "left_lately", "newest_mail", "too_close"]

KINDS = ("ask", "reminder", "promise", "writer_digest")


def newest_mail(request: Request) -> datetime | None:
    """When the newest mail about this letter left, or is to leave; the weekly list of the same mailbox is one."""
    return max(_left(request), default=None)


def is_yet_to_leave(request: Request, due: datetime) -> bool:
    """Whether an ask that was due by then has not left, as after a worker's sleep."""
    asks = Outgoing.objects.filter(about=request.key, kind="ask", due_at__lte=due)
    return asks.filter(state__in=(Outgoing.State.WAITING, Outgoing.State.BEGUN)).exists()


def left_lately(request: Request, now: datetime) -> datetime | None:
    """The same, if that is less than 48 hours away from now."""
    newest = newest_mail(request)
    return newest if newest is not None and newest > now - APART else None


def too_close(request: Request, moment: datetime, *, but: Reminder) -> datetime | None:
    """What is less than 48 hours away from a moment, apart from one reminder itself: planned, or left."""
    planned = Reminder.objects.filter(request=request, sent_at__isnull=True, dropped_at__isnull=True)
    others = planned.exclude(pk=but.pk).values_list("due_at", flat=True)
    near = (each for each in (*others, *_left(request)) if abs(each - moment) < APART)
    return min(near, default=None)


def _left(request: Request) -> list[datetime]:
    mailboxes = Link.objects.filter(request=request, kind=Link.Kind.MAILED).values("mailbox")
    # Two questions with an index each, and keys in hand: as one of alternatives every mail would be walked through.
    theirs = Correspondent.objects.filter(pk__in=[request.correspondent_id or 0]).values_list(
        "key", flat=True
    )
    lists = theirs.union(Correspondent.objects.filter(mailbox__in=mailboxes).values_list("key", flat=True))
    spent = (Outgoing.State.WITHDRAWN, Outgoing.State.FAILED)
    mails = Outgoing.objects.filter(about__in=[request.key, *lists], kind__in=KINDS).exclude(state__in=spent)
    sent = Reminder.objects.filter(request=request, sent_at__isnull=False)
    return [*mails.values_list("due_at", flat=True), *sent.values_list("sent_at", flat=True)]  # type: ignore[list-item]  # sent_at is set
