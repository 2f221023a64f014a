"""Facts for an ask out of a plain mapping (a JSON file): same names as `AskFacts`, dates ISO."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from vouchsafe.core.composing.facts import (
    AskFacts,
    Channel,
    Due,
    Meeting,
    Method,
    Place,
    Purpose,
    Spoken,
    Tie,
    Waiver,
)
from vouchsafe.core.words import Refusal, msg


class FactsUnreadable(Refusal):
    code = "facts-unreadable"
    msgid = msg("The fact “{name}” cannot be used: {why}.")
    hint_msgid = msg("The names and forms of all facts are listed in docs/lint.md.")


def read_facts(given: Mapping[str, object]) -> AskFacts:
    """The facts, or a refusal that names the one that does not fit. The two names may be left out."""
    unknown = sorted(set(given) - set(READERS))
    if unknown:
        raise FactsUnreadable(name=unknown[0], why="there is no such fact")
    read: dict[str, Any] = {"applicant": "", "writer": ""}
    for name, value in given.items():
        if value is not None:
            read[name] = _read(name, value)
    return AskFacts(**read)


def _read(name: str, value: object) -> object:
    try:
        return READERS[name](value)
    except FactsUnreadable:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise FactsUnreadable(name=name, why=str(error).strip("'\"") or "its form is not known") from None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("it must be a text")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("it must be true or false")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("it must be a list of texts")
    return tuple(_text(one) for one in value)


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError("it must be an object")
    return value


def _due(value: object) -> Due:
    """`2026-10-30`, or `{"on": "2026-10-30", "at": "17:00", "zone": "Europe/London"}`."""
    if isinstance(value, str):
        return Due(date.fromisoformat(value))
    parts = _mapping(value)
    at = parts.get("at")
    return Due(
        on=date.fromisoformat(_text(parts.get("on"))),
        at=None if at is None else time.fromisoformat(_text(at)),
        zone=_text(parts.get("zone", "")),
    )


def _place(value: object) -> Place:
    parts = _mapping(value)
    due = parts.get("due")
    return Place(
        name=_text(parts.get("name")),
        method=Method(_text(parts.get("method", "mail"))),
        due=None if due is None else _due(due),
    )


def _places(value: object) -> tuple[Place, ...]:
    if not isinstance(value, list):
        raise TypeError("it must be a list")
    return tuple(_place(one) for one in value)


def _meeting(value: object) -> Meeting:
    parts = _mapping(value)
    on = parts.get("on")
    return Meeting(on=None if on is None else _due(on), where=_text(parts.get("where", "")))


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone, like 2026-10-01T09:00+01:00")
    return moment


TEXTS = (
    *("applicant", "writer", "salutation", "pronouns", "worked_together", "worked_when", "saw"),
    *("appreciation", "opportunity", "institution", "own_words", "met", "said", "link"),
)
READERS: dict[str, Callable[[object], object]] = {
    **dict.fromkeys(TEXTS, _text),
    "tie": lambda value: Tie.of(_text(value)),
    "purpose": lambda value: Purpose(_text(value)),
    "answer": lambda value: Spoken(_text(value)),
    "waiver": lambda value: Waiver(_text(value)),
    "channel": lambda value: Channel(_text(value)),
    "due": _due,
    "places": _places,
    "points": _texts,
    "attachments": _texts,
    "meeting": _meeting,
    "meets_weekly": _flag,
    "last_asked_at": _moment,
    "now": _moment,
}
