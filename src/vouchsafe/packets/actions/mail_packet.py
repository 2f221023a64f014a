from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from vouchsafe.asks.reach import is_reachable
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.packets.access import enclosed, holds_confidential
from vouchsafe.packets.actions.download_packet import NothingLeft, PacketInConfidence
from vouchsafe.packets.actions.make_reader_link import PURPOSE, make_reader_link
from vouchsafe.packets.models import Delivery, Packet, Reader
from vouchsafe.people.models import Account


class ReaderWithoutAddress(Refusal):
    code = "reader-without-address"
    msgid = msg("We have no mail address for {reader}.")
    hint_msgid = msg("Show the link and hand it on yourself, or name the reader with an address.")


@transaction.atomic
def mail_packet(
    *, by: Account, reader: Reader, now: datetime, undo: timedelta, caused_by: str = ""
) -> Delivery:
    """Mail a reader their link, for the applicant; `caused_by` is the key of who did, where it was somebody else. Writes the link and the delivery, queues the mail; twice within a minute is once.
    From a computer without a public address a link would lead nowhere, so the sealed letters themselves go along.

    Refuses a reader without an address, and one whose access is over or held; and to attach a letter in confidence, or none.
    """
    if not reader.address:
        raise ReaderWithoutAddress(reader=reader.name)
    Reader.objects.select_for_update(of=("self",)).get(pk=reader.pk)
    waiting = Outgoing.objects.exclude(state=Outgoing.State.WITHDRAWN).values("key")
    recent = Delivery.objects.filter(
        reader=reader,
        means=Delivery.Means.MAIL,
        delivered_at__gt=now - timedelta(minutes=1),
        outgoing__in=waiting,
    ).first()
    if recent is not None:
        return recent
    link = make_reader_link(reader=reader, now=now)
    row = outbox.queue(
        outbox.Parcel(
            kind="packet",
            to_address=reader.address,
            to_name=reader.name,
            facts={
                "applicant": by.name,
                "purpose": reader.packet.purpose,
                "words": reader.packet.cover_words,
                "letters": reader.packet.enclosures.count(),
                "until": reader.expires_at.astimezone(ZoneInfo(by.time_zone)).date(),
            },
            links={
                "page_url": outbox.TokenLink(
                    path="reader_path", purpose=PURPOSE, key=reader.key, n=link.n, generation=link.generation
                )
            },
            language=by.language,
            enclosed=() if is_reachable() else _sealed_letters(reader.packet, now),
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=by.key,
        about=reader.key,
        once=f"packet|{reader.key}|{link.n}",
        now=now,
        wait=undo,
    )
    delivery = Delivery.objects.create(
        reader=reader, means=Delivery.Means.MAIL, delivered_at=row.due_at, outgoing=row.key
    )
    journal.note(
        chain=by.key, verb="packet_mailed", about=reader.key, by=caused_by or by.key, now=now, detail=row.key
    )
    return delivery


def _sealed_letters(packet: Packet, now: datetime) -> tuple[outbox.Enclosed, ...]:
    """Each letter as it was sealed: its signature travels in the file."""
    if holds_confidential(packet):
        raise PacketInConfidence
    seals = [one.seal for one in enclosed(packet, now) if not one.gone]
    if not seals:
        raise NothingLeft
    return tuple(
        outbox.Enclosed(f"letter-{seal.number}.pdf", "application/pdf", file=seal.file) for seal in seals
    )
