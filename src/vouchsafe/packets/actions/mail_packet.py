from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.ledger import journal, outbox
from vouchsafe.packets.actions.make_reader_link import PURPOSE, make_reader_link
from vouchsafe.packets.models import Delivery, Reader
from vouchsafe.people.models import Account


@transaction.atomic
def mail_packet(*, by: Account, reader: Reader, now: datetime, undo: timedelta) -> Delivery:
    """Mail a reader their link. Writes the link and the delivery, queues the mail; twice within a minute is once."""
    recent = Delivery.objects.filter(
        reader=reader, means=Delivery.Means.MAIL, delivered_at__gt=now - timedelta(minutes=1)
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
                "purpose": reader.packet.title,
                "words": reader.packet.cover_words,
                "letters": reader.packet.enclosures.count(),
                "until": reader.expires_at.date(),
            },
            links={
                "page_url": outbox.TokenLink(
                    path="reader_path", purpose=PURPOSE, key=reader.key, n=link.n, generation=link.generation
                )
            },
            language=by.language,
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
    journal.note(chain=by.key, verb="packet_mailed", about=reader.key, by=by.key, now=now, detail=row.key)
    return delivery
