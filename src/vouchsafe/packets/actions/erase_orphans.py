from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody, journal
from vouchsafe.packets.access_vault import Orphan, orphans

YOUNGEST = timedelta(days=1)


class OrphansTooYoung(Refusal):
    code = "orphans-too-young"
    msgid = msg("A file that is younger than a day may belong to an act that is still going on.")
    hint_msgid = msg("Give an age of one day at least: --older-than 30.")


@transaction.atomic
def erase_orphans(*, older_than: timedelta, now: datetime) -> tuple[Orphan, ...]:
    """Destroy the key, then the bytes, of every file no row speaks of that is older than this.

    Writes a line in the journal for each. Refuses an age under a day. There is no way back: after an older
    database was restored such a file may be the only copy of a letter, so only a person may call this.
    """
    if older_than < YOUNGEST:
        raise OrphansTooYoung
    found = orphans(now - older_than)
    for orphan in found:
        journal.note(chain=journal.OFFICE, verb="orphan_erased", about=orphan.file, by="command", now=now)
    transaction.on_commit(lambda: _destroy(found))
    return found


def _destroy(found: tuple[Orphan, ...]) -> None:
    for orphan in found:
        custody.vault().erase(orphan.file)
