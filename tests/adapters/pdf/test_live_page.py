"""The page while it is written: lines counted where they were set, somebody else's words marked, nothing moved."""

import re

import pytest

from vouchsafe.adapters.pdf.live_page import live_page
from vouchsafe.adapters.pdf.typesetting import CharacterMissing, preview_svg
from vouchsafe.core.sealing import LetterPage, Signature, blocks_from_marks

MARK = "#fbe9c6"


def a_letter(text: str) -> LetterPage:
    return LetterPage(
        blocks_from_marks(text),
        Signature("Dr Ben Ortiz", ("Senior Lecturer",), typed="Ben Ortiz"),
        ("Harbour College", "12 Quay Street"),
        opening="Dear committee,",
        closing="Yours sincerely,",
    )


def paragraphs(many: int) -> str:
    return "\n\n".join(f"Paragraph {place} has a line." for place in range(many))


def test_letter_of_one_page_has_no_line_over_it():
    live = live_page(a_letter(paragraphs(5)))
    assert (len(live.svg_pages), live.over, live.over_two) == (1, 0, 0)


def test_every_paragraph_that_moves_to_the_next_page_is_one_line_more():
    fits = next(many for many in range(5, 60) if live_page(a_letter(paragraphs(many + 1))).over)
    first = live_page(a_letter(paragraphs(fits + 1))).over
    # The close moves as one: its greeting, the signature, the name and the line under it.
    assert first == 4
    assert [live_page(a_letter(paragraphs(fits + more))).over - first for more in (8, 9, 10)] == [3, 4, 5]


def test_lines_after_the_second_page_are_counted_by_themselves():
    live = live_page(a_letter(paragraphs(75)))
    assert len(live.svg_pages) == 3
    assert 0 < live.over_two < live.over


def test_words_of_the_applicant_are_marked_until_they_are_edited():
    points = ["The returns report, rebuilt in March.", "led the **tutors**"]
    whole = live_page(a_letter("She wrote the returns  report, *rebuilt* in March, and more."), theirs=points)
    assert whole.still_theirs == ("The returns report, rebuilt in March.",)
    assert whole.svg_pages[0].count(MARK) == 3  # before, within and after the italic word
    edited = live_page(a_letter("She wrote the returns report, rebuilt by March."), theirs=points)
    assert edited.still_theirs == ()
    assert MARK not in edited.svg_pages[0]


def test_part_of_a_longer_word_is_not_theirs():
    assert live_page(a_letter("Her reports arrived."), theirs=["Her report"]).still_theirs == ()
    assert live_page(a_letter("Anything"), theirs=["", " . "]).still_theirs == ()


def test_marks_move_no_line():
    text = "Word after word, with some of them much longer than others are. " * 14

    def places(svg: str) -> list[str]:
        return re.findall(r'transform="matrix\(1 0 0 -1 72 ([\d.]+)\)"', svg)

    marked = live_page(a_letter(text), theirs=["some of them much longer"])
    assert marked.still_theirs
    assert places(marked.svg_pages[0]) == places(preview_svg(a_letter(text))[0])


def test_character_no_font_has_is_refused_while_one_writes():
    with pytest.raises(CharacterMissing):
        live_page(a_letter("A sign of one's own: \U000f1234."))
