"""S16: the letter bears no date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
DATE = late(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH},?\s+(?:19|20)\d\d|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d|{MONTH},?\s+(?:19|20)\d\d"
    r"|(?:19|20)\d\d-\d\d?-\d\d?|\d{1,2}[./-]\d{1,2}[./-](?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d[./年]\s?\d{1,2}[./月]\s?\d{1,2}日?)",
    re.IGNORECASE,
)
DATELINE = late(r"^[ \t]*(?:date[d]?:?[ \t]+|on[ \t]+|[^\d\n]{0,40},[ \t]*(?:the[ \t]+)?)?$", re.IGNORECASE)


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    """A date that stands alone on its line counts; one inside a sentence is part of the story."""
    for found in DATE.finditer(prose.text):
        line_start = prose.text.rfind("\n", 0, found.start()) + 1
        line_end = prose.text.find("\n", found.end())
        after = prose.text[found.end() : line_end if line_end >= 0 else len(prose.text)]
        if DATELINE.match(prose.text[line_start : found.start()]) and not after.strip(" \t.,)"):
            return
    if prose.body_words:
        yield Spot(0, 0)


RULE: Rule[LetterFacts] = Rule(
    code="S16",
    slug="letter-undated",
    level=Level.NOTE,
    sentence=msg("The letter bears no date."),
    hint=msg("Readers ask how old a letter is. Put the day above the greeting or under your name."),
    find=find,
    any_language=True,
)
