from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.letters.models import Seal
from vouchsafe.packets.access import demand_access, demand_savable
from vouchsafe.packets.models import Reader, Viewing
from vouchsafe.plans.models import Application


@transaction.atomic
def record_viewing(*, reader: Reader, seal: Seal | None, what: str, now: datetime) -> Viewing:
    """A person pressed Read or Download. Writes a viewing; refuses once access is over, and
    a file of a letter that may be read on the screen alone.

    The reader's row is locked first, as it is by a revocation, so of the two one comes first and the other sees it.
    """
    if (application := reader.packet.application_id) is not None:  # the shortlist locks it too, and first
        Application.objects.select_for_update(of=("self",)).get(pk=application)
    Reader.objects.select_for_update(of=("self",)).get(pk=reader.pk)
    demand_access(reader=reader, seal=seal, now=now)
    if seal is not None and what == Viewing.What.DOWNLOADED:
        demand_savable(reader=reader, seals=[seal], now=now)
    viewing = Viewing.objects.create(reader=reader, seal=seal, what=what, viewed_at=now)
    journal.note(
        chain=reader.packet.owner.key,
        verb=f"reader_{what}",
        about=reader.key,
        by=reader.key,
        now=now,
        detail=seal.number if seal else "",
    )
    return viewing
