"""Dates and times as people read them: weekday with near dates, no line break inside.

English follows the house (Fri 13 Nov), other languages their own order through CLDR.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from django.utils import timezone
from markupsafe import Markup, escape

from vouchsafe.core.day_words import locale_named, near_day
from vouchsafe.doors.web.ui.speaking import language as spoken

Style = Literal["day", "short", "long", "full", "plain"]

_NO_BREAK = "\N{NO-BREAK SPACE}"
_ENGLISH: dict[Style, str] = {
    "day": "EEE d MMM",
    "short": "d MMM",
    "long": "EEEE d MMMM",
    "full": "EEEE d MMMM y",
    "plain": "d MMMM y",
}
_SKELETON: dict[Style, str] = {"day": "MMMEd", "short": "MMMd"}


def locale_of(language: str | None = None) -> Locale:
    """The CLDR locale of a Django language code; British English when CLDR does not know it."""
    return locale_named(language or spoken() or "en-gb")


def _local_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def day_words(value: date | datetime, style: Style = "day") -> str:
    """ "Fri 13 Nov" (day), "13 Nov" (short), "Friday 13 November" (long), with year (full), "13 November 2026" (plain)."""
    return _day_words(_local_day(value), style, spoken() or "en-gb")


@lru_cache(maxsize=4096)
def _day_words(day: date, style: Style, language: str) -> str:
    """Remembered, for the days of a page are few and CLDR takes its time."""
    locale = locale_of(language)
    if locale.language == "en" and locale.territory != "US":
        said = format_date(day, _ENGLISH[style], locale=locale)
    else:
        said = _elsewhere(day, style, locale)
    if style in ("day", "short"):
        return said.replace(" ", _NO_BREAK)
    # Long dates may break after the weekday, never between a number and its month.
    head, sep, tail = said.partition(" ")
    return head + sep + tail.replace(" ", _NO_BREAK) if style != "plain" else said.replace(" ", _NO_BREAK, 1)


def _elsewhere(day: date, style: Style, locale: Locale) -> str:
    if style == "long":
        return near_day(day, str(locale))
    if style in _SKELETON:
        midnight = datetime.combine(day, time())  # a calendar day has no zone; Babel wants a datetime
        return str(format_skeleton(_SKELETON[style], midnight, locale=locale))
    return str(format_date(day, "full" if style == "full" else "long", locale=locale))


def clock_words(value: datetime | time) -> str:
    """The time of day, 24 or 12 hours by language: "16:08"."""
    when = value
    if isinstance(when, datetime):
        when = (timezone.localtime(when) if timezone.is_aware(when) else when).time()
    return format_time(when, "short", locale=locale_of()).replace(" ", _NO_BREAK)


def day(value: date | datetime, style: Style = "day") -> Markup:
    """`<time>` around `day_words`."""
    on = _local_day(value)
    return Markup(f'<time datetime="{on.isoformat()}">{escape(day_words(on, style))}</time>')  # noqa: S704 - escaped


def month_words(value: date) -> str:
    """ "May 2024", where the day was never meant."""
    midnight = datetime.combine(value, time())
    return format_skeleton("yMMMM", midnight, locale=locale_of()).replace(" ", _NO_BREAK)


def month(value: date) -> Markup:
    """`<time>` around `month_words`."""
    return Markup('<time datetime="{}">{}</time>').format(f"{value:%Y-%m}", month_words(value))


def clock(value: datetime) -> Markup:
    """`<time>` around `clock_words`."""
    return Markup('<time datetime="{}">{}</time>').format(
        value.isoformat(timespec="minutes"), clock_words(value)
    )


def moment(value: datetime, style: Style = "plain", zone: bool = False) -> Markup:
    """Day and time, "27 October 2026, 16:08"; `zone=True` names the zone, for readers who may sit in another."""
    said = f"{day_words(value, style)}, {clock_words(value)}"
    if zone and timezone.is_aware(value):
        said += _NO_BREAK + (timezone.localtime(value).tzname() or "")
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(timespec="minutes"), said)
