"""What the odds are computed from: links, chains, slots, and the days they are counted in.

Everything here is plain data; `check` says where a scenario contradicts itself before anything is
computed from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from vouchsafe.core.words import Refusal, Sentence, msg, say

LONGEST_PATIENCE = 366
LONGEST_HORIZON = 1830
"""Five years. A letter wanted later than that is one for the pocket, which has no odds."""


class Channel(StrEnum):
    """How somebody is asked. In person answers at once; mail and phone share one delay."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    MAIL = "mail"


class ScenarioRefused(Refusal):
    """A scenario no odds can be computed from; `where` names the place, `why` is a sentence."""

    code = "scenario-refused"
    msgid = msg("{where}: {why}")
    hint_msgid = msg("Mend that entry and try again.")

    def __init__(self, where: str, why: Sentence) -> None:
        super().__init__(where=where, why=why)


@dataclass(frozen=True, slots=True)
class Known:
    """What has already happened with one ask. A yes taken back is recorded as a no."""

    asked_on: date
    answer: Literal["yes", "no"] | None = None
    answered_on: date | None = None
    letter_on: date | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One person in a chain.

    `p` is the chance of a yes, `r` of a letter given a yes, `l` that a written letter misses its
    date. All three are final: multipliers have been applied. `ask_on` counts for the first link of
    a chain only; a stand-by is asked when its turn comes.
    """

    p: float
    r: float
    l: float  # noqa: E741 - the model's own letter, fixed by the scenario format
    channel: Channel = Channel.MAIL
    ask_on: date | None = None
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One letter sought: its first writer, then the stand-bys in their order."""

    chain: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything a forecast rests on. `need` never includes the spare."""

    today: date
    deadline: date
    need: int
    slots: tuple[Slot, ...] = ()
    shown: date | None = None
    patience: int | None = None


def check(scenario: Scenario) -> None:
    """Refuse, naming the place, what the model has no answer for."""
    check_dates(scenario.today, scenario.deadline, scenario.shown, scenario.patience)
    if scenario.need < 0:
        raise ScenarioRefused("need", say("The number of letters cannot be negative."))
    for i, slot in enumerate(scenario.slots):
        for j, link in enumerate(slot.chain):
            _check_link(link, f"slots[{i}].chain[{j}]", scenario.today, first=j == 0)


def check_dates(today: date, deadline: date, shown: date | None, patience: int | None) -> None:
    """Refuse dates and a patience that cannot be."""
    if deadline < today:
        raise ScenarioRefused(
            "deadline", say("The deadline, {deadline}, is before today.", deadline=deadline)
        )
    if (deadline - today).days > LONGEST_HORIZON:
        raise ScenarioRefused(
            "deadline", say("The deadline, {deadline}, is more than five years away.", deadline=deadline)
        )
    if shown is not None and shown > deadline:
        raise ScenarioRefused(
            "shown",
            say(
                "No date later than the deadline is ever shown, and {shown} is after {deadline}.",
                shown=shown,
                deadline=deadline,
            ),
        )
    if patience is not None and not 0 <= patience <= LONGEST_PATIENCE:
        raise ScenarioRefused(
            "patience", say("Patience is a number of days from 0 to {most}.", most=LONGEST_PATIENCE)
        )


def _check_link(link: Link, where: str, today: date, *, first: bool) -> None:
    for name, value in (("p", link.p), ("r", link.r), ("l", link.l)):
        if not 0 <= value <= 1:  # also catches a NaN, which is in no range
            raise ScenarioRefused(
                f"{where}.{name}", say("A chance lies between 0 and 1, not at {value}.", value=value)
            )
    if link.known is not None:
        _check_known(link.known, f"{where}.known", today)
        return
    if link.ask_on is not None and link.ask_on < today:
        raise ScenarioRefused(
            f"{where}.ask_on",
            say("An ask dated before today, {day}, must say what is known of it.", day=link.ask_on),
        )
    if first and link.ask_on is None:
        raise ScenarioRefused(
            f"{where}.ask_on", say("The first of a chain needs the day it is asked, or what is known of it.")
        )


def _check_known(known: Known, where: str, today: date) -> None:
    for name in ("asked_on", "answered_on", "letter_on"):
        day = getattr(known, name)
        if day is not None and day > today:
            raise ScenarioRefused(
                f"{where}.{name}", say("What is known cannot lie after today, and {day} does.", day=day)
            )
    if known.answer not in ("yes", "no", None):
        raise ScenarioRefused(f"{where}.answer", say("An answer is “yes”, “no” or nothing yet."))
    if known.answered_on is None:
        return
    if known.answer is None:
        raise ScenarioRefused(f"{where}.answered_on", say("There is a day of the answer, but no answer."))
    if known.answered_on < known.asked_on:
        raise ScenarioRefused(f"{where}.answered_on", say("The answer is dated before the ask."))
