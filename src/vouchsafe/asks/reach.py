"""Whether anybody but the owner can reach this instance by the web."""

from __future__ import annotations

from django.conf import settings

from vouchsafe.people.access import hosts_personally


def is_reachable() -> bool:
    """A laptop without a public address puts no link and no QR code into anything: nobody could open it."""
    return settings.PUBLIC_URL is not None or not hosts_personally()
