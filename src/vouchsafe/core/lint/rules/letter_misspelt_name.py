"""S06: the applicant's name with a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.people import is_slip, strangers
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.words import msg


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    for mention in strangers(prose, facts):
        if is_slip(mention, facts):
            yield Spot(mention.start, mention.end, {"said": mention.text, "about": facts.about})


RULE: Rule[LetterFacts] = Rule(
    code="S06",
    slug="letter-misspelt-name",
    level=Level.CONFIRM,
    sentence=msg("“{said}” is one slip away from {about}."),
    hint=msg("Write the name as the applicant gives it."),
    find=find,
)
