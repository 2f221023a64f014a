from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.asks.models import Request
from vouchsafe.ledger import journal
from vouchsafe.letters.access import demand_desk_for, is_beside
from vouchsafe.letters.models import Letter
from vouchsafe.people.access import NotHere


@transaction.atomic
def take_up_letter(*, visit: Visit, letter_key: str, now: datetime) -> Letter:
    """Undo of `drop_letter`: the writer goes on with it. Taken up twice changes nothing.

    Refuses where another was begun in its place meanwhile, and, where it holds sealed words, a browser without a code.
    """
    visit.demand_proof()
    Request.objects.select_for_update(of=("self",)).get(pk=visit.request.pk)  # beginning another locks it too
    letter = Letter.objects.draft().filter(request=visit.request, key=letter_key).first()
    if letter is None or not is_beside(letter):
        raise NotHere(letter_key)
    demand_desk_for(visit, letter)
    if letter.removed_at is None:
        return letter
    others = Letter.objects.filter(request=visit.request, removed_at__isnull=True).exclude(pk=letter.pk)
    version = getattr(letter, "version", None)
    if version is not None and letter.predecessor_id is None:
        same = others.filter(
            version__base=version.base_id,
            version__purpose=version.purpose_id,
            version__destination=version.destination_id,
        )
    else:
        same = others.filter(predecessor=letter.predecessor_id)
    if same.exists():
        raise NotHere(letter_key)
    Letter.objects.filter(pk=letter.pk).update(removed_at=None)
    journal.note(chain=letter.applicant.key, verb="letter_taken_up", about=letter.key, by=visit.by, now=now)
    return letter
