"""What composing returns: a subject and paragraphs, not yet translated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vouchsafe.core.words import Sentence

Line = Sentence | str
"""A sentence of ours, to be translated, or the applicant's own words, never touched."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail in parts. A `str` paragraph is the applicant's own; its line breaks are meant."""

    subject: Sentence
    paragraphs: tuple[Line, ...]

    def text(self, speak: Callable[[Sentence], str] = str) -> str:
        """The whole body as plain text; `speak` translates a sentence (English without it)."""
        return "\n\n".join(part if isinstance(part, str) else speak(part) for part in self.paragraphs)


def own(text: str) -> tuple[str, ...]:
    """The applicant's words as paragraphs: trimmed at the ends, otherwise as they were written."""
    blocks = text.replace("\r\n", "\n").replace("\r", "\n").split("\n\n")
    return tuple(block.strip() for block in blocks if block.strip())


def clause(text: str) -> str:
    """A given phrase made fit for the end of a sentence of ours: one line, no stop of its own."""
    return " ".join(text.split()).rstrip(".;, ")


def is_sentence(text: str) -> bool:
    """Whether a given phrase already speaks for itself (`I learnt…`, `Your Friday reviews…`)."""
    first = text.strip().split(" ", 1)[0].rstrip(",")
    return first in SENTENCE_STARTS or first.startswith(("I'", "I’"))


SENTENCE_STARTS = frozenset(
    ("I", "You", "Your", "We", "My", "Our", "It", "Thank", "Working", "When", "Without", "Since", "Every")
)


def stopped(text: str) -> str:
    """The phrase as one line that ends like a sentence."""
    said = " ".join(text.split())
    return said if said.endswith((".", "?", "!", "…", "”")) else f"{said}."


def bullets(items: tuple[str, ...]) -> str:
    """A plain list, one item a line; empty items are left out."""
    return "\n".join(f"- {clause(item)}" for item in items if clause(item))
