"""What a rule is and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.words import Sentence

F = TypeVar("F")


class Level(StrEnum):
    """How much a finding weighs. None blocks; CONFIRM asks for a second click."""

    NOTE = "note"
    ADVICE = "advice"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark. `start` and `end` are character offsets into the given text.

    Where something is missing there is nothing to point at: both are the offset where it would go.
    """

    code: str
    slug: str
    level: Level
    sentence: Sentence
    hint: Sentence
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a rule strikes, with the facts its sentence names."""

    start: int
    end: int
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule(Generic[F]):
    """One rule: a stable code, what it says, and how it looks. `F` is the facts it may rest on.

    `any_language` rules also look at texts that are not English.
    """

    code: str
    slug: str
    level: Level
    sentence: str
    hint: str
    find: Callable[[Prose, F], Iterator[Spot]]
    any_language: bool = False

    def check(self, prose: Prose, facts: F) -> Iterator[Finding]:
        if not (self.any_language or prose.is_english):
            return
        for spot in self.find(prose, facts):
            yield Finding(
                code=self.code,
                slug=self.slug,
                level=self.level,
                sentence=Sentence(self.sentence, spot.facts),
                hint=Sentence(self.hint, spot.facts),
                start=spot.start,
                end=spot.end,
            )
