"""Whether something failed because what is kept can't be reached just now: that passes, unlike a fault of ours."""

from __future__ import annotations

import sys

from django.db import OperationalError

from vouchsafe.adapters.vault import StorageUnavailableError


def is_out_of_reach(trouble: BaseException) -> bool:
    """No connection to database, vault or cache, no room there, or locked too long."""
    if isinstance(trouble, (StorageUnavailableError, OperationalError)):
        return True
    # Only who has set VOUCHSAFE_CACHE_URL pays for importing the client of Redis.
    redis = sys.modules.get("redis")
    return redis is not None and isinstance(trouble, redis.RedisError)
