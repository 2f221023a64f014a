from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody, journal, outbox
from vouchsafe.ledger.keys import token_hash
from vouchsafe.ledger.models import Outgoing
from vouchsafe.packets.models import Seat, SeatLink
from vouchsafe.people.models import Account
from vouchsafe.plans.access_calls import locked_call
from vouchsafe.plans.actions.keep_call import demand_office

PURPOSE = "committee"
KIND = "committee"


class SeatOver(Refusal):
    code = "seat-over"
    msgid = msg("{reader} no longer reads in this call.")
    hint_msgid = msg("Name them again, with a later last day, to mail a new link.")


@transaction.atomic
def mail_seat(*, by: Account, seat: Seat, undo: timedelta, now: datetime) -> Outgoing:
    """Mail a reader on a committee their link. Writes the link, queues the mail; older links keep working.

    Twice within a minute is once. Refuses whoever does not run the office, a call nobody reads in, and a seat that is
    over.
    """
    demand_office(by)
    locked_call(seat.call, "mail_reader")
    lately = SeatLink.objects.filter(seat=seat, made_at__gt=now - timedelta(minutes=1))
    for _link, mail in mails_of(seat, lately):
        if outbox.read(mail).facts.get("ready") == 0:
            return mail
    return queue_link(seat=seat, by=by.key, language=by.language, ready=0, undo=undo, now=now)


def queue_link(
    *, seat: Seat, by: str, language: str, ready: int, undo: timedelta, now: datetime, asked: bool = False
) -> Outgoing:
    """A seat's next way in, mailed to its reader, in the caller's transaction; `ready` letters are new.

    `asked`: somebody typed the address, since the link was lost.
    """
    row = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    if row.revoked_at is not None or row.expires_at <= now:
        raise SeatOver(reader=row.name)
    n, generation = row.links_made + 1, custody.secret_generation()
    Seat.objects.filter(pk=row.pk).update(links_made=n)
    token = custody.token(PURPOSE, row.key, n, generation)
    SeatLink.objects.create(seat=row, n=n, generation=generation, token_hash=token_hash(token), made_at=now)
    journal.note(chain=journal.OFFICE, verb="committee_mailed", about=row.key, by=by, now=now)
    until = row.expires_at.astimezone(ZoneInfo(seat.call.zone)).date()
    return outbox.queue(
        outbox.Parcel(
            kind=KIND,
            to_address=row.address,
            to_name=row.name,
            facts={
                "call": seat.call.title,
                "ready": ready,
                "until": until,
                "has_code": bool(row.code_hash),
                "asked": asked,
            },
            links={
                "page_url": outbox.TokenLink(
                    path="committee_path", purpose=PURPOSE, key=row.key, n=n, generation=generation
                )
            },
            language=language,
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=journal.OFFICE,
        about=row.key,
        once=_once(row, n),
        now=now,
        wait=undo,
    )


def mails_of(seat: Seat, links: Iterable[SeatLink]) -> list[tuple[SeatLink, Outgoing]]:
    """The mails that carry these links of a seat, those that were taken back left out."""
    by_effect = {_once(seat, link.n): link for link in links}
    rows = Outgoing.objects.filter(once__in=by_effect).exclude(state=Outgoing.State.WITHDRAWN)
    return [(by_effect[row.once], row) for row in rows]


def _once(seat: Seat, n: int) -> str:
    return f"{KIND}|{seat.key}|{n}"
