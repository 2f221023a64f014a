"""The shape of one language's phrases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Phrases:
    """Patterns that each match one whole clause, in lower case without its punctuation.

    `yes` and `no` decide. `kind` says nothing about the answer (thanks, greetings, good wishes);
    it also holds what only looks like a yes ("I'll write" may mean a mail). `regret` fits a no and never
    a yes, `ease` ("no problem") a yes and never a no. `tail` is what may follow a yes ("for the position at …"), as
    long as none of its words is in `turns`, the words that change a promise's meaning.
    """

    language: str
    yes: str
    no: str
    kind: str
    ease: str
    regret: str
    tail: str
    turns: frozenset[str]
    joins: str

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The first two letters of every word in the patterns, and how greetings and names may begin."""
        source = " ".join(
            (self.yes, self.no, self.kind, self.ease, self.regret, "but aber mais pero mas ma maar ale")
        )
        return frozenset(word[:2] for word in re.findall(r"[^\W\d_]+(?:'\w)?", source))

    def compiled(self, name: str) -> re.Pattern[str]:
        """The pattern for whole clauses; the tail belongs to `yes` alone."""
        tail = rf"(?P<tail>(?: (?:{self.tail})(?: [\w'&./-]+){{1,9}})?)" if name == "yes" else ""
        return re.compile(rf"(?:{_spaced(getattr(self, name))}){tail}\Z")


def words_of(text: str) -> frozenset[str]:
    """The words of a text, with those that turn a promise into one for somebody else or for money."""
    return frozenset(text.split()) | _OTHERS


_OTHERS = frozenset(
    """sister brother friend wife husband money schwester bruder freund freundin geld sœur frère ami amie argent hermana hermano amigo
    amiga dinero irmã irmão dinheiro sorella fratello amico amica soldi zus broer vriend vriendin siostra siostry brat brata
    przyjaciel przyjaciela pieniądze""".split()  # noqa: SIM905 - a list would take forty lines
)


def _spaced(pattern: str) -> str:
    """Patterns are written over several lines; a line break between alternatives means nothing."""
    return re.sub(r"\n\s*", "", pattern)
