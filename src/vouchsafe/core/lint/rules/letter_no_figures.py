"""S11: the letter holds no figure and no date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.phrases import phrases, said_in
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

WORDS = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|hundred|thousand|million|half|third|quarter|dozens?|twice|double|tripled?|doubled|halved)"
FIGURE = phrases(
    r"(?:[£$€]\s?)?\d[\d.,]*\s?(?:%|per cent|percent|k\b|m\b)?(?!\s?-?\s?(?:years?|yrs?)[ -]old)",
    rf"{WORDS}(?:[ -]{WORDS})* (?!of (?:the )?(?:my|our|the|his|her|their)?\s*(?:\w+ )?(?:best|most|finest|brightest|greatest|few)|who\b|can\b|thing\b|person\b|another\b|might\b|could\b)[a-z]\w+",
    r"(?:first|second|third|top) (?:place|prize|in (?:the|a|{his}) (?:class|year|cohort)|of \w+|author|quarter|tenth|half)",
    r"(?:january|february|march|april|june|july|august|september|october|november|december|last (?:spring|summer|autumn|winter|year|month)|the (?:spring|summer|autumn|winter|fall) of)",
)
IDLE = late(
    r"^(?:one|two)\s+(?:of|day|side|hand|more|way|word|point|reason|and|to|who|that|is|must|can|for)\b",
    re.IGNORECASE,
)
AGE = late(r"^\s?[- ]?(?:years?|yrs?)[- ]old\b|^\s+years?\s+of\s+age\b")


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    """The applicant's age is no figure about their work, and `one of the best` counts nothing."""
    for found in said_in(prose, FIGURE, start=prose.body_start, end=prose.closing_start):
        if not IDLE.match(found.group()) and not AGE.match(prose.text[found.end() : found.end() + 14]):
            return
    if prose.body_words:
        yield Spot(prose.body_end, prose.body_end)


RULE: Rule[LetterFacts] = Rule(
    code="S11",
    slug="letter-no-figures",
    level=Level.NOTE,
    sentence=msg("There is no figure and no date in the letter."),
    hint=msg("A number, a rank, a year: one exact thing makes the rest believable."),
    find=find,
)
