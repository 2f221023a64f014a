"""S03: a pronoun other than the applicant's stated one, where nobody else can be meant."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.pronouns import wrong_pronouns
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.words import msg


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    for pronoun in wrong_pronouns(prose, facts):
        yield Spot(
            pronoun.start,
            pronoun.end,
            {"said": pronoun.text, "about": facts.about, "pronouns": facts.pronouns},
        )


RULE: Rule[LetterFacts] = Rule(
    code="S03",
    slug="letter-wrong-pronoun",
    level=Level.CONFIRM,
    sentence=msg("“{said}” seems to mean {about}, whose pronouns are {pronouns}."),
    hint=msg("Use the stated pronouns. If someone else is meant here, leave it."),
    find=find,
)
