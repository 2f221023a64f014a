from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.packets.models import Delivery, ReaderLink
from vouchsafe.people.models import Account


class PacketHasLeft(Refusal):
    code = "packet-has-left"
    msgid = msg("The mail to {reader} has left already.")
    hint_msgid = msg("Revoke the access instead; that works at once.")


@transaction.atomic
def take_back_mail(*, by: Account, delivery: Delivery, now: datetime) -> None:
    """Undo: take back a reader's mail that still waits. The link it would have carried is deleted with it.

    The delivery stays as a row; its mail says that it was withdrawn. A second undo changes nothing. Refuses
    once the mail has begun to leave.
    """
    reader = delivery.reader
    mail = Outgoing.objects.get(key=delivery.outgoing)
    if not outbox.withdraw(mail.key, now=now):
        mail.refresh_from_db()
        if mail.state == Outgoing.State.WITHDRAWN:
            return
        raise PacketHasLeft(reader=reader.name)
    for link in outbox.read(mail).links.values():
        if isinstance(link, outbox.TokenLink):
            ReaderLink.objects.filter(reader=reader, n=link.n).delete()
    journal.note(
        chain=by.key, verb="packet_mail_undone", about=reader.key, by=by.key, now=now, detail=mail.key
    )
