from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.asks.models import Offering
from vouchsafe.ledger import custody
from vouchsafe.letters.offering import locked_offering

KEPT_FOR = timedelta(days=90)


@transaction.atomic
def drop_offering(*, visit: Visit, key: str) -> None:
    """The writer does not want what an assistant laid before them: row and file are destroyed. Notes nothing."""
    _destroy([locked_offering(visit, key)])


@transaction.atomic
def sweep_offerings(*, now: datetime) -> int:
    """Destroy what nobody took up for three months; returns how much."""
    left = Offering.objects.filter(taken_at__isnull=True, offered_at__lt=now - KEPT_FOR)
    rows = list(left.select_for_update(skip_locked=True, of=("self",))[:100])
    _destroy(rows)
    return len(rows)


def _destroy(rows: list[Offering]) -> None:
    files = [row.file for row in rows if row.file]
    Offering.objects.filter(pk__in=[row.pk for row in rows]).delete()
    transaction.on_commit(lambda: [custody.vault().erase(file) for file in files])
