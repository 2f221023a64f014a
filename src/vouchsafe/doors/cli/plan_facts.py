"""FACTS.json for `vouchsafe plan`: what the applicant adds to the files. The format is in docs/plan-facts.md.

Whatever can't be understood or matched is a problem with its place; nothing is dropped in silence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from math import isfinite
from typing import Any, TypeVar

from vouchsafe.core.planning.facts import Forbid, Happened, Kind, Means, Pin, Swap, Tie, Wish
from vouchsafe.core.words import Refusal, Sentence, msg, say

MAX_BYTES = 4_000_000
MOST_LETTERS = 20


class FactsNotReadable(Refusal):
    """The facts are no JSON object."""

    code = "facts-not-readable"
    msgid = msg("{file} is no facts file: {why}.")
    hint_msgid = msg("It is a JSON object with contacts, postings and wishes; docs/plan-facts.md shows one.")


class _WrongValueError(Exception):
    """A value of the wrong shape; its text says what is expected."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not taken over: where, and why."""

    where: str
    why: Sentence


@dataclass(slots=True)
class Facts:
    """The file, checked value by value. Names are still as written; `Names` matches them."""

    contacts: dict[str, dict[str, Any]] = field(default_factory=dict)
    postings: dict[str, dict[str, Any]] = field(default_factory=dict)
    wishes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_facts(data: bytes, file: str) -> Facts:
    """The facts in a file. Refuses what is no JSON object; everything smaller becomes a problem."""
    if len(data) > MAX_BYTES:
        raise FactsNotReadable(file=file, why="it is too large")
    try:
        whole = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_without_doubles)
    except UnicodeDecodeError as error:
        raise FactsNotReadable(file=file, why="it is not text in UTF-8") from error
    except json.JSONDecodeError as error:
        where = f"no JSON at line {error.lineno}, column {error.colno}"
        raise FactsNotReadable(file=file, why=where) from error
    except (_WrongValueError, RecursionError, ValueError) as error:
        raise FactsNotReadable(file=file, why=str(error) or "it is nested too deeply") from error
    if not isinstance(whole, dict):
        raise FactsNotReadable(file=file, why="it holds no object")
    facts = Facts()
    for key, value in whole.items():
        if key == "contacts":
            facts.contacts = _table(value, "contacts", CONTACT_FIELDS, facts.problems)
        elif key == "postings":
            facts.postings = _table(value, "postings", POSTING_FIELDS, facts.problems)
        elif key == "wishes":
            facts.wishes = _wishes(value, facts.problems)
        else:
            facts.problems.append(Problem(key, say("This is none of contacts, postings and wishes.")))
    return facts


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise _WrongValueError(f"“{next(n for n in names if names.count(n) > 1)}” stands there twice")
    return found


def _table(
    value: object, where: str, fields: Mapping[str, Callable[[Any], Any]], problems: list[Problem]
) -> dict[str, dict[str, Any]]:
    if not isinstance(value, dict):
        problems.append(Problem(where, say("This should be an object: a name, then what is known of it.")))
        return {}
    return {name: _row(row, f"{where}.{name}", fields, problems) for name, row in value.items()}


def _row(
    row: object, where: str, fields: Mapping[str, Callable[[Any], Any]], problems: list[Problem]
) -> dict[str, Any]:
    if not isinstance(row, dict):
        problems.append(Problem(where, say("This should be an object.")))
        return {}
    found = {}
    for key, value in row.items():
        if key not in fields:
            known = ", ".join(sorted(fields))
            problems.append(
                Problem(f"{where}.{key}", say("This is not known. Known are: {known}.", known=known))
            )
            continue
        try:
            found[key] = None if value is None else fields[key](value)
        except _WrongValueError as error:
            problems.append(Problem(f"{where}.{key}", say("This should be {what}.", what=str(error))))
    return {key: value for key, value in found.items() if value is not None}


def _wishes(value: object, problems: list[Problem]) -> list[tuple[str, dict[str, Any]]]:
    if not isinstance(value, list):
        problems.append(Problem("wishes", say("This should be a list of wishes.")))
        return []
    found = []
    for i, wish in enumerate(value):
        where = f"wishes[{i}]"
        kind = wish.get("wish") if isinstance(wish, dict) else None
        if not isinstance(kind, str) or kind not in WISH_FIELDS:
            problems.append(
                Problem(where, say("A wish says which it is: {known}.", known=", ".join(WISH_FIELDS)))
            )
            continue
        before = len(problems)
        row = _row({k: v for k, v in wish.items() if k != "wish"}, where, WISH_FIELDS[kind], problems)
        missing = [k for k in WISH_NEEDS[kind] if k not in row]
        if missing:
            problems.append(Problem(where, say("Here is missing: {missing}.", missing=", ".join(missing))))
        if len(problems) == before:
            found.append((where, {**row, "wish": kind}))
    return found


