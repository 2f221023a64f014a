"""T06: the ask does not ask for a strong letter."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.composing.facts import AskFacts, Spoken
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.phrases import phrases
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.lint.seeking import unsaid
from vouchsafe.core.words import msg

GOOD = r"(?:strong|stronger|positive|supportive|favou?rable|good|warm|detailed|enthusiastic|wholehearted|convincing|meaningful|compelling)"
WORD = r"(?:letter|reference|recommendation|endorsement|word|case|support)"
STRONG = phrases(
    rf"{GOOD}(?:,? (?:and )?[\w-]+){{0,2}} {WORD}s?\b",
    rf"{WORD}(?:s)?(?: of recommendation| of reference| of support)? (?:that (?:is|would be|was)|which (?:is|would be)) (?:\w+ )?{GOOD}",
    r"(?:recommend|support|endorse|vouch for|speak for|write for|back) me (?:\w+ )?(?:strongly|warmly|highly|wholeheartedly|without (?:reservation|hesitation)|with (?:conviction|confidence|enthusiasm)|in good conscience|gladly)",
    r"(?:strongly|warmly|wholeheartedly|highly|gladly|honestly) (?:recommend|support|endorse|back|vouch for) me",
    r"(?:know|knows|knew|seen|saw|remember|had) (?:me|my work|enough of my work|enough of me)? ?(?:well )?enough (?:of (?:me|my (?:\w+ )?\w+) )?to (?:\w+ )?(?:write|recommend|support|speak|say|vouch)",
    r"(?:comfortable|happy|able|confident|glad|willing|at ease) (?:\w+ )?(?:to )?(?:recommend(?:ing)?|support(?:ing)?|endors(?:e|ing)|vouch(?:ing)? for|speak(?:ing)? for|speak(?:ing)? well of|speak(?:ing)? highly of) (?:me|my)?",
    r"(?:speak|say|write) (?:\w+ )?(?:well|highly|good things|strongly|warmly) (?:of|about) (?:me|my)",
)


def find(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    if facts.answer is Spoken.YES:
        return  # nothing is asked any more
    yield from unsaid(prose, STRONG, negation_words=5)


RULE: Rule[AskFacts] = Rule(
    code="T06",
    slug="ask-not-strong",
    level=Level.NOTE,
    sentence=msg("It asks for a letter, but not for a strong one."),
    hint=msg("“Would you feel able to write me a strong letter?” lets someone who could not say so kindly."),
    find=find,
)
