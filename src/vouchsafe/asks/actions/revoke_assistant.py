from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.asks.access_assistants import assistants_of
from vouchsafe.asks.models import Assistant
from vouchsafe.ledger import journal, outbox
from vouchsafe.people.access import NotHere


@transaction.atomic
def revoke_assistant(*, visit: Visit, key: str, now: datetime) -> None:
    """A writer takes an assistant off; their link opens nothing from now on.

    Writes when, takes the mail back if it still waits, and notes a line. What they laid before the writer stays there.
    Refuses a visit that has not proved the writer's mailbox; anybody else's assistant is not here.
    """
    row = next((one for one in assistants_of(visit) if one.key == key), None)
    if row is None:
        raise NotHere(key)
    if not Assistant.objects.filter(pk=row.pk, revoked_at__isnull=True).update(revoked_at=now):
        return
    outbox.withdraw_about(row.key, kinds=("assistant",), now=now)
    chain = visit.request.contact.owner.key
    journal.note(
        chain=chain, verb="assistant_revoked", about=visit.request.key, by=visit.by, now=now, detail=row.key
    )
