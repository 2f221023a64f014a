"""The product's sentences in the reader's language, with dates said the way people say them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from vouchsafe.adapters.post.clean import clean_text
from vouchsafe.adapters.post.mail import Text
from vouchsafe.core.day_words import full_day, locale_named, near_day
from vouchsafe.core.words import Sentence, say

if TYPE_CHECKING:
    from babel import Locale

Translate = Callable[[Sentence], str]
"""Turns a sentence into the language of one reader; `str` leaves it in English."""

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_NO_BREAK = "\N{NO-BREAK SPACE}"


class Wording:
    """Says texts in one language, for a mail dated `year`."""

    def __init__(self, translate: Translate, language: str, year: int) -> None:
        self.translate, self.language, self.year = translate, language, year

    def say(self, text: Text) -> str:
        """The text as it will be read. A person's own words come back as they are."""
        if isinstance(text, str):
            return clean_text(text)
        facts = {name: self._fact(fact) for name, fact in text.facts.items()}
        return clean_text(self.translate(replace(text, facts=facts)))

    def _fact(self, fact: object) -> object:
        if isinstance(fact, Sentence):
            return self.say(fact)
        if isinstance(fact, datetime):
            return self._moment(fact)
        return self._day(fact) if isinstance(fact, date) else fact

    def _moment(self, moment: datetime) -> str:
        """ "Friday 30 October, 16:30 (Warsaw time)": an hour counts only where one knows whose."""
        from babel.dates import format_time

        hour = format_time(moment, "short", locale=self._locale())
        zone = getattr(moment.tzinfo, "key", "") or moment.strftime("%Z")
        facts = {"day": self._day(moment.date()), "hour": hour.replace(" ", _NO_BREAK)}
        if "/" not in zone or zone.startswith("Etc/"):
            facts["zone"] = zone.removeprefix("Etc/")
            return (
                self.say(say("{day}, {hour} ({zone})", **facts))
                if zone
                else self.say(say("{day}, {hour}", **facts))
            )
        place = zone.rsplit("/", 1)[1].replace("_", " ")
        return self.say(say("{day}, {hour} ({place} time)", **facts, place=place))

    def _day(self, day: date) -> str:
        """ "Friday 30 October", with the year only where it is not this one; never broken over two lines."""
        said = near_day(day, self.language) if day.year == self.year else full_day(day, self.language)
        return said.replace(" ", _NO_BREAK)

    def _locale(self) -> Locale:
        return locale_named(self.language)
