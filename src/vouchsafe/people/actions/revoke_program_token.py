from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account, ProgramToken


@transaction.atomic
def revoke_program_token(*, by: Account, token: ProgramToken, now: datetime) -> None:
    """Shut a program out at once. Writes the time and a line; queues nothing; twice is once."""
    done = ProgramToken.objects.filter(pk=token.pk, account=by, revoked_at__isnull=True).update(
        revoked_at=now
    )
    if done:
        journal.note(chain=by.key, verb="token_revoked", about=token.key, by=by.key, now=now)
