"""How often a program may ask: by its token, and by where it comes from while it shows none that opens.

Each question takes one of a minute's places in the cache, which all processes share. `add` is atomic, so no two take
the same; looking at what is taken first spares the tries.
"""

from __future__ import annotations

import ipaddress
import secrets
from datetime import datetime

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MINUTE = 60
A_MINUTE = 120
UNKNOWN_A_MINUTE = 20


def takes_place(who: str, now: datetime, most: int) -> bool:
    """Take one of this minute's places; False when there is none left."""
    minute = int(now.timestamp()) // MINUTE
    places = [f"api:{who}:{minute}:{n}" for n in range(most)]
    taken = cache.get_many(places)
    free = [place for place in places if place not in taken]
    while free:
        # Any of them, so that programs that ask at the same moment seldom want the same place.
        place = free.pop(secrets.randbelow(len(free)))
        if cache.add(place, 1, 2 * MINUTE):
            return True
    return False


def seconds_left(now: datetime) -> int:
    """Until the next minute's places."""
    return MINUTE - int(now.timestamp()) % MINUTE


def visitor_of(request: HttpRequest) -> str:
    """Where a question comes from, by a keyed digest: the cache is a table, and an address is a personal fact."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if address.version == 6:  # one customer has a whole network of them
        address = ipaddress.ip_network(f"{address}/64", strict=False).network_address
    return salted_hmac("pace", str(address), algorithm="sha256").hexdigest()[:24]
