"""The five small graphs: plan, request, letter, packet, call. Stages are derived from facts, never stored.

`stage_of_*` takes the facts that rows give; each app's queryset has one filter per stage that says the same
in SQL, and a property test holds both together. The graphs are checked at import.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vouchsafe.core.words import Refusal, msg


@dataclass(frozen=True, slots=True)
class Graph:
    """Stages in path order, and which verbs are allowed from which stages."""

    name: str
    stages: tuple[str, ...]
    moves: Mapping[str, frozenset[str]]

    def __post_init__(self) -> None:
        for verb, allowed in self.moves.items():
            unknown = allowed - set(self.stages)
            if unknown or not allowed:
                raise ValueError(f"{self.name}: {verb} names unknown stages {sorted(unknown)}")

    def allows(self, verb: str, stage: str) -> bool:
        return stage in self.moves[verb]

    def demand(self, verb: str, stage: str) -> None:
        """Raise `MoveNotAllowed` unless `verb` may be done at `stage`."""
        if not self.allows(verb, stage):
            raise MoveNotAllowed(thing=self.name, verb=verb, stage=stage)


class MoveNotAllowed(Refusal):
    code = "move-not-allowed"
    msgid = msg("This {thing} is {stage}, so that can’t be done now.")
    hint_msgid = msg("Load the page again to see where it stands.")


def _from(*stages: str) -> frozenset[str]:
    return frozenset(stages)


PLAN = Graph(
    "plan",
    ("empty", "drawn", "replaced", "closed"),
    {"redraw": _from("empty", "drawn"), "close": _from("drawn")},
)

REQUEST = Graph(
    "request",
    ("prepared", "asked", "agreed", "writing", "declined", "sealed", "withdrawn"),
    {
        "mail": _from("prepared", "asked", "agreed", "writing", "declined"),
        "say_yes": _from("prepared", "asked", "declined", "agreed", "writing"),
        "say_no": _from("prepared", "asked", "agreed", "writing"),
        "take_back": _from("agreed", "writing"),
        "not_mine": _from("prepared", "asked", "agreed"),
        "write": _from("prepared", "asked", "agreed", "writing", "declined"),
        # An assistant lays words or a file before the writer.
        "help": _from("asked", "agreed", "writing"),
        "seal": _from("agreed", "writing"),
        # A successor, or a version for one place: the letter of the request stands or is being written.
        "write_beside": _from("agreed", "writing", "sealed"),
        "seal_beside": _from("agreed", "writing", "sealed"),
        "reopen": _from("sealed"),
        "add_purpose": _from("prepared", "asked", "agreed", "writing", "declined", "sealed", "withdrawn"),
        "remind": _from("asked", "agreed", "writing"),
        "withdraw": _from("prepared", "asked", "agreed", "writing", "declined"),
    },
)

LETTER = Graph(
    "letter",
    ("draft", "sealed", "released", "withdrawn", "replaced"),
    {
        "write": _from("draft"),
        "upload": _from("draft"),
        "seal": _from("draft"),
        "reopen": _from("sealed"),
        "release": _from("sealed"),
        "deliver": _from("released"),
        "withdraw": _from("sealed", "released"),
        "succeed": _from("sealed", "released", "withdrawn"),
        "tailor": _from("draft", "sealed", "released"),
        "start_from": _from("sealed", "released", "withdrawn", "replaced"),
        "renew": _from("released", "withdrawn"),
    },
)

PACKET = Graph(
    "packet",
    ("made", "delivered", "read", "revoked"),
    {
        # After every reader was revoked somebody can be named anew: it is the packet that stays.
        "add_reader": _from("made", "delivered", "read", "revoked"),
        "deliver": _from("made", "delivered", "read"),
        "read": _from("made", "delivered", "read"),
        "revoke": _from("made", "delivered", "read"),
    },
)

CALL = Graph(
    "call",
    ("draft", "open", "closed", "withdrawn"),
    {
        "edit": _from("draft"),
        "open": _from("draft"),
        "unopen": _from("open"),
        "close": _from("open"),
        "reopen": _from("closed"),
        "withdraw": _from("draft", "open", "closed"),
        "restore": _from("withdrawn"),
        "move_days": _from("open", "closed"),
        "invite": _from("open"),
        "apply": _from("open"),
        "nominate": _from("open"),
        # Who was nominated in time may still be asked.
        "ask": _from("open", "closed"),
        "leave": _from("open", "closed", "withdrawn"),
        "name_reader": _from("draft", "open", "closed"),
        "mail_reader": _from("open", "closed"),
        "shortlist": _from("open", "closed"),
        "read": _from("open", "closed"),
    },
)


def stage_of_request(
    *, was_mailed: bool, latest_answer: str | None, was_started: bool, closed_why: str | None
) -> str:
    """A request's stage from its rows: links, the newest answer, a start, a closing in force."""
    if closed_why is not None:
        return closed_why
    if latest_answer in {"no", "taken_back", "not_mine"}:
        return "declined"
    if latest_answer in {"yes", "yes_if"}:
        return "writing" if was_started else "agreed"
    return "asked" if was_mailed else "prepared"


def stage_of_letter(*, has_seal: bool, is_released: bool, is_withdrawn: bool, has_successor: bool) -> str:
    """A letter's stage; `has_seal` means a seal that was not opened again."""
    if not has_seal:
        return "draft"
    if is_withdrawn:
        return "withdrawn"
    if has_successor:
        return "replaced"
    return "released" if is_released else "sealed"


def stage_of_packet(*, deliveries: int, viewings: int, live_readers: int, readers: int) -> str:
    """A packet's stage; revoked once every reader it ever had is revoked."""
    if readers and not live_readers:
        return "revoked"
    if viewings:
        return "read"
    return "delivered" if deliveries else "made"


def stage_of_plan(*, slots: int, is_replaced: bool, is_closed: bool) -> str:
    if is_closed:
        return "closed"
    if is_replaced:
        return "replaced"
    return "drawn" if slots else "empty"


def stage_of_call(*, is_opened: bool, is_closed: bool, is_withdrawn: bool) -> str:
    if is_withdrawn:
        return "withdrawn"
    if not is_opened:
        return "draft"
    return "closed" if is_closed else "open"
