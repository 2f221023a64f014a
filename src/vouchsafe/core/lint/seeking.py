"""The two ways a rule looks: for something that should be said, or for something better left unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.lint.findings import Spot
from vouchsafe.core.lint.phrases import is_negated, said_in
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.patterns import late

CONDITION = late(r"\b(?:if|unless|whether|should|were|had|suppose|imagine|even if)\b", re.IGNORECASE)


def says(prose: Prose, pattern: re.Pattern[str], *, negation_words: int = 3) -> bool:
    """Whether the body says it itself: not in a quotation, not denied."""
    return any(
        not is_negated(prose, found.start(), negation_words)
        for found in said_in(prose, pattern, start=prose.body_start, end=prose.closing_start)
    )


def unsaid(prose: Prose, pattern: re.Pattern[str], *, negation_words: int = 3) -> Iterator[Spot]:
    """One spot at the end of the body where nothing says it. An empty text has nothing to remark on."""
    if prose.body_words and not says(prose, pattern, negation_words=negation_words):
        yield Spot(prose.body_end, prose.body_end)


def said(prose: Prose, pattern: re.Pattern[str], *, negation_words: int = 3) -> Iterator[Spot]:
    """One spot for each place that says it, unless denied or quoted."""
    for found in said_in(prose, pattern, start=prose.body_start, end=prose.closing_start):
        if not is_negated(prose, found.start(), negation_words):
            yield Spot(found.start(), found.end(), {"said": " ".join(found.group().split())})
