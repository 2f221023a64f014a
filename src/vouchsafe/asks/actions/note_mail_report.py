from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.models import Request
from vouchsafe.ledger import journal
from vouchsafe.ledger.models import Line, Outgoing


@transaction.atomic
def note_mail_report(*, request: Request, mail: Outgoing, verb: str, by: str, now: datetime) -> None:
    """A server says that a mail of ours is late, has arrived, or was shown. Writes one line, for the timeline.

    `by` names the report, so the same report writes its line once.
    """
    if Line.objects.filter(about=request.key, verb=verb, by=by).exists():
        return
    journal.note(
        chain=request.contact.owner.key, verb=verb, about=request.key, by=by, now=now, detail=mail.key
    )
