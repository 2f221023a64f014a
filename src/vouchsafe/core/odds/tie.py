"""How somebody knows the applicant, as far as the chance of a yes depends on it."""

from __future__ import annotations

from enum import StrEnum


class Tie(StrEnum):
    SUPERVISOR = "supervisor"
    """A direct supervisor or adviser."""
    REFERENCE = "reference"
    """A manager or colleague who already serves as a reference."""
    MENTOR = "mentor"
    """A teacher or mentor who knows the applicant well."""
    LARGE_CLASS = "large_class"
    """The teacher of a large class."""
    WEAK = "weak"
    """A weak tie, or a stranger."""
