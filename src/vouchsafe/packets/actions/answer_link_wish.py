from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from vouchsafe.asks.actions.mail_fresh_links import mail_fresh_links
from vouchsafe.asks.reach import is_reachable
from vouchsafe.core.stages import CALL
from vouchsafe.core.words import Refusal
from vouchsafe.ledger import custody, journal, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.packets.actions.mail_seat import KIND as COMMITTEE
from vouchsafe.packets.actions.mail_seat import queue_link
from vouchsafe.packets.actions.make_reader_link import PURPOSE, make_reader_link
from vouchsafe.packets.models import Delivery, Reader, Seat
from vouchsafe.people.actions.wish_for_link import APART, CONTEXT
from vouchsafe.people.models import LinkWish
from vouchsafe.plans.access_calls import stage

MOST = 5


@transaction.atomic
def answer_link_wish(*, wish: LinkWish, by: str, now: datetime) -> int:
    """Look up an address that somebody typed, and mail fresh links to whoever is known there as writer, as reader, or as
    reader on a committee.

    Claims the row and empties it, whatever it found; returns how many mails were queued. Rows whose quarter of an
    hour is over go with it.
    """
    row = LinkWish.objects.select_for_update(of=("self",)).get(pk=wish.pk)
    if row.handled_at is not None:
        return 0
    mailbox = custody.decrypt(row.sealed_mailbox, context=CONTEXT).decode()
    LinkWish.objects.filter(pk=row.pk).update(handled_at=now, sealed_mailbox=b"")
    LinkWish.objects.filter(handled_at__isnull=False, wished_at__lte=now - APART).exclude(pk=row.pk).delete()
    mailed = mail_fresh_links(mailbox=mailbox, by=by, now=now)
    return mailed + _mail_readers(mailbox, by, now) + _mail_seats(mailbox, by, now)


def _mail_readers(mailbox: str, by: str, now: datetime) -> int:
    """Only where a mail has left before: naming an address, showing the link, and a mail taken back mail nobody."""
    if not mailbox or not is_reachable():
        return 0
    left = Outgoing.objects.filter(state__in=(Outgoing.State.SENT, Outgoing.State.UNKNOWN)).values("key")
    mailed = Delivery.objects.filter(means=Delivery.Means.MAIL, outgoing__in=left).values("reader")
    readers = (
        Reader.objects.filter(
            mailbox=mailbox,
            pk__in=mailed,
            expires_at__gt=now,
            revocation__isnull=True,
            held_why="",
            seat__isnull=True,
            packet__owner__is_active=True,
        )
        .select_related("packet__owner", "packet__opportunity")
        .order_by("-id")
    )
    return sum(_mail_reader(reader, by, now) for reader in readers[:MOST])


def _mail_reader(reader: Reader, by: str, now: datetime) -> bool:
    owner = reader.packet.owner
    try:
        link = make_reader_link(reader=reader, now=now)
    except Refusal:  # nothing in it can be read any more
        return False
    page = outbox.TokenLink(
        path="reader_path", purpose=PURPOSE, key=reader.key, n=link.n, generation=link.generation
    )
    outbox.queue(
        outbox.Parcel(
            kind="fresh_reader_link",
            to_address=reader.address,
            to_name=reader.name,
            facts={"applicant": owner.name},
            links={"page_url": page},
            language=owner.language,
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=owner.key,
        about=reader.key,
        once=f"fresh_reader_link|{reader.key}|{link.n}",
        now=now,
    )
    journal.note(chain=owner.key, verb="fresh_link_mailed", about=reader.key, by=by, now=now)
    return True


def _mail_seats(mailbox: str, by: str, now: datetime) -> int:
    """Likewise only where the office had their link mailed, and as long as they read in that call."""
    if not mailbox or not is_reachable():
        return 0
    seats = Seat.objects.filter(mailbox=mailbox, revoked_at__isnull=True, expires_at__gt=now)
    return sum(_mail_seat(seat, by, now) for seat in seats.select_related("call").order_by("-id")[:MOST])


def _mail_seat(seat: Seat, by: str, now: datetime) -> bool:
    left = Outgoing.objects.filter(
        kind=COMMITTEE, about=seat.key, state__in=(Outgoing.State.SENT, Outgoing.State.UNKNOWN)
    )
    newest = left.order_by("-id").first()
    if newest is None or not CALL.allows("mail_reader", stage(seat.call)):
        return False
    # nobody knows theirs better than whoever wrote to them first; of an old mail the words may be forgotten
    language = outbox.read(newest).language if newest.sealed_mail else settings.LANGUAGE_CODE
    queue_link(seat=seat, by=by, language=language, ready=0, undo=timedelta(0), now=now, asked=True)
    journal.note(chain=journal.OFFICE, verb="fresh_link_mailed", about=seat.key, by=by, now=now)
    return True
