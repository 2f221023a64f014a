"""What is different between two texts: by paragraph, and by word inside a paragraph that was changed.

Both texts are whole again from the pieces: the old one from what is kept and removed, the new one from what is kept
and added. A paragraph counts as changed, rather than as one removed and one added, where half its words are the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

ALIKE = 0.5  # of the words, by SequenceMatcher's ratio
MOST_WORK = 20_000_000  # steps, about: words that repeat without end must not keep a server busy
MOST_PAIRS = 2_500  # old paragraphs times new ones that are held against each other
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
    for tag, a, b, c, d in _steps(before, after):
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
    if len(before) * len(after) > MOST_PAIRS:
        yield from (_whole(Mark.REMOVED, old) for old in before)
        yield from (_whole(Mark.ADDED, text) for text in after)
        return
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
    a, b = old.split(), new.split()
    near = SequenceMatcher(None, a, b, autojunk=False)
    if near.real_quick_ratio() < ALIKE or near.quick_ratio() < ALIKE:
        return False
    return _is_heavy(a, b) or near.ratio() >= ALIKE


def _by_word(old: str, new: str) -> Iterator[Piece]:
    before, after = WORDS.findall(old), WORDS.findall(new)
    for tag, a, b, c, d in _steps(before, after):
        if tag == "equal":
            yield Piece(Mark.SAME, "".join(after[c:d]))
            continue
        if a < b:
            yield Piece(Mark.REMOVED, "".join(before[a:b]))
        if c < d:
            yield Piece(Mark.ADDED, "".join(after[c:d]))


def _steps(before: list[str], after: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """How one list becomes the other. Spaces are not what words are matched by, since every other one is a space."""
    if not _is_heavy(before, after):
        return SequenceMatcher(str.isspace, before, after, autojunk=False).get_opcodes()
    least = min(len(before), len(after))
    head = next((n for n in range(least) if before[n] != after[n]), least)
    tail = next((n for n in range(least - head) if before[-1 - n] != after[-1 - n]), least - head)
    return [
        ("equal", 0, head, 0, head),
        ("replace", head, len(before) - tail, head, len(after) - tail),
        ("equal", len(before) - tail, len(before), len(after) - tail, len(after)),
    ]


def _is_heavy(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether comparing them in full would take too long: what repeats on both sides is looked at again and again."""
    there, here = Counter(before), Counter(after)
    repeats = sum(count * here[word] for word, count in there.items() if not word.isspace())
    return (repeats + len(before)) * (len(before) + len(after)) > MOST_WORK
