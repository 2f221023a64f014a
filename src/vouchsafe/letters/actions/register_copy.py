from __future__ import annotations

from datetime import datetime

from vouchsafe.ledger import journal
from vouchsafe.letters.models import Copy, Seal


def register_copy(*, seal: Seal, kind: str, digest: str, made_for: str, by: str, now: datetime) -> Copy:
    """Remember a copy made here by its SHA-256, in the caller's transaction. The same copy again is one row."""
    copy, fresh = Copy.objects.get_or_create(
        seal=seal, digest=digest, defaults={"kind": kind, "made_for": made_for, "made_at": now}
    )
    if fresh:
        chain = seal.letter.applicant.key
        journal.note(chain=chain, verb="copy_made", about=seal.letter.key, by=by, now=now, detail=digest)
    return copy
