from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal, outbox
from vouchsafe.people.models import Farewell


@transaction.atomic
def keep_longer(*, farewell: Farewell, now: datetime) -> bool:
    """Whoever was told that something of theirs goes, keeps it: for as long again as the office keeps such things.

    Writes what was kept and a line; a mail of it that has not left stays here. False where it was kept, is over, or the account has gone.
    """
    row = (
        Farewell.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(pk=farewell.pk)
        .first()
    )
    if row is None or row.ended_at is not None:
        return False
    Farewell.objects.filter(pk=row.pk).update(kept=row.abouts, ended_at=now, outcome=Farewell.Outcome.KEPT)
    outbox.withdraw_about(row.key, kinds=("farewell",), now=now)
    owner = row.account.key
    journal.note(chain=owner, verb="kept_longer", about=row.key, by=owner, now=now, detail=row.kind)
    return True
