"""What is different between two texts: by paragraph, and by word inside a paragraph that was changed.

Both texts are whole again from the pieces: the old one from what is kept and removed, the new one from what is kept
and added. A paragraph counts as changed, rather than as one removed and one added, where half its words are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

ALIKE = 0.5  # of the words, by SequenceMatcher's ratio
PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
WORDS = re.compile(r"\s+|[^\s]+")


class Mark(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    """Of a paragraph alone: its pieces say what."""


@dataclass(frozen=True, slots=True)
class Piece:
    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, with its pieces in reading order."""

    mark: Mark
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The paragraph as it reads now; of one that was removed, as it read."""
        skip = None if self.mark is Mark.REMOVED else Mark.REMOVED
        return "".join(piece.text for piece in self.pieces if piece.mark is not skip)


def paragraphs_of(text: str) -> list[str]:
    """A text's paragraphs, without the empty lines between them."""
    return [part.strip() for part in PARAGRAPHS.split(text.replace("\r\n", "\n")) if part.strip()]


def differences(old: str, new: str) -> tuple[Passage, ...]:
    """Every paragraph of both texts in the order of the new one; what was removed stands where it stood."""
    before, after = paragraphs_of(old), paragraphs_of(new)
    found: list[Passage] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [_whole(Mark.SAME, text) for text in after[c:d]]
        else:
            found += _paired(before[a:b], after[c:d])
    return tuple(found)


def are_equal(passages: Sequence[Passage]) -> bool:
    return all(passage.mark is Mark.SAME for passage in passages)


def _whole(mark: Mark, text: str) -> Passage:
    return Passage(mark, (Piece(mark, text),))


def _paired(before: list[str], after: list[str]) -> Iterator[Passage]:
    """Each new paragraph beside the next old one it is like; order is never changed."""
    waiting = list(before)
    for text in after:
        near = next((n for n, old in enumerate(waiting) if _are_alike(old, text)), None)
        if near is None:
            yield _whole(Mark.ADDED, text)
            continue
        yield from (_whole(Mark.REMOVED, old) for old in waiting[:near])
        yield Passage(Mark.CHANGED, tuple(_by_word(waiting[near], text)))
        waiting = waiting[near + 1 :]
    yield from (_whole(Mark.REMOVED, old) for old in waiting)


def _are_alike(old: str, new: str) -> bool:
    return SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio() >= ALIKE


def _by_word(old: str, new: str) -> Iterator[Piece]:
    before, after = WORDS.findall(old), WORDS.findall(new)
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(Mark.SAME, "".join(after[c:d]))
            continue
        if a < b:
            yield Piece(Mark.REMOVED, "".join(before[a:b]))
        if c < d:
            yield Piece(Mark.ADDED, "".join(after[c:d]))
