"""A quiet button has no box to see: its words stand in line, and its box stays clear of its neighbours."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from tests.doors.web.ui.test_gallery_in_browser import gallery

__all__ = ["gallery"]  # the fixture
pytestmark = [pytest.mark.journey, pytest.mark.wide]
BESIDE_OR_BELOW = """wide => { const skip = [...document.querySelectorAll(".cluster > .button[data-kind=quiet]")].find(one => one.previousElementSibling);
  const row = skip.parentElement; row.style.inlineSize = wide + "px";
  const words = document.createRange(); words.selectNodeContents(skip);
  const before = skip.previousElementSibling.getBoundingClientRect(), box = skip.getBoundingClientRect();
  return box.top < before.bottom ? { gap: box.left - before.right }
    : { indent: words.getBoundingClientRect().left - row.getBoundingClientRect().left }; }"""


def test_quiet_button_begins_a_line_with_its_words_and_keeps_off_the_button_before_it(
    chromium: Browser, gallery: str
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        page.goto(gallery, wait_until="networkidle")
        found = [page.evaluate(BESIDE_OR_BELOW, wide) for wide in range(140, 720, 20)]
    finally:
        context.close()
    indents = [each["indent"] for each in found if "indent" in each]
    gaps = [each["gap"] for each in found if "gap" in each]
    assert indents
    assert gaps
    assert max(map(abs, indents)) < 1
    assert min(gaps) >= 7
