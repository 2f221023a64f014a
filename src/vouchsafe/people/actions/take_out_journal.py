from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.access import NotHere, keeps_instance
from vouchsafe.people.models import Account


@transaction.atomic
def take_out_journal(*, by: Account, form: str, now: datetime) -> None:
    """Note that somebody who keeps the instance took the journal out, as `csv` or `json`. Refuses anybody else."""
    if not keeps_instance(by):
        raise NotHere("journal")
    journal.note(
        chain=journal.OFFICE, verb="journal_taken_out", about=by.key, by=by.key, now=now, detail=form
    )
