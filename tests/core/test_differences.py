"""What is different between two texts, and that nothing of either is lost in showing it."""

from __future__ import annotations

import re
from time import process_time

import pytest
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


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" ".join(["a"] * 25_000), " ".join(["a", "b"] * 12_000)),
        ("a b " * 7_000, "b a c " * 7_000),
        ("\n\n".join(["a"] * 15_000), "\n\n".join(["a", "b"] * 7_000)),
        ("\n\n".join(f"p{n} same same words" for n in range(2_000)), "\n\n".join(f"q{n} same same words" for n in range(2_000))),
        (" ".join(f"w{n}" for n in range(9_000)), " ".join(f"w{n}" for n in reversed(range(9_000)))),
        (" ".join(f"w{n % 700}" for n in range(900)), " ".join(f"w{n % 700 if n % 3 else n}" for n in range(900))),
    ],
    ids=["one word", "two words", "paragraphs", "like paragraphs", "backwards", "a long letter"],
)  # fmt: skip
def test_texts_made_to_be_slow_are_compared_in_time_and_lose_nothing(old: str, new: str) -> None:
    """A writer's own form takes 60,000 characters; what they hold must not keep a server busy."""
    begun = process_time()
    passages = differences(old, new)
    assert process_time() - begun < 10, "minutes, before; a second or two now"
    assert spaced(read(passages, Mark.ADDED)) == spaced(paragraphs_of(old))
    assert spaced(read(passages, Mark.REMOVED)) == spaced(paragraphs_of(new))
