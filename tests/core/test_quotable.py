"""What of a letter may hang on a wall: whole sentences that stand there word for word, and nothing mended."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.core.quotable import LONGEST, quotable

PAGE = """Fernway Logistics
27 October 2026

Dear members of the panel,

I managed Maya Okafor for two years, where she joined as
a returns clerk. Dr. Falk says so too. I would hire her again
tomorrow, and I told her so. She is
Yours faithfully,
Tomasz Zieliński
To check this letter, go to vouchsafe.example/v/K7QM-42TX or scan the code.
"""


def test_quotable_gives_whole_sentences_of_the_body_across_lines() -> None:
    assert quotable([PAGE], "K7QM-42TX") == (
        "I managed Maya Okafor for two years, where she joined as a returns clerk.",
        "Dr. Falk says so too.",
        "I would hire her again tomorrow, and I told her so.",
    )


def test_sentence_that_a_page_breaks_is_left_out_and_never_mended() -> None:
    assert quotable(["She stayed with the", "auditors for two days. She was right all along."]) == (
        "She was right all along.",
    )


def test_mark_before_an_item_of_a_list_is_no_word_of_it() -> None:
    listed = "She did this:\n• She rebuilt the count.\n• 40 people use it now.\n"
    assert quotable([listed]) == ("She rebuilt the count.", "40 people use it now.")


def test_foot_with_the_number_and_what_is_too_long_are_left_out() -> None:
    foot = "To check this letter, go to example.org/v/K7QM-42TX or scan it."
    assert quotable([foot], "K7QM-42TX") == ()
    assert quotable(["A " + "very " * LONGEST + "long one."]) == ()
    assert quotable([]) == ()


@settings(max_examples=100)
@given(
    st.lists(st.text(st.characters(exclude_characters="\u00ad\u2010\x02\ufffe"), max_size=200), max_size=3)
)
def test_every_quotable_sentence_stands_in_its_page_word_for_word_and_once(pages: list[str]) -> None:
    found = quotable(pages)
    plain = [" ".join(page.split()) for page in pages]
    assert len(set(found)) == len(found)
    assert all(any(sentence in page for page in plain) for sentence in found)
