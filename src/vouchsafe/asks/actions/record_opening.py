from __future__ import annotations

from datetime import datetime

from vouchsafe.asks.models import Opening, Request


def record_opening(*, request: Request, now: datetime) -> None:
    """A person pressed something on the writer's page: from now on it counts as opened. Once is enough."""
    Opening.objects.get_or_create(request=request, defaults={"opened_at": now})
