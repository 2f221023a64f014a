from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.ledger import journal, outbox
from vouchsafe.letters.models import Seal, Withdrawal


@transaction.atomic
def withdraw_seal(*, visit: Visit, seal: Seal, now: datetime) -> Withdrawal:
    """The writer takes a sealed letter back, for every future reader. Writes one row, once, for good.

    Takes back the mail that says the letter is safe, if it still waits.
    Refuses a link alone: what cannot be undone needs a fresh code.
    """
    visit.demand_code(seal.letter.key)
    by = visit.by
    Seal.objects.select_for_update(of=("self",)).get(pk=seal.pk)
    withdrawal, fresh = Withdrawal.objects.get_or_create(
        seal=seal, defaults={"withdrawn_at": now, "withdrawn_by": by}
    )
    if fresh:
        outbox.withdraw_about(seal.number, kinds=("letter_safe",), now=now)
        journal.note(
            chain=visit.request.contact.owner.key,
            verb="seal_withdrawn",
            about=seal.letter.key,
            by=by,
            now=now,
            detail=seal.number,
        )
    return withdrawal
