"""S01: a place left to fill in the letter."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.placeholders import placeholders
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.words import msg


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    for start, end in placeholders(prose):
        yield Spot(start, end, {"said": prose.text[start:end]})


RULE: Rule[LetterFacts] = Rule(
    code="S01",
    slug="letter-placeholder",
    level=Level.CONFIRM,
    sentence=msg("“{said}” looks like a place still to fill."),
    hint=msg("Fill it in, or take it out. If it is meant as it stands, leave it."),
    find=find,
    any_language=True,
)
