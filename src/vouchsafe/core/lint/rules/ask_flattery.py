"""T14: an empty superlative."""

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

GRAND = r"(?:amazing|awesome|incredible|fantastic|wonderful|brilliant|extraordinary|phenomenal|outstanding|exceptional|legendary|remarkable|unbelievable|inspirational|inspiring|fabulous|superb|magnificent|marvellous|marvelous|terrific|spectacular|stellar|sublime|genius|perfect|unparalleled|unmatched|unrivalled|world-class|great)"
PERSON = r"(?:professor|teacher|mentor|boss|manager|supervisor|person|leader|human being|lecturer|coach|colleague|scholar|scientist|mind|expert|human|adviser|advisor|role model|friend|woman|man|instructor|tutor|guide|director)"
FLATTERY = phrases(
    rf"(?:the |my )?(?:very |absolute |all-time |single )?(?:best|greatest|finest|smartest|wisest|kindest|nicest|most \w+|cleverest|brightest) (?:[\w-]+ )?{PERSON}(?: (?:ever|alive|in the world|of all time|on earth|I(?:'ve| have)? (?:ever )?(?:had|met|known|seen|worked (?:with|for))|in the (?:field|department|country|school|university|company|building)|I know|one could (?:wish|ask) for))?",
    rf"(?:an?|such an?|the|my|truly|really|so|simply|absolutely|most|as) (?:truly |really |absolutely |simply |most |very |utterly )?{GRAND}(?: and \w+)? {PERSON}",
    rf"you (?:are|'re|were|have been|have always been) (?:\w+ )?(?:simply |truly |absolutely |really |just |so |such an? |an? |my )?(?:{GRAND}|a legend|a genius|a star|my hero|my idol|an idol|a hero|the best|an inspiration|my inspiration|a god|without equal|second to none|one of a kind|a giant|a treasure|a saint|an angel)\b",
    rf"your (?:\w+ )?(?:{GRAND}|infinite|boundless|endless|immense|unlimited|renowned|world-famous|esteemed|illustrious|legendary|famous|glorious|impeccable|profound|deep) (?:\w+ )?(?:wisdom|knowledge|reputation|fame|brilliance|career|mind|expertise|lectures?|teaching|classes|class|leadership|kindness|work|intellect|standing|generosity|achievements|courses?|guidance|mentorship|management|name)",
    r"(?:a letter|a word|one line|a recommendation|anything|your name) from (?:someone|a person|a \w+|somebody|an? \w+ \w+) (?:so|as|of your|like you)(?: \w+)? ?(?:as you|stature|standing|fame|rank|calibre|caliber|reputation|importance)?",
    r"(?:honou?red beyond|words cannot (?:express|describe|say)|no words can|I worship|I idoli[sz]e|in awe of (?:you|your)|eternally grateful|forever (?:grateful|indebted|in your debt)|changed my life forever|the light of|walk on water|everyone (?:knows|agrees|says) (?:that )?you are|you know everything|nobody (?:compares|comes close)|incomparable|your greatness|your genius|your excellency)",
)


def find(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    """A superlative with its reason in the same sentence is no empty one; nor is one said of other things."""
    for spot in said(prose, FLATTERY, negation_words=3):
        sentence = prose.passage_at(spot.start)
        after_it = prose.text[spot.end : sentence.end]
        before_it = sentence.text[: spot.start - sentence.start]
        if not (REASON.search(after_it) or EARLIER_REASON.search(before_it)):
            yield spot


REASON = late(
    r"\b(?:because|when\s+you|since\s+you|for\s+(?:the|reading|staying|teaching|showing|letting|how|what)|the\s+(?:day|way|time|week|night)\s+you|in\s+(?:how|the\s+way)\s+you|as\s+when|who\s+(?:taught|showed|read|stayed|let|told|gave|sat|drove|marked)|on\s+how)\b|[:;]",
    re.IGNORECASE,
)
EARLIER_REASON = late(
    r"\b(?:when\s+you|because\s+you|the\s+(?:day|week|night)\s+you|hope\s+to\s+(?:be|become)|want\s+to\s+(?:be|become)|if|would\s+like\s+to\s+be|looking\s+for|they\s+(?:want|seek|need|ask)|committee|learn(?:ing)?\s+to\s+be|to\s+become|what\s+makes)\b[^.;]*$",
    re.IGNORECASE,
)


RULE: Rule[AskFacts] = Rule(
    code="T14",
    slug="ask-flattery",
    level=Level.ADVICE,
    sentence=msg("“{said}” praises without a fact."),
    hint=msg(
        "Say what they did and what it changed for you. One true detail honours more than a superlative."
    ),
    find=find,
)
