"""T04: the ask does not say why this person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.composing.facts import AskFacts, Spoken
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.phrases import is_negated, phrases, said_in
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

WHY = phrases(
    r"(?:because|since|as|given that|for) (?:you|it was you|your|of what you|nobody|no one|few people|we|I (?:worked|studied|wrote|learnt|learned|was|took|spent|ran|built|did))",
    r"(?:I am|I'm|I) (?:asking|ask|turn(?:ing)? to|approach(?:ing)?|came to|come to|thought of|think of|chose|writing to|hope)(?: to)? (?:you|ask you) (?:\w+ ){0,4}?(?:because|since|as|for|who|rather|in particular|first|before)",
    r"you (?:\w+ )?(?:know|knew|saw|have seen|watched|were there|taught|supervised|managed|mentored|coached|advised|led|guided|trained|directed|oversaw|hired|read|marked|graded|reviewed|worked|understand|understood|remember|are the (?:one|person|only|best)|have (?:watched|known|read|worked|followed)|could (?:speak|tell|say|write|describe)|can (?:speak|tell|say|describe|judge)|would be able|are (?:well )?placed)\b(?! (?:that|how) (?:I am|busy|the))",
    r"(?:your|my) (?:\w+ ){0,3}?(?:view|word|opinion|judg(?:e)?ment|letter|perspective|voice|time|work|thesis|project) (?:of|on|about|with|under|in|for|would|is|matters|carries) (?:me|my|you|your|the|what|this|that|it|others|most|weight|mean|count)",
    r"(?:worked|studied|wrote|trained|served|sang|played|taught|learnt|learned) (?:\w+ ){0,5}?(?:for|with|under|beside|alongside|in) (?:you|your)",
    r"(?:nobody|no one|few people|no other|not many|hardly anyone) (?:else )?(?:\w+ )?(?:knows|saw|has seen|watched|is|could|can|would)",
    r"(?:under|in|on) your (?:\w+ )?(?:supervision|guidance|direction|leadership|class|course|team|seminar|group|lab|project|wing|department|office|eye|eyes)",
    r"(?:we|the two of us) (?:\w+ )?(?:worked|built|wrote|ran|shared|sat|led|opened|set up|spent|did|rebuilt|taught|organi[sz]ed|won|lost|closed|moved|planned)",
    r"who (?:knows|saw|watched|has seen|taught|supervised|managed|read) (?:me|my)",
)


def find(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    if facts.answer is Spoken.YES:
        return  # they have said yes; why them was said when they were asked
    if prose.body_words and not any(
        not UNSURE.search(prose.text[max(0, found.start() - 30) : found.start()])
        and not is_negated(prose, found.start(), 1)
        for found in said_in(prose, WHY, start=prose.body_start, end=prose.closing_start)
    ):
        yield Spot(prose.body_end, prose.body_end)


UNSURE = late(r"\b(?:if|whether|not\s+sure|hope|unless|should|when)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)


RULE: Rule[AskFacts] = Rule(
    code="T04",
    slug="ask-why-you",
    level=Level.ADVICE,
    sentence=msg("It does not say why you ask this person rather than someone else."),
    hint=msg("Say what they saw of your work that others did not."),
    find=find,
)
