"""From the core's sentences to the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from django.utils.translation import ngettext

from vouchsafe.core.composing import Due
from vouchsafe.core.composing.due_words import due_sentence
from vouchsafe.core.words import Month, Refusal, Sentence, msg
from vouchsafe.doors.web.ui import catalogue
from vouchsafe.doors.web.ui.dates import clock_words, day_words, month_words
from vouchsafe.doors.web.ui.numbers import said_count
from vouchsafe.doors.web.ui.speaking import language as spoken


def _fact(value: object) -> object:
    """A fact as it is said: nested sentences, days, times and short lists; anything else as it is."""
    if isinstance(value, Sentence):
        return translate(value)
    if isinstance(value, Due):
        return translate(due_sentence(value, spoken() or "en"))
    if isinstance(value, Month):
        return month_words(value.first)
    if isinstance(value, datetime):
        return f"{day_words(value)}, {clock_words(value)}"
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, time):
        return clock_words(value)
    if isinstance(value, (list, tuple)):
        return listed(value)
    return value


# Spanish says *e* for *y* before an i: "Ana e Inés", though "agua y hielo".
_PLACE = re.compile(r"\{\w+\}|%\(\w+\)[sd]")
_I_SOUND = re.compile(r"(?i)(?:i|hi)(?![aeou])")


def listed(things: Sequence[object]) -> str:
    """ "Ann, Ben and Cleo"."""
    said = [str(_fact(thing)) for thing in things]
    if len(said) < 2:
        return "".join(said)
    if (spoken() or "").startswith("es") and _I_SOUND.match(said[-1]):
        return f"{', '.join(said[:-1])} e {said[-1]}"
    return catalogue.said(msg("{first} and {last}")).format(first=", ".join(said[:-1]), last=said[-1])


def translate(sentence: Sentence | Refusal | str) -> str:
    """The sentence in the active language. A plain string is taken to be in that language already."""
    if isinstance(sentence, str):
        return sentence
    if isinstance(sentence, Refusal):
        sentence = sentence.sentence
    if not isinstance(sentence, Sentence):
        return sentence  # a number, or a sentence that Django itself says later
    if sentence.plural is None or sentence.n is None:
        pattern = catalogue.said(sentence.msgid) if sentence.msgid else ""
    else:
        pattern = ngettext(
            sentence.msgid, sentence.plural, counted_as(sentence.msgid, sentence.plural, sentence.n)
        )
    if not sentence.facts:
        return pattern.format_map({})
    facts = {
        name: value if type(value) is str else _fact(said_count(name, value))  # most facts are names
        for name, value in sentence.facts.items()
    }
    return with_one_stop(pattern.format_map(facts), facts.values())


def counted_as(singular: str, plural: str, n: int) -> int:
    """The number whose form tells the truth of `n`.

    French counts none like one, and "Une lettre est prête" is not what none means: a form without a place for its
    number stands for one alone.
    """
    if n != 0:
        return n
    none, many = ngettext(singular, plural, 0), ngettext(singular, plural, 2)
    return 2 if len(_PLACE.findall(none)) < len(_PLACE.findall(many)) else 0


def with_one_stop(said: str, facts: Iterable[object]) -> str:
    """Where a fact ends in a stop of its own ("23. Nov.", "Vale Ltd."), its sentence needs none beside it."""
    if ".." not in said and ".</time>." not in said:
        return said
    for fact in facts:
        end = str(fact).removesuffix("</time>")[-1:]
        if end == "." and f"{fact}." in said:
            said = said.replace(f"{fact}.", str(fact))
    return said
