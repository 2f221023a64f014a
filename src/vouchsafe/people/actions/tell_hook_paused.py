from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from vouchsafe.core.addresses import hook_path
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Hook
from vouchsafe.people.models import Account

KIND = "hook_paused"


@transaction.atomic
def tell_hook_paused(*, hook: Hook, now: datetime) -> bool:
    """Mail whoever gave an address that it is called no more, once for each time it was paused.

    Queues one mail; the line was written with the pause. False where it was queued before, where the address is
    called again, or where its owner has left.
    """
    row = Hook.objects.select_for_update().filter(pk=hook.pk, removed_at__isnull=True).first()
    if row is None or row.paused_at is None:
        return False
    once = f"{KIND}|{row.key}|{row.paused_at.isoformat()}"
    owner = Account.objects.filter(key=row.chain, is_active=True).first()
    if owner is None or outbox.is_queued(once):
        return False
    outbox.queue(
        outbox.Parcel(
            kind=KIND,
            to_address=owner.email,
            to_name=owner.name,
            facts={"host": urlsplit(row.url).hostname or "", "gone": row.paused_why == "gone"},
            links={"page_url": outbox.PlainLink(hook_path(row.key))},
            language=owner.language,
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=owner.key,
        about=row.key,
        once=once,
        now=now,
    )
    return True
