"""Time zones to choose from, wherever a day is asked for that somebody else has to keep."""

from __future__ import annotations

ZONES = (
    "UTC", "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Berlin", "Europe/Paris", "Europe/Madrid",
    "Europe/Rome", "Europe/Zurich", "Europe/Vienna", "Europe/Amsterdam", "Europe/Brussels", "Europe/Copenhagen",
    "Europe/Stockholm", "Europe/Oslo", "Europe/Helsinki", "Europe/Warsaw", "Europe/Athens", "Europe/Istanbul",
    "Africa/Cairo", "Africa/Lagos", "Africa/Nairobi", "Africa/Johannesburg", "Asia/Dubai", "Asia/Karachi",
    "Asia/Kolkata", "Asia/Dhaka", "Asia/Bangkok", "Asia/Singapore", "Asia/Shanghai", "Asia/Seoul", "Asia/Tokyo",
    "Australia/Perth", "Australia/Sydney", "Pacific/Auckland", "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires", "America/Halifax", "America/New_York", "America/Chicago", "America/Denver",
    "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu",
)  # fmt: skip


def zones_to_choose(*first: str) -> list[tuple[str, str]]:
    """Those named first, perhaps one's own and one kept already, before the others."""
    return [(zone, zone.replace("_", " ")) for zone in dict.fromkeys((*filter(None, first), *ZONES))]
