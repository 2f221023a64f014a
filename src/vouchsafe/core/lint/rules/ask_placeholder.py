"""T01: a place left to fill in the ask."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.composing.facts import AskFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.placeholders import placeholders
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.words import msg


def find(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    for start, end in placeholders(prose):
        yield Spot(start, end, {"said": prose.text[start:end]})


RULE: Rule[AskFacts] = Rule(
    code="T01",
    slug="ask-placeholder",
    level=Level.CONFIRM,
    sentence=msg("“{said}” looks like a place still to fill."),
    hint=msg("Fill it in with something true, or take it out."),
    find=find,
    any_language=True,
)
