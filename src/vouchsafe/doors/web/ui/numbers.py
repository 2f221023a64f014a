"""Chances as people can picture them: "85 in 100", never finer, never certain."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext

from vouchsafe.core.odds.wording import HIGHEST, LOWEST

_NO_BREAK = "\N{NO-BREAK SPACE}"


COUNTS = ("n", "num", "count")
"""The names under which sentences hold a number of things."""


def said_count(name: str, value: object) -> object:
    """A number of things with its thousands apart, "30,000"; everything else, a year above all, as it is."""
    if name in COUNTS and isinstance(value, int) and abs(value) >= 1000:
        return number_format(value, force_grouping=True)
    return value


class Hundredths(NamedTuple):
    """A chance made ready to show: the bar's length and the words beside it."""

    value: int
    words: str


def hundredths(chance: float) -> Hundredths:
    """A chance between 0 and 1 in whole hundredths; below 5 and above 95 only the bound is said.

    A promise of 100 in 100 is left for what has already happened: only exactly 1 says so.
    """
    if not 0.0 <= chance <= 1.0:
        raise ValueError(f"a chance lies between 0 and 1, not {chance!r}")
    value = round(chance * 100)
    if chance == 1.0:
        return Hundredths(100, "100")
    if 100 * chance < LOWEST:  # judged before rounding, as everywhere: 95.2 is over 95
        return Hundredths(value, gettext("under 5"))
    if 100 * chance > HIGHEST:
        return Hundredths(min(value, 99), gettext("over 95"))
    return Hundredths(value, str(value))


def in_100(chance: float) -> str:
    """ "85 in 100", in the reader's language, never broken over two lines."""
    return gettext("{number} in 100").format(number=hundredths(chance).words).replace(" ", _NO_BREAK)
