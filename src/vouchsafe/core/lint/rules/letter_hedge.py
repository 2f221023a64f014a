"""S14: a hedge weakens what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.phrases import phrases
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.lint.seeking import said
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

HEDGES = phrases(
    r"(?:it |{he} )?(?:seems?|seemed|appears?|appeared) (?:to (?:be|have|show|know|enjoy|like|possess|understand|work|do|get|me)|that|quite|rather|fairly|\w+(?:ent|ful|ed|ous|ive|able|y))\b",
    r"(?:might|may|could) (?:well |possibly |perhaps |just |turn out to |prove to |develop into |grow into )?(?:be|become|make|have|prove|do|succeed|turn|grow|develop|benefit|contribute|suit) (?:(?:an?|the|some|good|useful|well|suitable|able|of|in|to|into|your)\b)",
    r"(?:perhaps|possibly|maybe|presumably|arguably|supposedly|apparently)",
    r"(?:somewhat|rather|fairly|reasonably|relatively|moderately|sort of|kind of|more or less|to some extent|in some ways|to a degree|mostly|largely|generally) (?:an? )?(?:good|well|able|strong|competent|capable|reliable|independent|skilled|bright|diligent|organi[sz]ed|satisf\w+|solid|quick|confident|talented|hard-?working|punctual|creative|effective|clear|motivated|experienced|helpful|pleasant|promising)",
    r"I (?:think|believe|guess|suppose|assume|imagine|suspect|would say|would guess|would think) (?:that )?{he} (?:\w+ )?(?:might|may|could|should|probably|would probably|is probably)",
    r"(?:I|we) (?:guess|suppose|assume|presume|suspect)\b",
    r"(?:as far as I (?:know|can tell|am aware|could see)|to (?:the best of )?my (?:limited )?knowledge|from what (?:little )?I (?:have seen|know|saw|hear|have heard)|I am told|I have heard that|I (?:do not|don't) know {him} (?:very |that |too |so )?well|I cannot be (?:sure|certain))",
    r"(?:{he}|(?!never|not)[A-Z]\w+) (?:(?:is|was|has|would be|will) )?(?:probably|possibly|perhaps|maybe|hopefully)",
    r"(?:should|ought to) (?:probably |be able to |manage to |prove )(?:\w+)",
    r"(?:{he}|[A-Z]\w+) (?:tries|tried|attempts|attempted|strives) (?:hard )?to (?:do|be|meet|keep)",
)


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    """A hedge inside a condition, a denial or a quotation weakens nothing; nor does one about other things."""
    for spot in said(prose, HEDGES, negation_words=3):
        sentence = prose.passage_at(spot.start)
        before_it = sentence.text[: spot.start - sentence.start]
        if not (
            NOT_ABOUT_THEM.search(before_it)
            or CONDITIONAL.search(before_it)
            or FIRM.match(prose.text[spot.end : spot.end + 30])
        ):
            yield spot


CONDITIONAL = late(
    r"\b(?:if|when|where|whenever|what|whatever|problems?|questions?|should\s+you|how|which|anything|challenges?|that)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
NOT_ABOUT_THEM = late(
    r"\b(?:problem|task|question|result|results|data|experiment|method|work|deadline|situation|project|path|others|nobody|colleagues|people|students|critics|lesser|everyone|you|audience|patients|customers)\s+(?:that\s+|who\s+|which\s+|had\s+|often\s+)?$",
    re.IGNORECASE,
)
FIRM = late(
    r"^\s+(?:effortless|easy|to\s+thrive\s+on|no\s+exaggeration|the\s+(?:best|finest|most))", re.IGNORECASE
)


RULE: Rule[LetterFacts] = Rule(
    code="S14",
    slug="letter-hedge",
    level=Level.NOTE,
    sentence=msg("“{said}” reads as a doubt."),
    hint=msg("If you are sure, say it plainly. If you are not, say how far your knowledge goes."),
    find=find,
)
