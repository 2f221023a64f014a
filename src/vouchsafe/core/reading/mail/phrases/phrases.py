"""The shape of one language's phrases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Phrases:
    """Patterns that each match one whole clause, in lower case without its punctuation.

    `yes` and `no` decide. `kind` says nothing about the answer (thanks, greetings, good wishes).
    `regret` fits a no and never a yes. `tail` is what may follow a yes ("for the position at …"), as
    long as none of its words is in `turns`, the words that change a promise's meaning.
    """

    language: str
    yes: str
    no: str
    kind: str
    regret: str
    tail: str
    turns: frozenset[str]
    joins: str

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The first two letters of every word in the patterns, and how greetings and names may begin."""
        source = " ".join((self.yes, self.no, self.kind, self.regret, "but aber mais pero mas ma maar ale"))
        return frozenset(word[:2] for word in re.findall(r"[^\W\d_]+(?:'\w)?", source))

    def compiled(self, name: str) -> re.Pattern[str]:
        """The pattern for whole clauses; the tail belongs to `yes` alone."""
        tail = rf"(?P<tail>(?: (?:{self.tail})(?: [\w'&./-]+){{1,9}})?)" if name == "yes" else ""
        return re.compile(rf"(?:{_spaced(getattr(self, name))}){tail}\Z")


def _spaced(pattern: str) -> str:
    """Patterns are written over several lines; a line break between alternatives means nothing."""
    return re.sub(r"\n\s*", "", pattern)
