"""S05: the letter names another post, programme or award than the one it is for."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.opportunities import wrong_opportunities
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.words import msg


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    for start, end, said in wrong_opportunities(prose, facts):
        yield Spot(start, end, {"said": said, "opportunity": facts.opportunity})


RULE: Rule[LetterFacts] = Rule(
    code="S05",
    slug="letter-wrong-opportunity",
    level=Level.CONFIRM,
    sentence=msg("This place is for “{said}”, and the letter is for {opportunity}."),
    hint=msg("Change it if it is left over from another letter."),
    find=find,
)
