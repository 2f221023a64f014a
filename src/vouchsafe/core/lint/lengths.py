"""How long a text is, counted so that nobody's name or pronoun decides."""

from __future__ import annotations

from vouchsafe.core.lint.names import mentions
from vouchsafe.core.lint.prose import WORD, Prose


def counted_words(prose: Prose) -> int:
    """Words of the body; a name of several words counts as one."""
    spare = sum(
        len(WORD.findall(mention.text)) - 1
        for mention in mentions(prose)
        if prose.body_start <= mention.start < prose.closing_start
    )
    return len(prose.body_words) - spare
