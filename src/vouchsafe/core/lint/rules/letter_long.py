"""S20: the letter is long for what its readers expect."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.lengths import counted_words
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.words import msg

LONG = 900
"""Words: about two pages (our assumption; career offices ask for one, two at most)."""


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    """A name counts as one word, so that nobody's name decides."""
    words = counted_words(prose)
    if words > LONG:
        yield Spot(prose.body_start, prose.body_end, {"n": words})


RULE: Rule[LetterFacts] = Rule(
    code="S20",
    slug="letter-long",
    level=Level.NOTE,
    sentence=msg("The letter is {n} words long. Readers with many letters may not reach the end."),
    hint=msg("One page, at most two. Put what matters most in the first paragraph."),
    find=find,
)
