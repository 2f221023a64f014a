"""The date a writer is shown, in the language of whoever reads it."""

from __future__ import annotations

from datetime import date, time

from vouchsafe.core.composing.facts import Due
from vouchsafe.core.day_words import locale_named
from vouchsafe.core.words import Sentence, say


def due_sentence(due: Due, language: str) -> Sentence:
    """In full: "Freitag, 30. Oktober 2026, 17:00 (Ortszeit London)". Its own words are still to be translated.

    English comes out as `Due` says it by itself, for the checks of a mail read it again.
    """
    facts = {"day": _day(due.on, language)}
    if due.at is not None:
        facts["hour"] = _hour(due.at, language)
    elif due.zone == "UTC":
        return say("{day} (any time that day)", **facts)
    if "/" in due.zone:
        facts["place"] = due.zone.rsplit("/", 1)[1].replace("_", " ")
        dated, timed = say("{day} ({place} time)", **facts), say("{day}, {hour} ({place} time)", **facts)
    elif due.zone:
        facts["zone"] = due.zone
        dated, timed = say("{day} ({zone})", **facts), say("{day}, {hour} ({zone})", **facts)
    else:
        dated, timed = say("{day}", **facts), say("{day}, {hour}", **facts)
    return dated if due.at is None else timed


def _day(day: date, language: str) -> str:
    from babel.dates import format_date

    locale = locale_named(language)
    return str(Due(day)) if locale.language == "en" else format_date(day, "full", locale=locale)


def _hour(at: time, language: str) -> str:
    from babel.dates import format_time

    locale = locale_named(language)
    return f"{at:%H:%M}" if locale.language == "en" else format_time(at, "short", locale=locale)
