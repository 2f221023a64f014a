"""S09: the letter does not say how long, or since when, the writer has known the applicant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.names import folded, parts_of
from vouchsafe.core.lint.phrases import OTHERS, SUBJECTS, is_negated, phrases, said_in
from vouchsafe.core.lint.prose import WORD, Prose
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

NUMBER = r"(?:\d+(?:[.,]\d+)?\+?|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|several|many|some|few|a few|a couple of|numerous|the past|the last|half an?)"
UNIT = (
    r"(?:years?|months?|weeks?|terms?|semesters?|seasons?|decades?|summers?|quarters?|trimesters?|winters?)"
)
LONG = phrases(
    rf"(?:for|over|in|during|throughout|within|across|after|of|nearly|almost|about|these|more than|under) (?:(?:the|my|our|{{his}}|these|past|last|first|over|almost|nearly|about|around|more than|at least|all|just|well|exactly|some|full|entire|better part of) ){{0,4}}(?:{NUMBER}(?:[ -](?:and a half|{NUMBER}))? )?(?:\w+ )?{UNIT}(?: of| (?:we|I|that|{{he}})\b|\b)",
    rf"{NUMBER}[ -](?:{NUMBER}[ -])?(?:\w+[ -])?{UNIT}(?: now| ago)?",
    r"since (?:the )?(?:\w+ ){0,5}?(?:19|20)\d\d",
    r"since (?:{his} (?:first|freshman|second|third|final|school|student|early|teens|childhood|arrival|start|joining)|{he} (?:was|joined|started|began|came|arrived|enrolled)|\w+ (?:joined|started|began|came|arrived|enrolled)|the (?:day|start|beginning|founding|spring|autumn|summer|winter|fall)|(?:last|this) (?:spring|autumn|summer|winter|fall|year|january|february|march|april|may|june|july|august|september|october|november|december)|(?:january|february|march|april|may|june|july|august|september|october|november|december|childhood|kindergarten))",
    r"(?:from|between) (?:\w+ )?(?:19|20)\d\d (?:to|until|till|through|and) (?:(?:\w+ )?(?:19|20)\d\d|the present|present|now|today|\w+)",
    r"(?:19|20)\d\d\s*[-–—]\s*(?:(?:19|20)?\d\d|present|now|today)",
    r"(?:in|until|till|from|during) (?:(?:the )?(?:spring|summer|autumn|fall|winter|january|february|march|april|may|june|july|august|september|october|november|december)(?: of)? )?(?:19|20)\d\d",
    r"(?:known|worked|taught|met)[^.;]{0,50}? (?:as an? (?:child|teenager|undergraduate|freshman|student)|all {his} life|from the (?:start|beginning|outset))",
)


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    """Only a span that concerns the two of them counts: not the applicant's age, nor the writer's career."""
    for found in said_in(prose, LONG):
        around = prose.passage_at(found.start())
        after = prose.text[found.end() : found.end() + 14]
        if AGE.match(after):
            continue
        if CAREER.search(around.text) and not _speaks_of_them(around.text, facts):
            continue
        if TOGETHER.search(around.text) and not is_negated(prose, found.start(), 2):
            return
    if prose.body_words:
        yield Spot(prose.body_start, prose.body_start, {"about": facts.about})


def _speaks_of_them(sentence: str, facts: LetterFacts) -> bool:
    spoken = {folded(word) for word in WORD.findall(sentence)}
    return bool(spoken & set(parts_of(facts.about))) or SPOKEN_OF.search(sentence) is not None


SPOKEN_OF = late(rf"\b(?:{SUBJECTS}|{OTHERS})\b", re.IGNORECASE)
AGE = late(r"[ -]+(?:old|of[ -]age)\b", re.IGNORECASE)
CAREER = late(
    r"\b(?:my|our)\s+(?:\w+\s+){0,4}?(?:years|career|experience)\b|\bI\s+have\s+(?:been\s+)?(?:teaching|taught|worked|coached|a)\b|\bwith\s+(?:over|more|\w+)\s+(?:than\s+)?(?:\w+\s+)?years(?:['’]|\s+of)?\s+(?:of\s+)?experience",
    re.IGNORECASE,
)
TOGETHER = late(
    r"\b(?:know|knew|known|knowing|work(?:ed|ing|s)?|taught|teach(?:ing)?|supervis\w+|manag\w+|mentor\w*|coach\w*|advis\w+|direct\w*|tutor\w*|met|meet|with\s+(?:me|us)|alongside|together|colleague|acquaint\w*|collaborat\w+"
    r"|under\s+(?:me|my)|my\s+(?:student|pupil|assistant|class|team|lab|course|group|office|company|kitchen|supervision|employee)|joined|report\w*|watch\w*|observ\w+|seen|saw|witness\w*|employ\w*|hired|train\w*|led|served|member|in\s+(?:my|our)|our|us|we|relationship|friend\w*|side)\b",
    re.IGNORECASE,
)


RULE: Rule[LetterFacts] = Rule(
    code="S09",
    slug="letter-how-long",
    level=Level.ADVICE,
    sentence=msg("It is not said how long you have known {about}."),
    hint=msg("Give years, or the two dates between which you worked together."),
    find=find,
)
