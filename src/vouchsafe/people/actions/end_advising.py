from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal, outbox
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account, Advising


@transaction.atomic
def end_advising(*, by: Account, advising: Advising, now: datetime) -> None:
    """From now on the adviser sees nothing of this applicant, nor any letter that was shown to them.

    The applicant, the adviser and the office may each end it. Writes the time and a line; the mail that asks
    stays here if it has not left. Anyone else finds nothing here.
    """
    if by.pk not in (advising.applicant_id, advising.adviser_id) and not by.runs_office:
        raise NotHere(advising.key)
    if not Advising.objects.filter(pk=advising.pk, ended_at__isnull=True).update(ended_at=now):
        return
    outbox.withdraw_about(advising.key, kinds=("adviser_named",), now=now)
    chain = advising.applicant.key if by.pk == advising.applicant_id else journal.OFFICE
    journal.note(chain=chain, verb="advising_ended", about=advising.key, by=by.key, now=now)
