"""What is different between two texts, and that nothing of either is lost in showing it."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.core.differences import Mark, Passage, are_equal, differences, paragraphs_of

WORDS = st.sampled_from(["she", "led", "the", "audit", "of", "nine", "wards", "and", "found", "it"])
PARAGRAPH = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
TEXT = st.lists(PARAGRAPH, max_size=6).map("\n\n".join)


def read(passages: tuple[Passage, ...], without: Mark) -> list[str]:
    texts = [
        "".join(piece.text for piece in passage.pieces if piece.mark is not without)
        for passage in passages
        if passage.mark is not without
    ]
    return [text.strip() for text in texts if text.strip()]


def spaced(texts: list[str]) -> list[str]:
    """A word taken out may leave the space on either side of it."""
    return [re.sub(r"\s+", " ", text).strip() for text in texts]


@settings(max_examples=120)
@given(TEXT, TEXT)
def test_both_texts_are_whole_in_their_differences(old: str, new: str) -> None:
    passages = differences(old, new)
    assert spaced(read(passages, Mark.ADDED)) == spaced(paragraphs_of(old))
    assert spaced(read(passages, Mark.REMOVED)) == spaced(paragraphs_of(new))


@given(TEXT)
def test_text_differs_from_itself_nowhere(text: str) -> None:
    assert are_equal(differences(text, text.replace("\n", "\r\n")))


def test_word_changed_inside_a_paragraph_is_marked_alone() -> None:
    (passage,) = differences("She led the audit of nine wards.", "She led the audit of eleven wards.")
    assert passage.mark is Mark.CHANGED
    assert [piece.text for piece in passage.pieces if piece.mark is Mark.REMOVED] == ["nine"]
    assert [piece.text for piece in passage.pieces if piece.mark is Mark.ADDED] == ["eleven"]
    assert passage.text == "She led the audit of eleven wards."


def test_paragraph_put_between_two_is_added_and_they_stay() -> None:
    marks = [
        passage.mark
        for passage in differences("One thing.\n\nAnother.", "One thing.\n\nFor Lund.\n\nAnother.")
    ]
    assert marks == [Mark.SAME, Mark.ADDED, Mark.SAME]


def test_paragraph_replaced_by_one_with_other_words_is_removed_and_added() -> None:
    marks = [
        passage.mark
        for passage in differences("Nothing alike here.", "Quite different words stand there now.")
    ]
    assert sorted(marks) == [Mark.ADDED, Mark.REMOVED]


def test_empty_texts_have_no_differences() -> None:
    assert differences("", " \n\n ") == ()
