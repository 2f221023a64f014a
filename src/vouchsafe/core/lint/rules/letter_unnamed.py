"""S07: the letter never names the applicant."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.names import folded
from vouchsafe.core.lint.people import is_named, strangers
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.words import msg


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    """Silent where the name stands in any form, or where someone else's is already remarked on."""
    if not prose.words or is_named(prose, facts) or folded(facts.about) in folded(prose.text):
        return
    if next(strangers(prose, facts), None) is None:
        yield Spot(prose.body_start, prose.body_start, {"about": facts.about})


RULE: Rule[LetterFacts] = Rule(
    code="S07",
    slug="letter-unnamed",
    level=Level.ADVICE,
    sentence=msg("The letter does not name {about}."),
    hint=msg("Readers sort letters by name. Say it once in full, near the top."),
    find=find,
)
