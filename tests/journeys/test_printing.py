"""What comes out of the printer: each on the paper it is meant for, with nothing that only a screen can do."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_contact, make_opportunity
from tests.journeys.conftest import Person
from tests.sealing import make_sealed

from vouchsafe.letters.actions.choose_quotes import choose_quotes

pytestmark = [pytest.mark.journey, pytest.mark.wide]
TEXT = "She made the whole floor braver about numbers. I would hire her again tomorrow. She asks where they come from. I rely on her."


def printed(someone: Person, path: str) -> list[str]:
    """The words of each sheet of A4, as one space-separated line."""
    someone.page.goto(someone.base + path)
    data = someone.page.pdf(format="A4", prefer_css_page_size=True, print_background=True)
    pages = pdfium.PdfDocument(BytesIO(data))
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pages]


@pytest.mark.parametrize("person", [True], indirect=True, ids=["scripts"])
def test_each_printed_thing_takes_the_paper_it_is_meant_for(
    world: Cast, person: Callable[..., Person], sign_in: Callable[[Person, Any], Person]
) -> None:
    opportunity = make_opportunity(world.ada)
    dora = make_contact(world.ada, "Dora Lindqvist")
    seal = make_sealed(dora, opportunity, text=TEXT)
    choose_quotes(by=world.ada, letter_key=seal.letter.key, places=range(4), now=timezone.now())
    ada = sign_in(person(), world.ada)

    (brief,) = printed(ada, f"/brief/{world.ben.key}/{opportunity.key}/")
    assert "Say, in your own words" in brief
    assert "What was said" in brief
    assert "Keep this" not in brief

    (letter,) = printed(ada, f"/safe/{seal.letter.key}/")
    assert letter == ""  # the page itself, a picture, and nothing beside it

    (proof,) = printed(ada, f"/verify/{seal.number}")
    assert "is genuine" in proof
    assert "What this does and does not prove" in proof
    assert "Holding a file?" not in proof

    cards = printed(ada, "/safe/wall/cards")
    assert [sheet.count("Dora Lindqvist") for sheet in cards] == [3, 1]
    assert "Cards to cut out" not in cards[0]

    plan = printed(ada, "/plan/")
    assert plan
    assert "Somebody else?" not in " ".join(plan)
