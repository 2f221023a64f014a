"""Days as a language says them, where CLDR has no ready pattern: weekday and month in full, with or without the year."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

_BRITISH = "EEEE d MMMM"
_YEAR_LAST = re.compile(r"[\s,]*(?:'de'\s*)?y+$")


@cache
def locale_named(language: str) -> Locale:
    """The CLDR locale of a language tag; British English for plain English and for what CLDR does not know."""
    from babel import Locale
    from babel.core import UnknownLocaleError

    try:
        locale = Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")
    return Locale("en", "GB") if locale.language == "en" and locale.territory is None else locale


def near_day(day: date, language: str) -> str:
    """ "Friday 30 October", "Freitag, 30. Oktober", "viernes, 30 de octubre"."""
    from babel.dates import format_date

    return str(format_date(day, _near_pattern(language), locale=locale_named(language)))


def full_day(day: date, language: str) -> str:
    """ "Monday 21 December 2026", "Montag, 21. Dezember 2026": the same form as the near day, with its year."""
    from babel.dates import format_date

    locale = locale_named(language)
    pattern = f"{_BRITISH} y" if _is_british(locale) else "full"
    return str(format_date(day, pattern, locale=locale))


def _is_british(locale: Locale) -> bool:
    """English as it is written outside the United States: CLDR puts a comma there that our pages do not."""
    return locale.language == "en" and locale.territory != "US"


@cache
def _near_pattern(language: str) -> str:
    """CLDR's full date without the year at its end. Asked for such a pattern directly, Babel shortens the names."""
    locale = locale_named(language)
    if _is_british(locale):
        return _BRITISH
    full = str(locale.date_formats["full"].pattern)
    without_year = _YEAR_LAST.sub("", full)
    return without_year if without_year != full else str(locale.datetime_skeletons["MMMEd"].pattern)
