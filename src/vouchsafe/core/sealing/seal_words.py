"""The four seal words: a fingerprint one can say over the telephone.

The list is our own: 2,048 short English words, no two alike in their first four letters, no two one
letter apart, chosen so that no pair sounds the same. It is frozen: a changed list changes the words
of every letter already sealed, so the tests pin its digest.
"""

from __future__ import annotations

from functools import cache

BITS_PER_WORD = 11
WORDS_PER_SEAL = 4


@cache
def word_list() -> tuple[str, ...]:
    """The 2,048 words in order; the file ships inside the package and never changes."""
    from importlib.resources import files  # slow to load, and a verdict needs no words

    text = files(__package__).joinpath("words.txt").read_text("ascii")
    return tuple(text.split())


def seal_words(digest: bytes) -> tuple[str, str, str, str]:
    """The words of a 32-byte digest: its first 44 bits, eleven for each word."""
    bits = int.from_bytes(digest[:6], "big") >> (48 - BITS_PER_WORD * WORDS_PER_SEAL)
    words = word_list()
    mask = (1 << BITS_PER_WORD) - 1
    first, second, third, fourth = (
        words[(bits >> (BITS_PER_WORD * place)) & mask] for place in range(WORDS_PER_SEAL - 1, -1, -1)
    )
    return first, second, third, fourth
