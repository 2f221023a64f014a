"""How the handling of one mail ended."""

from __future__ import annotations

from dataclasses import dataclass

from vouchsafe.ledger import inbox

State = inbox.State


@dataclass(frozen=True, slots=True)
class Ending:
    """The state it is left in, and a code that says what was done."""

    state: inbox.State
    outcome: str


def handled(outcome: str) -> Ending:
    return Ending(State.HANDLED, outcome)


def aside(outcome: str) -> Ending:
    """Kept, and shown to the office."""
    return Ending(State.ASIDE, outcome)
