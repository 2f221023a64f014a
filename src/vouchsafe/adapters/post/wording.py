"""The product's sentences in the reader's language, with dates said the way people say them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from vouchsafe.adapters.post.clean import clean_text
from vouchsafe.adapters.post.mail import Text
from vouchsafe.core.words import Sentence

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
            return f"{self._day(fact.date())}, {fact:%H:%M}"
        return self._day(fact) if isinstance(fact, date) else fact

    def _day(self, day: date) -> str:
        """ "Friday 30 October", with the year only where it is not this one; never broken over two lines."""
        from babel import Locale
        from babel.core import UnknownLocaleError
        from babel.dates import format_date, format_skeleton

        try:
            locale = Locale.parse(self.language.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            locale = Locale("en", "GB")
        if locale.language == "en" and locale.territory is None:
            locale = Locale("en", "GB")
        if day.year != self.year:
            said = format_skeleton("yMMMMEEEEd", day, locale=locale)
        elif locale.language == "en" and locale.territory == "GB":
            said = format_date(day, "EEEE d MMMM", locale=locale)
        else:
            said = format_skeleton("MMMMEEEEd", day, locale=locale)
        return str(said).replace(" ", _NO_BREAK)
