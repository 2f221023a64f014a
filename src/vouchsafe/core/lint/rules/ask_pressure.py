"""T13: guilt or pressure."""

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

PRESSURE = phrases(
    r"(?:you|you've|you have) (?:\w+ )?(?:owe (?:me|it)|promised|must|have got to|have to (?:write|help|do|say|send|support|agree)|need to (?:write|help|send|do|agree|answer|reply)|can't (?:refuse|say no|let)|cannot (?:refuse|say no|let)|are obliged|should (?:feel )?(?:write|help|do this|at least))",
    r"(?:my (?:last|only) (?:hope|chance|option|resort)|(?:last|only) (?:one|person) (?:who can|I can|left|able)|nobody else (?:will|would|can|wants|has|is left)|no one else (?:will|would|can|wants|to ask|is left)|everyone else (?:has )?(?:refused|said no|turned))",
    r"(?:my (?:whole |entire )?(?:future|career|life|dream|dreams|visa|chances?) (?:\w+ )?(?:depends?|rests?|hangs?|is in your hands|are in your hands)|(?:everything|it all) (?:depends|rests|hangs) on (?:you|your|this)|in your hands)",
    r"(?:I (?:will|would|'ll|'d) be (?:\w+ )?(?:lost|devastated|heartbroken|crushed|ruined|desperate|hurt|disappointed|finished)|(?:it would|it'd|you would|that would|you will) (?:\w+ )?(?:break my heart|ruin|destroy|devastate|crush|disappoint|let me down|cost me))",
    r"(?:I (?:am |'m )?(?:beg(?:ging)?|implor(?:e|ing)|plead(?:ing)?)|I'm begging|please,? please|desperate(?:ly)?|I (?:am |'m )counting on you|I (?:am |'m )relying on you|counting on you|don't let me down|do not let me down|you can't let me down)",
    r"(?:a(?:s)? soon as possible|asap|a\.s\.a\.p\.|urgent(?:ly)?|immediately|at once|right away|by tomorrow|today if possible|it is (?:very |extremely )?urgent|time is running out|last minute|hurry)",
    r"(?:after (?:all|everything) (?:that )?I(?:'ve| have)? (?:\w+ )?(?:did|done|do|gave|given)|considering (?:all|everything|how much) I|I (?:always|have always|never) (?:helped|supported|covered|stayed late|said no to|let you|refused)|remember (?:when|how|that) I (?:helped|covered|saved|supported|lent|stayed)|in return|return the favou?r|repay)",
    r"(?:it (?:will|would|'ll|only|should)(?: only)? take(?:s)? (?:you )?(?:only |just )?(?:\w+ )?(?:five|ten|two|a few|fifteen|a couple of|no|hardly any|\d+) ?(?:minutes?|moments?|time)|it(?:'s| is) (?:only|just) (?:a|one) (?:\w+ )?(?:letter|page|favou?r|few lines|paragraph)|surely you (?:can|could|have|will)|the least you (?:can|could)|not (?:too )?much to ask|it is not (?:a lot|much))",
    r"(?:I (?:still )?(?:have not|haven't) (?:heard|received|had)|still waiting|(?:you )?(?:have not|haven't|did not|didn't) (?:\w+ )?(?:repl(?:y|ied)|answer(?:ed)?|respond(?:ed)?|written|got back)|third time|second time (?:I|that)|as I (?:already )?(?:said|wrote|mentioned|told)|I already (?:asked|told|wrote)|why have(?:n't)? you|ignored? (?:my|me))",
    r"(?:I (?:have )?(?:already )?(?:told|promised) (?:them|the \w+|everyone) (?:that )?you|I (?:have )?already (?:put|named|listed|gave|given|entered) (?:you|your name)|I(?:'ll| will) assume (?:that )?you|I take it (?:that )?you will|looking forward to (?:receiving )?your letter|thank(?:s| you) in advance for (?:your letter|writing|agreeing|the letter|saying yes)|I know (?:that )?you (?:will|won't|would not|would never) (?:\w+ )?(?:say|refuse|let|want|do|help|agree))",
)


def find(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    """What is denied (`there is no hurry`), conditional or quoted presses nobody."""
    for spot in said(prose, PRESSURE, negation_words=4):
        sentence = prose.passage_at(spot.start)
        before_it = sentence.text[: spot.start - sentence.start]
        after_it = prose.text[spot.end : sentence.end]
        if not (
            HARMLESS.search(before_it) or SOFTENED.match(after_it) or PROMPT.match(prose.text, spot.start)
        ):
            yield spot


HARMLESS = late(
    r"\b(?:if|unless|whether|when|before|even\s+though|learnt|learned|taught\s+me|told\s+me|showed\s+me|remember|how|the\s+(?:case|lesson|meeting|project)|deadline|they|he|she|we|patients?|customers?|the)\s+(?:\w+\s+){0,1}$",
    re.IGNORECASE,
)
PROMPT = late(r"(?:at\s+once|right\s+away|immediately)\s+if\b", re.IGNORECASE)
"""`Tell me at once if it is too much`: the haste is a kindness."""
SOFTENED = late(
    r"^\s+(?:is\s+needed|care|calls?|matters?|ward|repairs?|department|cases?|orders?|enough\s+to\s+(?:say|decline)|to\s+decline|to\s+say\s+no)\b",
    re.IGNORECASE,
)


RULE: Rule[AskFacts] = Rule(
    code="T13",
    slug="ask-pressure",
    level=Level.ADVICE,
    sentence=msg("“{said}” puts pressure on the one who reads it."),
    hint=msg("Leave it out. The date and the facts are enough; a yes that was pushed writes a poor letter."),
    find=find,
)
