"""What a program may do with a token: one grant for each kind of thing, reading and writing apart."""

from __future__ import annotations

from collections.abc import Iterable

from vouchsafe.core.words import msg

GRANTS: dict[str, str] = {
    "people:read": msg("See your people"),
    "people:write": msg("Add people"),
    "opportunities:read": msg("See your opportunities"),
    "opportunities:write": msg("Add opportunities"),
    "plans:read": msg("See your plan"),
    "requests:read": msg("See your requests and where they stand"),
    "letters:read": msg("See what lies in your Safe, and take the letters you may read"),
    "packets:read": msg("See your packets and who may read them"),
    "readers:write": msg("Make a link for a reader"),
    "office:read": msg("See where everyone’s requests stand, for the office"),
}
"""In the order they are offered. Each says what its holder lets happen."""

OFFICE = frozenset({"office:read"})
"""Only for who runs the office, and only while they do."""


def known(grants: Iterable[str]) -> list[str]:
    """Those that exist, each once and in the order they are offered."""
    chosen = set(grants)
    return [grant for grant in GRANTS if grant in chosen]
