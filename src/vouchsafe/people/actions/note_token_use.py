from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from vouchsafe.people.models import ProgramToken

EVERY = timedelta(hours=1)


def note_token_use(*, token: ProgramToken, now: datetime) -> None:
    """Remember when a token was last used, to the hour, so that reading costs no write. Writes no line, queues nothing."""
    if token.used_at is None or now - token.used_at >= EVERY:
        rows = ProgramToken.objects.filter(pk=token.pk)
        rows.filter(Q(used_at__isnull=True) | Q(used_at__lte=now - EVERY)).update(used_at=now)
