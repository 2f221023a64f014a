"""What is noticed in a file, in words, and never in the way: size, person, place, letterhead, signature."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from vouchsafe.adapters.pdf.typesetting import typeset
from vouchsafe.core.lint import LetterFacts
from vouchsafe.core.sealing import LetterPage, Signature, blocks_from_marks
from vouchsafe.core.sealing.strokes import drawn_svg, read_strokes
from vouchsafe.core.words import from_plain
from vouchsafe.letters.actions.upload_letter import CheckedFile
from vouchsafe.letters.inspecting import inspect_file, inspect_pictures

DRAWN = drawn_svg(read_strokes("[[[10, 90], [60, 10], [110, 120], [160, 40], [300, 60]]]"))
FACTS = LetterFacts(about="Ada Marsh", institution="Harbour University", opportunity="Programme analyst")


def a_file(text: str, *, letterhead: tuple[str, ...] = (), picture: bytes = b"") -> bytes:
    page = LetterPage(
        blocks_from_marks(text),
        Signature("Ben Okafor", picture=picture),
        letterhead=letterhead,
        dated="5 October 2026",
        closing="Yours sincerely,",
    )
    when = datetime(2026, 10, 5, tzinfo=UTC)
    return typeset(page, foot=None, title="Letter", when=when, footless=True).pdf


def hints(data: bytes, facts: LetterFacts | None = FACTS) -> list[str]:
    checked = inspect_file(data, "letter.pdf", about="Ada Marsh", facts=facts)
    assert isinstance(checked, CheckedFile)
    return [str(from_plain(hint)) for hint in checked.hints]


def test_letter_with_all_that_is_looked_for_says_so() -> None:
    told = hints(
        a_file(
            "I have taught Ada Marsh for two years and recommend her to Harbour University.",
            letterhead=("Tidewater College", "12 Quay Street"),
            picture=DRAWN,
        )
    )
    assert told[0] == "It opens and has 1 page."
    assert told[1].startswith("It takes ")
    assert told[1].endswith(" kB.")
    assert told[2:] == ["It names Ada Marsh.", "We saw a letterhead.", "We saw a signature."]


def test_letter_without_them_is_taken_and_its_writer_told() -> None:
    told = hints(a_file("I recommend her to Riverside University without reservation."))
    assert "We did not find the name Ada Marsh in it. Is this the right letter?" in told
    assert any("Riverside University" in hint for hint in told)
    assert told[-2:] == [
        "We saw no letterhead. Some readers look for one.",
        "We saw no signature under it. Some readers look for one.",
    ]


def test_nobody_is_asked_about_places_without_facts() -> None:
    assert not any("Riverside" in hint for hint in hints(a_file("She goes to Riverside University."), None))


@pytest.mark.parametrize("many", [1, 2])
def test_of_photographed_pages_only_what_can_be_known_is_said(many: int) -> None:
    out = BytesIO()
    Image.new("RGB", (300, 420), "#eeeeee").save(out, "JPEG")
    checked = inspect_pictures([out.getvalue()] * many, "page.jpg", about="Ada Marsh", facts=FACTS)
    assert isinstance(checked, CheckedFile)
    told = [str(from_plain(hint)) for hint in checked.hints]
    assert told[0].endswith("1 page." if many == 1 else "2 pages.")
    assert told[-1] == "The pages are pictures, so we can’t read them. Please look at them yourself."
