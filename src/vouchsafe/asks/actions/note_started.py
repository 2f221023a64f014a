from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from vouchsafe.asks.actions.in_order import in_order
from vouchsafe.asks.models import Request, Start
from vouchsafe.ledger import journal


def note_started(*, request: Request, by: str, now: datetime) -> None:
    """The writer saved a first draft or gave a file. Writes one row, once, in the caller's transaction."""
    if not Request.objects.with_facts().filter(Q(pk=request.pk, was_started=True)).exists():
        Start.objects.create(request=request, started_at=in_order(request, now))
        journal.note(chain=request.contact.owner.key, verb="started", about=request.key, by=by, now=now)
