from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.ledger import journal
from vouchsafe.letters.models import Scope, Seal


@transaction.atomic
def set_scope(
    *,
    visit: Visit,
    seal: Seal,
    opportunities: Sequence[str] = (),
    kinds: Sequence[str] = (),
    last_on: date | None = None,
    now: datetime,
) -> Scope:
    """The uses the writer agrees to, from now on: opportunity keys, kinds, a last day; empty means any.

    Writes a scope row; the newest counts, and packets ask it each time.
    """
    visit.demand_proof()
    by = visit.by
    scope = Scope.objects.create(
        seal=seal,
        opportunities=list(opportunities),
        kinds=list(kinds),
        last_on=last_on,
        set_at=now,
        set_by=by,
    )
    journal.note(
        chain=visit.request.contact.owner.key,
        verb="scope_set",
        about=seal.letter.key,
        by=by,
        now=now,
        detail=seal.number,
    )
    return scope
