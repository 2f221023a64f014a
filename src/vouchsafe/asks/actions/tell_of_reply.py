from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.models import Purpose, Request
from vouchsafe.core.addresses import ask_path
from vouchsafe.ledger import journal, outbox
from vouchsafe.ledger.models import Outgoing


@transaction.atomic
def tell_of_reply(*, request: Request, words: str, to_mail: str, by: str, now: datetime) -> bool:
    """The writer replied in words that are no plain yes or no: the applicant is told that they wrote.

    Queues one mail and writes a line. The words themselves go along only where nobody has ever waived reading a
    letter of this request: a short letter in the body of a mail must not reach its applicant. True if they did.
    """
    once = f"writer_wrote|{to_mail}"
    is_new = not Outgoing.objects.filter(once=once).exists()
    waived = Purpose.objects.filter(request=request, confidentiality=Purpose.Choice.WAIVED).exists()
    applicant = request.contact.owner
    outbox.queue(
        outbox.Parcel(
            kind="writer_wrote",
            to_address=applicant.email,
            to_name=applicant.name,
            facts={"writer": request.contact.name, "words": "" if waived else words},
            links={"page_url": outbox.PlainLink(ask_path(request.key))},
            language=applicant.language,
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=applicant.key,
        about=request.key,
        once=once,
        now=now,
    )
    if is_new:
        journal.note(chain=applicant.key, verb="replied", about=request.key, by=by, now=now)
    return not waived
