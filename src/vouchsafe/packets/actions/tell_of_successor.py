from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.addresses import verify_path
from vouchsafe.ledger import journal, outbox
from vouchsafe.letters.models import Seal
from vouchsafe.packets.access import readers_to_tell
from vouchsafe.packets.models import Notice


@transaction.atomic
def tell_of_successor(*, seal: Seal, now: datetime) -> int:
    """A released letter took another's place: tell the readers who were given the old one. Returns how many.

    Writes one notice a reader, once, and queues a mail to those who have an address; the page of every reader says
    it too. It names both numbers and the writer, never a word of either, and opens nothing: the newer letter is the
    applicant's to send. Readers whose access is over are left in peace.
    """
    Seal.objects.select_for_update(of=("self",)).get(pk=seal.pk)
    told = 0
    for reader, old in readers_to_tell(seal, now):
        _, fresh = Notice.objects.get_or_create(reader=reader, seal=seal, defaults={"noticed_at": now})
        if not fresh or not old:
            continue
        told += 1
        owner = reader.packet.owner
        if reader.address:
            outbox.queue(
                outbox.Parcel(
                    kind="letter_replaced",
                    to_address=reader.address,
                    to_name=reader.name,
                    facts={
                        "applicant": owner.name,
                        "writer": seal.writer_name,
                        "number": seal.number,
                        "replaces": old,
                    },
                    links={"page_url": outbox.PlainLink(verify_path(old))},
                    language=owner.language,
                ),
                delivery=outbox.Delivery.AT_LEAST_ONCE,
                chain=owner.key,
                about=reader.key,
                once=f"letter_replaced|{reader.key}|{seal.number}",
                now=now,
            )
        journal.note(
            chain=owner.key, verb="successor_told", about=reader.key, by="worker", now=now, detail=seal.number
        )
    return told
