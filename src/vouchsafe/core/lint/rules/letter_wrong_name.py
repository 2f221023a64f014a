"""S02: somebody else stands where the applicant should: a letter left over from another person."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.people import is_slip, strangers
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.words import msg


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    for mention in strangers(prose, facts):
        if not is_slip(mention, facts):
            yield Spot(mention.start, mention.end, {"said": mention.text, "about": facts.about})


RULE: Rule[LetterFacts] = Rule(
    code="S02",
    slug="letter-wrong-name",
    level=Level.CONFIRM,
    sentence=msg("This place speaks of {said}, and the letter is for {about}."),
    hint=msg(
        "If this text began as a letter for someone else, change the name here and read on from this place."
    ),
    find=find,
)
