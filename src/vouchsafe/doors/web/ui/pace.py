"""How often one visitor may press: enough for people, too little for trying everything.

A press takes one of a minute's places in the cache, which all processes share; `add` is atomic, so no two presses
take the same.
"""

from __future__ import annotations

import ipaddress
from datetime import datetime

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MINUTE = 60


def takes_place(request: HttpRequest, now: datetime, *, what: str, most: int) -> bool:
    """Take one of this minute's places for `what`; False when there is none left."""
    minute = int(now.timestamp()) // MINUTE
    name = f"{what}:{visitor_of(request)}:{minute}"
    return any(cache.add(f"{name}:{place}", 1, 2 * MINUTE) for place in range(most))


def visitor_of(request: HttpRequest) -> str:
    """Whoever asks, by a keyed digest: the cache is a table, and an address is a personal fact."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if address.version == 6:  # one customer has a whole network of them
        address = ipaddress.ip_network(f"{address}/64", strict=False).network_address
    return salted_hmac("pace", str(address), algorithm="sha256").hexdigest()[:24]
