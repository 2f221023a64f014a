"""S19: the letter is short for what its readers expect."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.lengths import counted_words
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.words import msg

SHORT = 150
"""Words. Under this a letter rarely holds an episode (our assumption; career offices ask for about a page)."""


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    """A name counts as one word, so that nobody's name decides."""
    words = counted_words(prose)
    if 0 < words < SHORT:
        yield Spot(prose.body_start, prose.body_end, {"n": words})


RULE: Rule[LetterFacts] = Rule(
    code="S19",
    slug="letter-short",
    level=Level.NOTE,
    sentence=msg("The letter is {n} words long. That is little to go on."),
    hint=msg("About one page, 250 to 500 words, leaves room for one episode told well."),
    find=find,
)
