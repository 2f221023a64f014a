from __future__ import annotations

from datetime import datetime

from vouchsafe.asks.access import Visit, stage
from vouchsafe.asks.actions.note_started import note_started
from vouchsafe.asks.models import Purpose, Request
from vouchsafe.core.stages import REQUEST
from vouchsafe.ledger import journal
from vouchsafe.letters.access import letter_in_hand
from vouchsafe.letters.models import Letter


def begin_letter(*, visit: Visit, origin: str, now: datetime) -> Letter:
    """The letter the writer is at, begun now if there is none. In the caller's transaction.

    Its confidentiality is settled here, before a word is written: waived where the applicant has given up
    reading it for any purpose of the request. Refuses a browser that has not proved the writer's mailbox.
    """
    visit.demand_proof()
    request = (
        Request.objects.select_for_update(of=("self",))
        .select_related("contact__owner", "correspondent")
        .get(pk=visit.request.pk)
    )
    REQUEST.demand("write", stage(request))
    letter = letter_in_hand(visit)
    contact = request.contact
    by = request.correspondent.key if request.correspondent else "writer"
    if letter is None:
        waived = Purpose.objects.filter(
            request=request, withdrawn_at__isnull=True, confidentiality=Purpose.Choice.WAIVED
        ).exists()
        letter = Letter.objects.create(
            applicant=contact.owner,
            request=request,
            writer_name=contact.name,
            origin=origin,
            confidentiality=Letter.Confidentiality.WAIVED if waived else Letter.Confidentiality.OPEN,
            begun_at=now,
        )
        journal.note(
            chain=contact.owner.key, verb="letter_begun", about=letter.key, by=by, now=now, detail=origin
        )
    elif letter.origin != origin:
        Letter.objects.filter(pk=letter.pk).update(origin=origin)
        letter.origin = origin
    note_started(request=request, by=by, now=now)
    return letter
