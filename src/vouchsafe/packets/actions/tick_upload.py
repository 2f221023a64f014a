from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.asks.access_assistants import AssistantVisit
from vouchsafe.ledger import journal
from vouchsafe.letters.models import Seal
from vouchsafe.packets.models import PortalUpload
from vouchsafe.plans.models import Destination


@transaction.atomic
def tick_upload(
    *, visit: Visit | AssistantVisit, seal: Seal, destination: Destination, done: bool, now: datetime
) -> None:
    """The writer, or an assistant of theirs, says that the letter is uploaded to a portal, or takes that back. Twice is once.

    Writes or deletes the tick; queues nothing. Refuses a visit that has not proved the writer's mailbox.
    """
    visit.demand_proof()
    verb = "upload_ticked" if done else "upload_unticked"
    if done:
        _, fresh = PortalUpload.objects.get_or_create(
            seal=seal, destination=destination, defaults={"ticked_at": now}
        )
    else:
        fresh = bool(PortalUpload.objects.filter(seal=seal, destination=destination).delete()[0])
    if fresh:
        chain = seal.letter.applicant.key
        journal.note(
            chain=chain, verb=verb, about=seal.letter.key, by=visit.by, now=now, detail=destination.key
        )
        if done and isinstance(visit, AssistantVisit):
            journal.note(chain=chain, verb="assistant_ticked", about=visit.request.key, by=visit.by, now=now)
