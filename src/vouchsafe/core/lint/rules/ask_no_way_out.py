"""T09: the ask leaves no easy way out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.composing.facts import AskFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.phrases import phrases, said_in
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

WAY_OUT = phrases(
    r"(?:feel|be|are|you're) (?:\w+ )?free to (?:say no|decline|refuse|turn (?:me|this|it) down|pass|tell me (?:so|no))",
    r"(?:please |do |just |simply |by all means |kindly )?(?:say|tell me|answer) (?:so|no)\b(?! (?:one|later|more|to|other|longer))",
    r"(?:I (?:would|will|shall|'ll|'d)|I'd|I'll) (?:\w+ )?(?:understand|not mind|not be offended|not take it|respect (?:that|your|it)|not think)",
    r"(?:no|without any|without) (?:pressure|obligation|hard feelings|offence|offense|need to explain|explanation needed|reason needed)",
    r"(?:if|should) (?:you|this|it|that|the|now|your|the month|the term) (?:\w+ ){0,5}?(?:cannot|can't|can not|rather not|prefer not|unable|not able|do not|don't|doesn't|does not|would not|not (?:suit|fit|feel|comfortable|possible|the right)|too (?:busy|much|full|soon|many|short)|busy|full|inconvenient|no time|no room|bad time|uncomfortable|any doubts?|doubts?|overloaded|swamped)",
    r"(?:entirely|completely|perfectly|absolutely|quite) (?:fine|all right|alright|ok|okay|up to you|your (?:choice|call)|understandable)",
    r"(?:a|your) (?:own |kind |quick |plain |simple |short )?[“\"'‘]?no[”\"'’]? (?:(?:is|would be|will be) (?:just as|as|quite|also|fine|all)|is|would be|will be|is also|is just as|changes|costs|helps)",
    r"(?:you (?:may|can|might|could)) (?:\w+ )?(?:decline|say no|refuse|pass|turn (?:me|this|it) down)",
    r"(?:don't|do not|never|you need not|no need to) (?:feel|worry)(?: \w+)? (?:obliged|obligated|pressured|bound|you (?:have|must)|about saying no|about declining|if)",
    r"changes nothing between us|(?:happy|glad|able|time) to ask (?:someone|somebody|another)|I (?:can|could|will|would) ask (?:someone|somebody) else",
)
CLOSED = late(r"\b(?:not|never|n['’]t|cannot|hard\s+to|don['’]t)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
SELF_NEGATED = late(r"^(?:no|without|don|do not|never|I |I'|changes|if|should|you need)", re.IGNORECASE)


def find(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    for found in said_in(prose, WAY_OUT, start=prose.body_start, end=prose.closing_start):
        before_it = prose.text[max(0, found.start() - 24) : found.start()]
        after_it = prose.text[found.end() : found.end() + 60]
        if (SELF_NEGATED.match(found.group()) or not CLOSED.search(before_it)) and not TAKEN_BACK.search(
            after_it
        ):
            return
    if prose.body_words:
        yield Spot(prose.body_end, prose.body_end)


TAKEN_BACK = late(
    r"^[^.;]{0,20}\b(?:but\s+(?:I|it|then|please)|that\s+would\s+(?:hurt|ruin|cost|mean)|I\s+(?:would|will|shall)\s+(?:be\s+(?:hurt|lost|disappointed|sad|crushed)|lose|miss))",
    re.IGNORECASE,
)


RULE: Rule[AskFacts] = Rule(
    code="T09",
    slug="ask-no-way-out",
    level=Level.ADVICE,
    sentence=msg("It leaves no easy way to say no."),
    hint=msg(
        "“Please feel free to say no” costs nothing. It is decent, and a letter from someone who felt cornered is weak."
    ),
    find=find,
)
