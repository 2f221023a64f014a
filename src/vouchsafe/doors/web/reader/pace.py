"""How often one address may look letters up: enough for a committee, too little for trying every number.

A press takes one of a minute's places in the cache, which all processes share; `add` is atomic, so no two presses
take the same. A visit to a number's own page must write no row, so there only numbers that nobody has are counted,
in this process alone.
"""

from __future__ import annotations

import ipaddress
import threading
from collections import defaultdict, deque
from datetime import datetime

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from vouchsafe.core.words import Refusal, msg

PRESSES = MISSES = 30
MINUTE = 60
_missed: dict[str, deque[float]] = defaultdict(deque)
_lock = threading.Lock()


class TooManyLookUps(Refusal):
    code = "too-many-look-ups"
    msgid = msg("That was many letters in one minute.")
    hint_msgid = msg("Wait a minute, then try again.")


def count_press(request: HttpRequest, now: datetime) -> None:
    """Take one of this minute's places. Refuses when there is none left."""
    minute = int(now.timestamp()) // MINUTE
    name = f"verify:{_address(request)}:{minute}"
    if not any(cache.add(f"{name}:{place}", 1, 2 * MINUTE) for place in range(PRESSES)):
        raise TooManyLookUps


def refuse_after_misses(request: HttpRequest, now: datetime) -> None:
    """Refuse an address that has asked for too many numbers nobody has."""
    with _lock:
        missed = _missed.get(_address(request), deque())
        while missed and missed[0] < now.timestamp() - MINUTE:
            missed.popleft()
        if len(missed) >= MISSES:
            raise TooManyLookUps


def count_miss(request: HttpRequest, now: datetime) -> None:
    with _lock:
        _missed[_address(request)].append(now.timestamp())
        if len(_missed) > 10_000:  # only the last minute matters
            old = now.timestamp() - MINUTE
            for address in [address for address, times in _missed.items() if times[-1] < old]:
                del _missed[address]


def _address(request: HttpRequest) -> str:
    """Whoever asks, by a keyed digest: the cache is a table, and an address is a personal fact."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if address.version == 6:  # one customer has a whole network of them
        address = ipaddress.ip_network(f"{address}/64", strict=False).network_address
    return salted_hmac("pace", str(address), algorithm="sha256").hexdigest()[:24]
