"""T07: the ask gives no date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.composing.facts import AskFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
DATE = late(
    rf"(?i:\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH}|{MONTH}\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?!\d)|(?:19|20)\d\d-\d\d-\d\d|(?<!room is )\d{{1,2}}[./]\d{{1,2}}[./](?:\d\d){{1,2}}(?![\d%])|(?<=by )\d{{1,2}}[./]\d{{1,2}}(?![\d%])"
    rf"|(?:by|before|until|no\s+later\s+than|on|due|deadline\s+is|end\s+of|middle\s+of)\s+(?:the\s+)?(?:(?:end|middle|start|beginning)\s+of\s+)?(?:next\s+|this\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:by|before|until|end\s+of|middle\s+of|mid-?|start\s+of)\s*(?:the\s+)?(?:end\s+of\s+|middle\s+of\s+)?{MONTH}\b"
    r"|(?:by|before|until)\s+the\s+(?:\d{1,2}(?:st|nd|rd|th)|first|fifteenth|twentieth|thirtieth|end\s+of\s+(?:the|this|next)\s+(?:week|month|term|year))|(?:within|in)\s+(?:the\s+next\s+)?(?:\d+|two|three|four|five|six|ten)\s+(?:days|weeks)|in\s+a\s+(?:week|month|fortnight)|within\s+a\s+(?:week|month|fortnight)"
    r"|no\s+(?:fixed\s+)?(?:deadline|date|hurry)|whenever\s+(?:it\s+)?suits|there\s+is\s+no\s+rush))"
)
PAST = late(
    r"\b(?:was|were|since|last|ago|when|worked|met|talked|spoke|told|saw|saying|talking|learnt|learned|enjoyed|during|happened|thank\s+you|thanks|remember|began|started|left|finished|joined|born)\b[^.;]*$",
    re.IGNORECASE,
)


def find(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    """A date in a look back (`when we met on 3 May`) is no date to write by."""
    for found in DATE.finditer(prose.text, prose.body_start, prose.closing_start):
        sentence = prose.passage_at(found.start())
        if not prose.is_quoted(*found.span()) and not PAST.search(prose.text[sentence.start : found.start()]):
            return
    if prose.body_words:
        yield Spot(prose.body_end, prose.body_end)


RULE: Rule[AskFacts] = Rule(
    code="T07",
    slug="ask-no-date",
    level=Level.ADVICE,
    sentence=msg("It gives no date by which you would like the letter."),
    hint=msg("Name the day. A date is a kindness: without one it is always tomorrow."),
    find=find,
)
