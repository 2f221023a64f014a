"""S18: the letter gives no way to reach the writer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

REACH = late(
    r"[\w.+-]+@[\w-]+\.[\w.-]+|[\w.+-]+\s?[\[(]\s?at\s?[\])]\s?[\w-]+|(?<![\d-])(?:\+|00|\(0?)?\d[\d\s()./-]{6,16}\d(?!\d|\s?%)|https?://\S+|\bwww\.\S+|\b(?:ext(?:ension)?|room|box)\.?\s*\d{2,}",
    re.IGNORECASE,
)
DATE = late(
    r"^(?:(?:19|20)\d\d\s?[-./–]\s?(?:\d\d?\s?[-./]\s?\d\d?|(?:19|20)\d\d)|\d\d?\s?[-./]\s?\d\d?\s?[-./]\s?(?:19|20)\d\d)$"
)


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    """`Please contact me` gives no way to; a date or a span of years is not a number to call."""
    if prose.body_words and not any(
        not DATE.match(found.group().strip()) for found in REACH.finditer(prose.text)
    ):
        end = len(prose.text.rstrip())
        yield Spot(end, end)


RULE: Rule[LetterFacts] = Rule(
    code="S18",
    slug="letter-no-contact",
    level=Level.NOTE,
    sentence=msg("There is no address or number to reach you."),
    hint=msg("A line with an email address or a telephone number lets readers ask."),
    find=find,
    any_language=True,
)
