from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal, outbox
from vouchsafe.packets.models import Reader, Revocation
from vouchsafe.people.models import Account


@transaction.atomic
def revoke_reader(*, by: Account, reader: Reader, now: datetime) -> None:
    """End a reader's access at once. Writes a revocation and takes back a mail that still waits."""
    Reader.objects.select_for_update(of=("self",)).get(pk=reader.pk)
    _, fresh = Revocation.objects.get_or_create(
        reader=reader, defaults={"revoked_at": now, "revoked_by": by.key}
    )
    if fresh:
        outbox.withdraw_about(reader.key, kinds=("packet",), now=now)
        journal.note(chain=by.key, verb="reader_revoked", about=reader.key, by=by.key, now=now)
