"""T03: the ask does not open with a true, specific appreciation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.composing.facts import AskFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.phrases import is_negated, phrases, said_in
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

THANKS = phrases(
    r"(?:thank you|thanks|many thanks|I am (?:very |so |truly |deeply |still )?(?:grateful|thankful)|I'm (?:very |so |still )?(?:grateful|thankful)|grateful)(?: again| so much| very much| once more)? (?:to you )?for (?!your (?:time|consideration|help|attention|understanding|patience)\b(?! (?:with|on|in|when))|considering|reading|any)\w+",
    r"I (?:have )?(?:often |really |very much |so much |always |truly |thoroughly |greatly |deeply |still |particularly |especially )?(?:enjoy(?:ed)?|valued?|lov(?:e|ed)|appreciat(?:e|ed)|treasure[d]?|admired?|learn(?:ed|t)|miss(?:ed)?|respect(?:ed)?|benefited|profited|look(?:ed)? up to|look(?:ed)? forward to|owe|remember(?:ed)?|recall|think (?:of|back)|thought of|use[d]?|draw on|quote|carry)\b(?! (?:if|it if|that you are busy|you are busy|your help|your time))",
    r"(?:your|the) (?:[\w-]+ ){0,5}?(?:taught|showed|changed|shaped|gave|helped|made|stayed|opened|got me|meant|convinced|inspired|pushed|turned|stuck|is (?:why|the reason)|was (?:why|the reason|where|what|the first)|are (?:why|the reason)|were (?:why|the reason|where|what))",
    r"you (?:\w+ )?(?:taught|showed|helped|gave|told|let|trusted|pushed|encouraged|made|stood|took|believed|opened|introduced|stayed|read|were the (?:first|one|person))",
    r"(?:working|studying|learning|writing|building|singing|playing|being|training|sitting|the (?:\w+ ){1,3}I (?:spent|had)|my (?:time|years?|months|days|summer)) (?:[\w-]+ ){0,6}?(?:with|under|for|in your|alongside|beside|from) (?:you|your)?",
    r"(?:it|that) (?:was|has been) (?:a )?(?:\w+ )?(?:pleasure|joy|privilege|delight|good|fun)",
    r"(?:best|first|only|favourite|favorite) (?:\w+ ){0,4}?(?:course|class|boss|manager|teacher|job|team|summer|year|term|lesson|advice|project)",
    r"(?:because of|thanks to) (?:you|your|what you)",
)
VAGUE = phrases(
    r"(?:enjoy(?:ed)?|valued?|lov(?:e|ed)|appreciat(?:e|ed)|admired?|thank you for|thanks for|grateful for) (?:everything|all|you|it|your (?:\w+ )?(?:time|help|support|kindness|wisdom|greatness|brilliance))(?: so much| very much| greatly)?(?=[.,;!]|$| and (?:I|would)| in advance)",
)


def find(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    """Looks at the opening: everything before the request itself, at least the first three sentences."""
    end = _opening_end(prose)
    for found in said_in(prose, THANKS, start=prose.body_start, end=end):
        if (
            not is_negated(prose, found.start(), 2)
            and not VAGUE.search(
                prose.text[found.start() : found.end() + 60].split("\n")[0].split(". ")[0] + "."
            )
            and not WISH.search(found.string[max(0, found.start() - 16) : found.end()])
        ):
            return
    if prose.body_words:
        yield Spot(prose.body_start, prose.body_start)


WISH = late(r"\b(?:would|['’]d|will|shall|could|might|please|if\s+you)\s+(?:\w+\s+)?\w+", re.IGNORECASE)


def _opening_end(prose: Prose) -> int:
    sentences = prose.sentences
    asked = next((one.start for one in sentences if ASKS.search(one.text)), prose.body_end)
    third = sentences[2].end if len(sentences) > 2 else prose.body_end
    return max(asked, third)


ASKS = late(r"\b(?:letter|reference|recommendation|recommend)\b", re.IGNORECASE)


RULE: Rule[AskFacts] = Rule(
    code="T03",
    slug="ask-no-appreciation",
    level=Level.ADVICE,
    sentence=msg("It does not open with something you valued in working together."),
    hint=msg("Begin with one true thing: what you learnt, or a moment you remember."),
    find=find,
)
