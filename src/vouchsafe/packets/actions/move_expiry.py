from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.packets.actions.make_reader_link import ReaderRevoked
from vouchsafe.packets.models import Reader, Revocation
from vouchsafe.people.models import Account


class ExpiryPassed(Refusal):
    code = "expiry-passed"
    msgid = msg("The link would be over before it begins.")
    hint_msgid = msg("Choose a day in the future.")


@transaction.atomic
def move_expiry(*, by: Account, reader: Reader, expires_at: datetime, now: datetime) -> None:
    """Let a reader's access end earlier or later. Writes the new end; links already out follow it.

    Refuses an end that has passed, and a reader whose access was revoked.
    """
    if expires_at <= now:
        raise ExpiryPassed
    locked = Reader.objects.select_for_update(of=("self",)).get(pk=reader.pk)
    if Revocation.objects.filter(reader=locked).exists():
        raise ReaderRevoked(reader=locked.name)
    if locked.expires_at == expires_at:
        return
    locked.expires_at = expires_at
    locked.save(update_fields=["expires_at"])
    journal.note(chain=by.key, verb="reader_expiry_moved", about=locked.key, by=by.key, now=now)
