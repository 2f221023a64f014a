"""Sets of words, written as one reads them."""


def word_set(said: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(said.split())
