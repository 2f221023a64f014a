"""Phrases compiled to one expression: written as they are said, found however they are spaced.

Gendered words never matter to a rule: `{he}`, `{his}` and `{him}` each stand for every pronoun, so that
a text with names and pronouns swapped is seen the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from vouchsafe.core.lint.prose import Passage, Prose
from vouchsafe.core.patterns import late

SUBJECTS = "(?:he|she|they|xe|ze|ey|fae)"
OTHERS = "(?:his|him|hers?|theirs?|them|xyrs?|xem|zirs?|hirs?|eirs?|em|faer|faers)"
MACROS = {"{he}": SUBJECTS, "{his}": OTHERS, "{him}": OTHERS, "{self}": r"(?:\w+sel(?:f|ves))"}
NEGATION = late(
    r"\b(?:not|never|no|nor|neither|none|nobody|nothing|without|hardly|scarcely|rarely|cannot|don['’]?t|\w+n['’]t)\b",
    re.IGNORECASE,
)


LOOSE = re.compile(r"\[[^\]]*\]|'| \?| ")
"""A class in brackets is left as it stands; a bare apostrophe or space is loosened."""
LOOSENED = {"'": "['’]", " ?": r"\s*", " ": r"\s+"}


@lru_cache(maxsize=512)
def phrases(*said: str) -> re.Pattern[str]:
    """One pattern for any of `said`, on word borders, any case, either apostrophe, any spacing."""
    return late(
        lambda: r"(?<![\w'’-])(?:" + "|".join(_loose(one) for one in said) + r")(?![\w])", re.IGNORECASE
    )


def _loose(said: str) -> str:
    for macro, pattern in MACROS.items():
        said = said.replace(macro, pattern)
    return LOOSE.sub(lambda found: LOOSENED.get(found.group(), found.group()), said)


def said_in(
    prose: Prose, pattern: re.Pattern[str], *, start: int = 0, end: int | None = None
) -> Iterator[re.Match[str]]:
    """Where the text itself says it: quotations are left out."""
    for found in pattern.finditer(prose.text, start, len(prose.text) if end is None else end):
        if not prose.is_quoted(*found.span()):
            yield found


def before(passage: Passage, offset: int, words: int) -> str:
    """The last `words` words of the sentence before an offset of the text."""
    said = passage.text[: max(0, offset - passage.start)]
    return " ".join(said.split()[-words:])


def is_negated(prose: Prose, offset: int, words: int = 4) -> bool:
    """Whether a negation stands within a few words before, in the same sentence."""
    return NEGATION.search(before(prose.passage_at(offset), offset, words)) is not None
