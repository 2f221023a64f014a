"""T15: the ask is too long to read on a phone."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.composing.facts import AskFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.lengths import counted_words
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.words import msg

LONG = 330
"""Words. A phone of 390 x 844 points shows some 110 words of a mail at 17 px (our measure): three screens."""


def find(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    words = counted_words(prose)
    if words > LONG:
        yield Spot(prose.body_start, prose.body_end, {"n": words})


RULE: Rule[AskFacts] = Rule(
    code="T15",
    slug="ask-long",
    level=Level.ADVICE,
    sentence=msg("The ask is {n} words long. On a phone that is more than three screens."),
    hint=msg("Keep what they need to decide. The rest can stand on the page they open."),
    find=find,
)
