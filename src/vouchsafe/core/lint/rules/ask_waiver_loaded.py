"""T12: the waiver choice is pressed on the writer or commented."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.composing.facts import AskFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.phrases import phrases
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.lint.seeking import said
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

READ = (
    r"(?:read|see|check|look at|look over|review|approve|view|edit|go over|have a look at|proofread|correct)"
)
LOADED = phrases(
    rf"(?:so that I (?:\w+ )?(?:can|could|may|will|would)|(?:so|because|since|as) I (?:\w+ )?(?:want to|need to|like to|must|have to)) (?:\w+ )?{READ} (?:it|the letter|your letter|what you)",
    rf"(?:please|you must|you have to|could you|would you|can you|make sure (?:you|to)|I (?:would like|want|need|expect|insist on|demand|hope) (?:you )?(?:to )?) ?(?:\w+ ){{0,3}}?(?:let me {READ}|show (?:me|it to me)|send (?:me|it to me) (?:\w+ ){{0,4}}?(?:first|before|draft|copy)|share (?:it|the draft|a copy) with me)",
    rf"I (?:would like|want|need|expect|insist on|demand|must|have to|hope) (?:to )?(?:\w+ )?{READ}(?:ing)? (?:it|the letter|your letter|what you)[^.]{{0,20}}?(?:before|first|beforehand|in advance|in any case)",
    r"(?:had|was forced|was made|was obliged|am forced|am obliged|have) to waive|(?:they|the school|the university) (?:made|forces?|forced|obliged?|obliges|makes) me (?:to )?(?:waive|sign)",
    r"(?:waived?|waiving|not waiv(?:e|ed)|kept|keep|right to read)[^.;]{0,40}?(?:because I (?:trust|fear|worry|do not trust|don't trust|am (?:worried|afraid|sure|curious))|so (?:you can|please) be (?:honest|nice|kind|frank|generous)|so be (?:nice|kind|honest|generous|careful)|as (?:a sign|proof) of|out of trust|unfortunately|sadly|even though I (?:would|wanted|did not))",
    r"(?:unfortunately|sadly|regrettably|alas|luckily|fortunately|thankfully|of course),? (?:\w+ ){0,3}?I (?:\w+ ){0,4}?(?:waive|waived|read (?:it|the letter|your letter)|see (?:it|the letter|your letter)|right to (?:read|see))",
    r"I (?:trust|am sure|hope|know) (?:that )?(?:you|it) (?:will|would|won't|would not) (?:\w+ ){0,3}?(?:something nice|nice things|only good|good things|nothing bad|anything bad|negative|kind to me)",
    r"(?:be (?:careful|nice|kind) (?:about |with |in )?what you (?:write|say)|remember (?:that )?I (?:will|can|may|might) (?:read|see) it|I will (?:be )?(?:read(?:ing)?|see(?:ing)?) (?:it|every word)[^.]{0,12}so)",
)


def find(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    """A choice denied (`I do not need to see it`, `please do not show me`) puts no weight on anyone."""
    for spot in said(prose, LOADED, negation_words=2):
        if not DENIED.search(prose.text[spot.start : spot.end]):
            yield spot


DENIED = late(r"\b(?:do|does|need|must|should)(?:\s+not|n['’]t)\b", re.IGNORECASE)


RULE: Rule[AskFacts] = Rule(
    code="T12",
    slug="ask-waiver-loaded",
    level=Level.ADVICE,
    sentence=msg("“{said}” puts weight on whether you may read it."),
    hint=msg("Name the choice and nothing more. A writer should not have to wonder what you want to hear."),
    find=find,
)
