"""From a program's token to whoever let it in, and an account's own tokens."""

from __future__ import annotations

from datetime import datetime

from vouchsafe.ledger.keys import token_hash
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account, ProgramToken


def program_token(shown: str, now: datetime) -> ProgramToken:
    """The token a program shows. Unknown, revoked, run out and of an account that is gone look the same."""
    found = (
        ProgramToken.objects.alive(now).select_related("account").filter(token_hash=token_hash(shown)).first()
    )
    if found is None:
        raise NotHere("token")
    return found


def program_tokens(viewer: Account) -> list[ProgramToken]:
    """Those that were not revoked, the newest first; one that has run out stays in sight."""
    return list(ProgramToken.objects.filter(account=viewer, revoked_at__isnull=True))


def program_token_of(viewer: Account, key: str) -> ProgramToken:
    found = ProgramToken.objects.filter(account=viewer, key=key, revoked_at__isnull=True).first()
    if found is None:
        raise NotHere(key)
    return found