def wish_of(row: dict[str, Any], contact: Callable[[str], str], posting: Callable[[str], str]) -> Wish:
    """The wish, with names turned into keys by the two functions."""
    kind = row["wish"]
    if kind == "pin":
        return Pin(contact(row["contact"]), posting(row["posting"]))
    if kind == "forbid":
        return Forbid(contact(row["contact"]), posting(row["posting"]) if "posting" in row else None)
    if kind == "swap":
        return Swap(posting(row["posting"]), contact(row["out"]), contact(row["into"]))
    rest = {k: v for k, v in row.items() if k not in ("wish", "contact", "posting")}
    return Happened(contact=contact(row["contact"]), opportunity=posting(row["posting"]), **rest)


def _grade(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 4:
        raise _WrongValueError("a whole number from 0 to 4")
    return value


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_LETTERS:
        raise _WrongValueError(f"a whole number from 0 to {MOST_LETTERS}")
    return value


def _patience(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 366:
        raise _WrongValueError("a whole number of days from 1 to 366")
    return value


def _hours(value: Any) -> float:
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not (isfinite(value) and 0 <= value <= 1000)
    ):
        raise _WrongValueError("a number of hours from 0 to 1000")
    return float(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _WrongValueError("true or false")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _WrongValueError("a text")
    return " ".join(value.split())


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise _WrongValueError("a list of texts")
    return tuple(" ".join(v.split()) for v in value)


def _labels(value: Any) -> frozenset[str]:
    """Qualities and forms are matched whatever their case."""
    return frozenset(v.casefold() for v in _texts(value))


def day(value: Any) -> date:
    """A date, also from a moment with its time."""
    try:
        return datetime.fromisoformat(value).date() if isinstance(value, str) else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> date:
    raise _WrongValueError("a date such as 2026-11-30")


Choice = TypeVar("Choice", bound=StrEnum)


def _one_of(kind: type[Choice]) -> Callable[[Any], Choice]:
    def read(value: Any) -> Choice:
        try:
            return kind(value)
        except ValueError:
            raise _WrongValueError("one of " + ", ".join(kind)) from None

    return read


def _all_of(kind: type[Choice]) -> Callable[[Any], frozenset[Choice]]:
    def read(value: Any) -> frozenset[Choice]:
        return frozenset(_one_of(kind)(v) for v in _texts(value))

    return read


def _spans(value: Any) -> tuple[tuple[date, date], ...]:
    spans = []
    for pair in value if isinstance(value, list) else [value]:
        if not isinstance(pair, list) or len(pair) != 2:
            raise _WrongValueError("a list of [first day, last day]")
        first, last = day(pair[0]), day(pair[1])
        if last < first:
            raise _WrongValueError("a last day that is not before the first")
        spans.append((first, last))
    return tuple(spans)


def _answer(value: Any) -> str:
    if value not in ("yes", "no", "withdrawn"):
        raise _WrongValueError("yes, no or withdrawn")
    return str(value)


CONTACT_FIELDS: dict[str, Callable[[Any], Any]] = {
    "tie": _one_of(Tie),
    "knows_work": _grade,
    "warmth": _grade,
    "seniority": _grade,
    "last_worked_on": day,
    "qualities": _labels,
    "meets_regularly": _flag,
    "phone_reference": _flag,
    "phone_reference_for": _texts,
    "budget_hours": _hours,
    "committed_hours": _hours,
    "open_asks": _count,
    "written_kinds": _all_of(Kind),
    "reachable": _all_of(Means),
    "unreachable": _flag,
    "country": _text,
    "away": _spans,
    "emails": _texts,
}
POSTING_FIELDS: dict[str, Callable[[Any], Any]] = {
    "kind": _one_of(Kind),
    "need": _count,
    "spare": _count,
    "deadline": day,
    "shown": day,
    "wanted": _labels,
    "odd_forms": _labels,
    "ask_anyway": _flag,
    "patience": _patience,
}
_WHO: dict[str, Callable[[Any], Any]] = {"contact": _text, "posting": _text}
WISH_FIELDS: dict[str, dict[str, Callable[[Any], Any]]] = {
    "pin": _WHO,
    "forbid": _WHO,
    "swap": {"posting": _text, "out": _text, "into": _text},
    "happened": {
        **_WHO,
        "asked_on": day,
        "means": _one_of(Means),
        "answer": _answer,
        "answered_on": day,
        "letter_on": day,
    },
}
WISH_NEEDS = {
    "pin": ("contact", "posting"),
    "forbid": ("contact",),
    "swap": ("posting", "out", "into"),
    "happened": ("contact", "posting", "asked_on"),
}
