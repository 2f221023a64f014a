"""A scenario out of its JSON form, every entry looked at, each refusal naming its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from vouchsafe.core.odds.scenario import Channel, Known, Link, Scenario, ScenarioRefused, Slot, check
from vouchsafe.core.words import say


def read_scenario(data: object) -> Scenario:
    """The scenario in `data`, as parsed from JSON. Refuses what is missing, unreadable or contradictory.

    Keys it does not know are left alone; a key with null is a key left out.
    """
    top = _mapping(data, "scenario")
    scenario = Scenario(
        today=_date(top, "today", ""),
        deadline=_date(top, "deadline", ""),
        shown=_date_or_none(top, "shown", ""),
        need=_whole(top, "need"),
        patience=None if top.get("patience") is None else _whole(top, "patience"),
        slots=tuple(_slot(slot, f"slots[{i}]") for i, slot in enumerate(_items(top, "slots", ""))),
    )
    check(scenario)
    return scenario


def _slot(data: object, where: str) -> Slot:
    slot = _mapping(data, where)
    links = _items(slot, "chain", f"{where}.")
    return Slot(tuple(_link(link, f"{where}.chain[{j}]") for j, link in enumerate(links)))


def _link(data: object, where: str) -> Link:
    link = _mapping(data, where)
    channel = link.get("channel", Channel.MAIL.value)
    if not isinstance(channel, str) or channel not in set(Channel):
        raise ScenarioRefused(
            f"{where}.channel",
            say("“{channel}” is no way to ask: in_person, phone or mail.", channel=channel),
        )
    p, r, l = (_number(link, name, f"{where}.") for name in ("p", "r", "l"))  # noqa: E741 - the letters of the model (docs/why/odds.md)
    known = link.get("known")
    return Link(
        p,
        r,
        l,
        Channel(channel),
        _date_or_none(link, "ask_on", f"{where}."),
        None if known is None else _known(known, f"{where}.known"),
    )


def _known(data: object, where: str) -> Known:
    known = _mapping(data, where)
    answer = known.get("answer")
    if answer not in ("yes", "no", None):
        raise ScenarioRefused(f"{where}.answer", say("An answer is “yes”, “no” or nothing yet."))
    return Known(
        _date(known, "asked_on", f"{where}."),
        answer,
        _date_or_none(known, "answered_on", f"{where}."),
        _date_or_none(known, "letter_on", f"{where}."),
    )


def _mapping(data: object, where: str) -> Mapping[str, object]:
    if not isinstance(data, dict):
        raise ScenarioRefused(where, say("Here a JSON object is expected."))
    return data


def _items(data: Mapping[str, object], key: str, before: str) -> list[object]:
    value = data.get(key)
    if not isinstance(value, list):
        raise ScenarioRefused(f"{before}{key}", say("Here a list is expected."))
    return value


def _number(data: Mapping[str, object], key: str, before: str) -> float:
    value = data.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ScenarioRefused(f"{before}{key}", say("A chance is a number between 0 and 1."))
    return value


def _whole(data: Mapping[str, object], key: str) -> int:
    value = data.get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ScenarioRefused(key, say("Here a whole number is expected."))
    return value


def _date(data: Mapping[str, object], key: str, before: str) -> date:
    day = _date_or_none(data, key, before)
    if day is None:
        raise ScenarioRefused(f"{before}{key}", say("Here a date is needed."))
    return day


def _date_or_none(data: Mapping[str, object], key: str, before: str) -> date | None:
    value = data.get(key)
    if value is None:
        return None
    try:
        return date.fromisoformat(value)  # type: ignore[arg-type]  # a TypeError is an unreadable date
    except (TypeError, ValueError):
        raise ScenarioRefused(
            f"{before}{key}", say("“{value}” is not a date such as 2026-11-13.", value=value)
        ) from None
