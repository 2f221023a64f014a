from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.ledger.models import Line
from vouchsafe.people.actions.agree_to_adviser import AdvisingOver
from vouchsafe.people.models import Account, Advising


@transaction.atomic
def restore_advising(*, by: Account, advising: Advising, now: datetime) -> None:
    """Undo for an applicant who ended it: the adviser looks along again, as far as was agreed before.

    Writes a line. Refuses where the adviser or the office ended it, or the adviser has been named anew, or is none any more.
    """
    if advising.ended_at is None:
        raise AdvisingOver
    ended_by_them = Line.objects.filter(
        chain=by.key, verb="advising_ended", about=advising.key, by=by.key, at=advising.ended_at
    )
    again = Advising.objects.in_force().filter(applicant=by, adviser=advising.adviser)
    role_kept = advising.adviser.is_active and advising.adviser.advises
    if not ended_by_them.exists() or again.exists() or not role_kept:
        raise AdvisingOver
    if not Advising.objects.filter(pk=advising.pk, applicant=by, ended_at__isnull=False).update(
        ended_at=None
    ):
        raise AdvisingOver
    journal.note(chain=by.key, verb="advising_restored", about=advising.key, by=by.key, now=now)
