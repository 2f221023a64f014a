from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.letters.models import Seal
from vouchsafe.packets.models import Reader, Revocation, Viewing


class AccessOver(Refusal):
    code = "access-over"
    msgid = msg("This link no longer opens the letter.")
    hint_msgid = msg("Ask the person who sent it to you for a new one.")


@transaction.atomic
def record_viewing(*, reader: Reader, seal: Seal | None, what: str, now: datetime) -> Viewing:
    """A person pressed Read or Download. Writes a viewing; refuses once access is over."""
    Reader.objects.select_for_update(of=("self",)).get(pk=reader.pk)
    gone = Revocation.objects.filter(reader=reader).exists() or reader.expires_at <= now or reader.held_why
    if gone or (seal is not None and hasattr(Seal.objects.get(pk=seal.pk), "withdrawal")):
        raise AccessOver
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
