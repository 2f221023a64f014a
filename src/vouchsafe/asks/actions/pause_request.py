from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.actions.send_reminder import locked_request
from vouchsafe.asks.mailbox import writers_mailbox
from vouchsafe.asks.models import Request
from vouchsafe.core.addresses import ask_path
from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.words import Refusal
from vouchsafe.ledger import journal, outbox
from vouchsafe.ledger.models import Outgoing

BOUNCED = "bounced"


@transaction.atomic
def pause_request(
    *, request: Request, mail: Outgoing, mailbox_full: bool = False, by: str, now: datetime
) -> bool:
    """A mail of ours did not arrive for good: nothing more is sent there until the applicant has seen to it.

    Writes the pause, takes back what waits, and queues one mail that tells the applicant the address we wrote to
    and what to do; nothing of the returned mail is in it. False where it was paused for this already, or writes to
    another address by now.
    """
    locked = locked_request(request.pk)
    address = outbox.read(mail).to_address
    if locked.paused_why == BOUNCED or not _is_current(locked, address):
        return False
    Request.objects.filter(pk=locked.pk).update(paused_at=now, paused_why=BOUNCED)
    outbox.withdraw_about(locked.key, kinds=("ask", "reminder"), now=now)
    applicant = locked.contact.owner
    outbox.queue(
        outbox.Parcel(
            kind="bounce",
            to_address=applicant.email,
            to_name=applicant.name,
            facts={"writer": locked.contact.name, "address": address, "mailbox_full": mailbox_full},
            links={"page_url": outbox.PlainLink(ask_path(locked.key))},
            language=applicant.language,
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=applicant.key,
        about=locked.key,
        once=f"bounce|{locked.key}|{mail.key}",
        now=now,
    )
    journal.note(chain=applicant.key, verb="mail_bounced", about=locked.key, by=by, now=now, detail=mail.key)
    return True


def _is_current(request: Request, address: str) -> bool:
    try:
        return writers_mailbox(request).mailbox == (normalise(address) or address)
    except Refusal:
        return False
