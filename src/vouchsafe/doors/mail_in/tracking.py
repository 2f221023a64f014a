"""What a provider says became of a mail of ours: delivered, late, returned, complained about. Nothing of openings.

Its own view in django-anymail checks who calls. An exception here answers 500, and the provider tries again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anymail.signals import EventType
from django.db import transaction
from django.utils import timezone

from vouchsafe.adapters.post.provider import MAIL_KEY
from vouchsafe.asks.access import visit_by_proof
from vouchsafe.asks.actions.note_mail_report import note_mail_report
from vouchsafe.asks.actions.pause_request import pause_request
from vouchsafe.doors.mail_in.reports import FULL, complained
from vouchsafe.ledger import inbox, outbox
from vouchsafe.people.access import NotHere

if TYPE_CHECKING:
    from datetime import datetime

    from vouchsafe.asks.models import Request
    from vouchsafe.ledger.models import Outgoing

RETURNED = {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED}
UNWANTED = {EventType.COMPLAINED, EventType.UNSUBSCRIBED}
NOTED = {EventType.DELIVERED: "mail_arrived", EventType.DEFERRED: "mail_delayed"}


def take_event(sender: type[Any], event: Any, esp_name: str, **_: Any) -> None:
    """Act on one event about a mail of ours; others, and what we do not ask about, pass without a trace."""
    mail = _mail(event)
    if mail is None or event.event_type not in {*RETURNED, *UNWANTED, *NOTED}:
        return
    now = timezone.now()
    with transaction.atomic():
        try:
            request = visit_by_proof(outbox.read(mail).reply_key, "", "").request
        except NotHere:
            if event.event_type in RETURNED:
                outbox.returned(mail, now=now)
            return
        _act(event, mail, request, now)


def _act(event: Any, mail: Outgoing, request: Request, now: datetime) -> None:
    by = f"event {mail.key}"  # the same said twice is one line
    if event.event_type in RETURNED:
        full = f"5{FULL}" in f"{event.mta_response or ''} {event.description or ''}"
        pause_request(request=request, mail=mail, mailbox_full=full, by=by, now=now)
    elif event.event_type in UNWANTED:
        complained(request, now)
    else:
        note_mail_report(request=request, mail=mail, verb=NOTED[event.event_type], by=by, now=now)


def _mail(event: Any) -> Outgoing | None:
    """Ours by the name we gave along; by the Message-ID, where a provider keeps it."""
    local = str((event.metadata or {}).get(MAIL_KEY, ""))
    return inbox.sent_as([outbox.named(local)] if local else [str(event.message_id or "")])
