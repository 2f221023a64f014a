from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal, outbox
from vouchsafe.packets.access import reader_by_key
from vouchsafe.packets.models import CallBack, Reader
from vouchsafe.people.access import NotHere


@transaction.atomic
def return_question(*, call_back: CallBack, now: datetime) -> bool:
    """A reader's question did not reach the writer by mail: tell the reader, once, and let it wait no longer.

    Writes when it came back, and mails a reader who has an address and may still read. Says nothing of the writer's
    address and nothing of the letter: a mailbox that is gone proves neither. False where they were told already.
    """
    Reader.objects.select_for_update(of=("self",)).get(pk=call_back.reader_id)
    if not CallBack.objects.filter(pk=call_back.pk, returned_at__isnull=True).update(returned_at=now):
        return False
    reader, seal = call_back.reader, call_back.seal
    if reader.address and _may_read(reader, now):
        outbox.queue(
            outbox.Parcel(
                kind="call_back_returned",
                to_address=reader.address,
                to_name=reader.name,
                facts={
                    "writer": seal.writer_name,
                    "applicant": reader.packet.owner.name,
                    "number": seal.number,
                },
                language=reader.packet.owner.language,
            ),
            delivery=outbox.Delivery.AT_LEAST_ONCE,
            chain=journal.OFFICE,  # not the applicant's: their export lists its mails
            about=call_back.key,
            once=f"call-back-returned|{call_back.key}",
            now=now,
        )
    journal.note(chain=journal.OFFICE, verb="call_back_returned", about=call_back.key, by="worker", now=now)
    return True


def _may_read(reader: Reader, now: datetime) -> bool:
    try:
        return not reader_by_key(reader.key, now).is_over
    except NotHere:
        return False
