"""A composed note that its applicant has begun to edit, brought up to date when a fact changes."""

from __future__ import annotations

from difflib import SequenceMatcher


def carry_over(note: str, before: str, after: str) -> str:
    """The note with what changed between two composed texts, paragraph by paragraph.

    `before` was composed from the facts the note began with, `after` from the facts as they are now. A
    paragraph the applicant has rewritten, added, moved or left out stays as they left it; a new one is put
    behind the paragraph it follows, or before the signature where that one is gone.
    """
    kept, old, new = _paragraphs(note), _paragraphs(before), _paragraphs(after)
    for move, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone = [paragraph for paragraph in old[i:j] if paragraph not in new]
        if move == "equal":
            continue
        present = [paragraph for paragraph in gone if paragraph in kept]
        if gone and not present:
            continue  # it was rewritten or left out: the applicant has spoken
        at = kept.index(present[0]) if present else _place(kept, new[:k], old[j:])
        kept = [paragraph for paragraph in kept if paragraph not in present]
        kept[at:at] = [paragraph for paragraph in new[k:m] if paragraph not in kept and paragraph not in old]
    return "\n\n".join(kept)


def _paragraphs(text: str) -> list[str]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return [part.strip() for part in plain.split("\n\n") if part.strip()]


def _place(kept: list[str], earlier: list[str], later: list[str]) -> int:
    """Behind the nearest earlier paragraph still there, else before the next later one, else before the last."""
    for paragraph in reversed(earlier):
        if paragraph in kept:
            return kept.index(paragraph) + 1
    for paragraph in later:
        if paragraph in kept:
            return kept.index(paragraph)
    return max(len(kept) - 1, 0)
