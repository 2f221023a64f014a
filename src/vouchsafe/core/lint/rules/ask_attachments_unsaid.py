"""T10: the ask does not say what is attached."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.composing.facts import AskFacts, Channel
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.phrases import is_negated, phrases, said_in
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

ATTACHED = phrases(
    r"(?:attach(?:ed|ing|es)?|enclos(?:e|ed|ing)|append(?:ed|ing)?|included?(?! you)|attachments?|enclosures?)(?! (?:to (?:you|(?:this|the|my|our|that|each|him|her|them)(?! (?:mail|email|message|note|letter)))\b|great|much|importance|no|any|in the (?:price|team)))",
    r"(?:send|sending|sent|forward|forwarding|share|sharing|put|add|adding|bring|bringing) (?:\w+ ){0,6}?(?:along|below|over|with this|you (?:my|the|a|an|everything|all)|here|together)",
    r"(?:find|found|see|will find|here (?:is|are)|below (?:is|are)|in this mail (?:is|are)|with this (?:mail|email|note) (?:is|are|come|comes)) (?:\w+ ){0,4}?(?:r[ée]sum[ée]|cv|curriculum|posting|job description|advert|statement|transcript|draft|list|notes?|points|three points|sample|portfolio|papers?|link|copy|essay|work)",
    r"(?:on|at) (?:one|the|this|my) (?:page|link|folder|site|address)\b|https?://\S+",
)


def find(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    """By mail only. A thing not attached must be said to be so; a bare negation counts for nothing."""
    if facts.channel is not Channel.MAIL or not prose.body_words:
        return
    for found in said_in(prose, ATTACHED, start=prose.body_start, end=prose.closing_start):
        if not is_negated(prose, found.start(), 3) and not LATER.search(
            prose.text[max(0, found.start() - 28) : found.start()]
        ):
            return
    yield Spot(prose.body_end, prose.body_end)


LATER = late(
    r"\b(?:can|could|will|would|shall|may|might|if\s+you\s+(?:like|wish)|happy\s+to|glad\s+to|later|['’]ll|am\s+(?:very\s+)?|was\s+|be\s+)\s+(?:also\s+|gladly\s+|later\s+|deeply\s+|very\s+|emotionally\s+)?$",
    re.IGNORECASE,
)


RULE: Rule[AskFacts] = Rule(
    code="T10",
    slug="ask-attachments-unsaid",
    level=Level.NOTE,
    sentence=msg("It does not say what you send along."),
    hint=msg(
        "One mail that holds everything: résumé, posting, best piece of work. Say what is attached, or where it lies."
    ),
    find=find,
)
