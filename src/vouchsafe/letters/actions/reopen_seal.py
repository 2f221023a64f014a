from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.asks.actions.close_request import lift_closing
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.letters.access import is_beside
from vouchsafe.letters.models import Reopening, Seal

HOUR = timedelta(hours=1)


class SealStays(Refusal):
    code = "seal-stays"
    msgid = msg("Letter {number} can’t be opened again: the hour is over, or it has been told of.")
    hint_msgid = msg("Write a newer letter that takes its place; readers of the old one are told.")


@transaction.atomic
def reopen_seal(*, visit: Visit, seal: Seal, now: datetime) -> Reopening:
    """Open a sealed letter again, within the hour and before it was released to anyone.

    Writes a reopening and lets the request go on, unless the letter was begun beside it, another closed the request since or its applicant
    withdrew it; takes back mails about the seal that still wait. The number is never used again. Refuses a link alone: opened again, the text can be read by whoever holds one.
    """
    visit.demand_code(seal.letter.key)
    locked = Seal.objects.select_for_update(of=("self",)).select_related("letter").get(pk=seal.pk)
    existing = Reopening.objects.filter(seal=locked).first()
    if existing is not None:
        return existing
    if (
        now >= locked.sealed_at + HOUR
        or hasattr(locked, "release")
        or locked.letter.request_id != visit.request.pk
    ):
        raise SealStays(number=locked.number)
    by = visit.by
    reopening = Reopening.objects.create(seal=locked, reopened_at=now, reopened_by=by)
    outbox.withdraw_about(locked.number, kinds=("sealed", "letter_safe"), now=now)
    later = Seal.objects.filter(
        letter__request=visit.request, sealed_at__gt=locked.sealed_at, reopening__isnull=True
    ).select_related("letter")
    if not is_beside(locked.letter) and all(is_beside(seal.letter) for seal in later):
        lift_closing(request=visit.request, by=by, now=now)
    journal.note(
        chain=visit.request.contact.owner.key,
        verb="seal_reopened",
        about=locked.letter.key,
        by=by,
        now=now,
        detail=locked.number,
    )
    return reopening
