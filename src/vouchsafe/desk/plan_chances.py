"""What one more ask buys, and when: reckoned with the very links the plan was drawn with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from vouchsafe.core.odds import Channel, Link, Scenario, Slot, final_odds, forecast, with_ask
from vouchsafe.core.odds.priors import SHORT_LEAD_DAYS
from vouchsafe.core.words import Sentence, say
from vouchsafe.people.models import Contact


@dataclass(frozen=True, slots=True)
class GainLine:
    """What so many more asks buy, made by this day."""

    label: Sentence
    by: date | None
    odds: float
    gain: float


@dataclass(frozen=True, slots=True)
class Chances:
    """The odds of the chosen opportunity: day by day as it is, and with one more ask this week."""

    odds: float
    by_day: tuple[tuple[date, float], ...]
    more: tuple[tuple[date, float], ...]
    more_name: str
    gains: tuple[GainLine, ...]


def one_more(scenario: Scenario, part: Mapping[str, Any], day: date, asks: int = 1) -> Scenario | None:
    """The scenario with so many of the next best asked on `day`; None when there are not that many.

    A stand-by who is asked now leaves the place in the chain: nobody is asked twice.
    """
    offers = part["offers"][:asks]
    if len(offers) < asks or day > scenario.deadline:
        return None
    called = {offer["contact"] for offer in offers}
    slots = tuple(
        Slot(
            tuple(link for kept, link in zip(chain, slot.chain, strict=True) if kept["contact"] not in called)
        )
        for chain, slot in zip(part["chains"], scenario.slots, strict=True)
    )
    asked = replace(scenario, slots=slots)
    sample = next((link for slot in scenario.slots for link in slot.chain), None)
    if sample is None:
        return None
    lead = (scenario.deadline - day).days
    for offer in offers:
        chance = offer["p_short"] if lead < SHORT_LEAD_DAYS else offer["p"]
        link = Link(chance, sample.r, sample.l, Channel(offer["means"]), ask_on=day)
        asked = with_ask(asked, link, as_slot=True)
    return asked


@lru_cache(maxsize=256)
def by_day(scenario: Scenario) -> tuple[float, ...]:
    """The forecast's chances, remembered: a plan is looked at far more often than it is drawn. No person is in them."""
    return forecast(scenario).by_day


def this_week(today: date) -> date:
    """The Sunday that ends the week."""
    return today + timedelta(days=6 - today.weekday())


def chances_of(part: Mapping[str, Any], scenario: Scenario, contacts: Mapping[str, Contact]) -> Chances:
    today, odds = scenario.today, float(part["odds"])
    days = [today + timedelta(days=n) for n in range(len(part["by_day"]))]
    asked_now = one_more(scenario, part, min(this_week(today), scenario.deadline))
    more = by_day(asked_now) if asked_now is not None else ()
    offers = (
        (say("Ask one more this week"), 1, this_week(today)),
        (say("Ask two more this week"), 2, this_week(today)),
        (say("Ask one more, in two weeks"), 1, today + timedelta(days=14)),
        (say("Ask one more, in three weeks"), 1, today + timedelta(days=21)),
    )
    gains = [GainLine(say("Leave it as it is"), None, odds, 0.0)]
    for label, asks, day in offers:
        asked = one_more(scenario, part, day, asks)
        if asked is not None:
            reached = final_odds(asked)
            gains.append(GainLine(label, day, reached, reached - odds))
    first = part["offers"][0]["contact"] if part["offers"] else ""
    return Chances(
        odds=odds,
        by_day=tuple(zip(days, part["by_day"], strict=True)),
        more=tuple(zip(days, more, strict=True)) if more else (),
        more_name=contacts[first].name if first in contacts else "",
        gains=tuple(gains),
    )
