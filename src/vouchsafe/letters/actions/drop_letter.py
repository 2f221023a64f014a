from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.asks.models import Request
from vouchsafe.core.stages import LETTER
from vouchsafe.ledger import journal
from vouchsafe.letters.access import demand_desk_for, is_beside, letter_of, stage_of
from vouchsafe.letters.models import Letter
from vouchsafe.people.access import NotHere


@transaction.atomic
def drop_letter(*, visit: Visit, letter_key: str, now: datetime) -> Letter:
    """Give up a version or a successor that was only begun. Its words are kept for `take_up_letter`.

    Marks the letter as taken out. Refuses the letter of the request itself, one that is sealed, and, where
    it holds sealed words, a browser in which no code was taken.
    """
    visit.demand_proof()
    Request.objects.select_for_update(of=("self",)).get(
        pk=visit.request.pk
    )  # sealing locks it too: one comes first
    letter = letter_of(visit, letter_key)
    if not is_beside(letter):
        raise NotHere(letter_key)
    LETTER.demand("write", stage_of(letter))
    demand_desk_for(visit, letter)
    Letter.objects.filter(pk=letter.pk).update(removed_at=now)
    journal.note(chain=letter.applicant.key, verb="letter_dropped", about=letter.key, by=visit.by, now=now)
    return letter
