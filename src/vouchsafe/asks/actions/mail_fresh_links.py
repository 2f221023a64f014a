from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from vouchsafe.asks.access import is_writers
from vouchsafe.asks.actions.make_link import make_link, token_link
from vouchsafe.asks.mailbox import writers_mailbox
from vouchsafe.asks.models import Link, Request
from vouchsafe.asks.reach import is_reachable
from vouchsafe.ledger import journal, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.mail_language import language_of
from vouchsafe.people.models import Correspondent

MOST = 5
"""Mails for one wish, where the mailbox has proved itself nowhere yet and so has no list."""


@transaction.atomic
def mail_fresh_links(*, mailbox: str, by: str, now: datetime) -> int:
    """Mail a writer a fresh link to each request that has been mailed to them and is not called off.

    Writes a link and a line for each; one mail with the way to their list where a proven mailbox has several. Nothing
    goes to a mailbox that is not the writer's any more, nor to one whose holder stopped our mails.
    """
    if not is_reachable() or not mailbox:
        return 0
    writer = Correspondent.objects.filter(mailbox=mailbox).first()
    if writer is not None and writer.no_mail_at is not None:
        return 0
    rows = _requests(mailbox)
    if writer is not None and len(rows) > 1:
        _queue(rows[0], mailbox, writer, len(rows), by, now)
        return 1
    for request in rows[:MOST]:
        _queue(request, mailbox, None, 1, by, now)
    return len(rows[:MOST])


def _requests(mailbox: str) -> list[Request]:
    """Newest first. A letter that is sealed has a page, too: its status, and what only a code opens.

    One whose ask still waits to leave, until the morning perhaps, is not among them.
    """
    mailed = Link.objects.filter(kind=Link.Kind.MAILED, mailbox=mailbox, revoked_at__isnull=True)
    asks = Outgoing.objects.filter(about=OuterRef("key"), kind="ask")
    waiting = asks.filter(state__in=(Outgoing.State.WAITING, Outgoing.State.BEGUN))
    left = asks.filter(state__in=(Outgoing.State.SENT, Outgoing.State.UNKNOWN))
    rows = (
        Request.objects.with_facts()
        .filter(Q(closed_why__isnull=True) | Q(closed_why="sealed"))
        .filter(~Exists(waiting) | Exists(left))
        .filter(pk__in=mailed.values("request"), contact__owner__is_active=True)
        .select_related("contact__owner", "correspondent")
        .order_by("-id")
    )
    return [row for row in rows if is_writers(row, mailbox)]


def _queue(
    request: Request, mailbox: str, writer: Correspondent | None, letters: int, by: str, now: datetime
) -> None:
    """`writer` is whose list it leads to; none for the page of the one request."""
    owner = request.contact.owner
    to = writers_mailbox(request)
    link = make_link(request=request, kind=Link.Kind.MAILED, mailbox=mailbox, now=now)
    outbox.queue(
        outbox.Parcel(
            kind="fresh_link",
            to_address=to.address,
            to_name=request.contact.name,
            facts={"applicant": owner.name, "letters": letters},
            links={"page_url": token_link(link, "queue_path" if writer else "request_path")},
            language=language_of(request.contact),
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=writer.key if writer else owner.key,
        about=writer.key if writer else request.key,
        once=f"fresh_link|{request.key}|{link.n}",
        now=now,
    )
    journal.note(chain=owner.key, verb="fresh_link_mailed", about=request.key, by=by, now=now)
