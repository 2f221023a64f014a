"""S04: the letter addresses another institution than the one it is for."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.lint.targets import wrong_addresses
from vouchsafe.core.words import msg


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    for start, end, said in wrong_addresses(prose, facts):
        yield Spot(start, end, {"said": said, "institution": facts.institution})


RULE: Rule[LetterFacts] = Rule(
    code="S04",
    slug="letter-wrong-institution",
    level=Level.CONFIRM,
    sentence=msg("This place sends the letter to {said}, and it is for {institution}."),
    hint=msg(
        "Change the name if it is left over from another letter. If the letter goes to several places, name none."
    ),
    find=find,
)
