"""Colours that the reader's system forces on a page: what was told by a ground is told by a line, and drawings are seen."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from tests.doors.web.ui.test_gallery_in_browser import gallery

__all__ = ["gallery"]  # the fixture
pytestmark = [pytest.mark.journey, pytest.mark.wide]
PAGES = ("", "desk", "ask", "editor", "print")
# Grounds that tell nothing: the decoration of an envelope, a half of the editor, what is not seen before it has the focus.
NOTHING_TOLD = {"skip", "envelope_frame-flap", "envelope_frame-back", "editor-write", "brief-slip"}
PARTS = """() => [...document.body.querySelectorAll("*:not(svg *)")].filter(one => one.getClientRects().length).map(one => {
  const lined = each => { const look = getComputedStyle(each);
    return look.outlineStyle !== "none" || ["Top", "Right", "Bottom", "Left"].some(side =>
      look[`border${side}Style`] !== "none" && parseFloat(look[`border${side}Width`]) > 0); };
  const control = one.matches("input:not([type=hidden], [type=file], [type=checkbox], [type=radio]), select, textarea, .button, .drop, .radio_cards-card");
  const near = control ? [one, one.parentElement, one.parentElement.parentElement, ...one.children] : [one];
  return { name: one.classList[0] || one.tagName, ground: getComputedStyle(one).backgroundColor, control,
    lined: near.some(lined), words: one.textContent.trim().slice(0, 30) }; })"""
DRAWINGS = """() => [...document.querySelectorAll("svg")].filter(one => one.getBoundingClientRect().width > 10
    && getComputedStyle(one).visibility === "visible" && !one.closest("[popover], dialog")).map(one => {
  const box = one.getBoundingClientRect();
  return [one.closest("[class]:not([class=''])").outerHTML.slice(0, 120), box.x + scrollX, box.y + scrollY, box.right + scrollX, box.bottom + scrollY]; })"""
CLEAR = "rgba(0, 0, 0, 0)"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def shown(page: Page, address: str, *, dark: bool) -> None:
    """The person chose the other theme here: what the system forces holds all the same."""
    page.emulate_media(forced_colors="active", color_scheme="dark" if dark else "light")
    page.goto(f"{address}?theme={'light' if dark else 'dark'}", wait_until="networkidle")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")


@pytest.mark.parametrize("dark", [False, True], ids=["white", "black"])
@pytest.mark.parametrize("name", PAGES)
def test_what_a_ground_told_has_a_line(page: Page, gallery: str, name: str, dark: bool) -> None:
    page.goto(f"{gallery}{name}?theme=light", wait_until="networkidle")
    usual: list[Any] = page.evaluate(PARTS)
    shown(page, gallery + name, dark=dark)
    forced: list[Any] = page.evaluate(PARTS)
    assert len(usual) == len(forced) > 20
    canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
    lost = {
        after["name"]: after["words"]
        for before, after in zip(usual, forced, strict=True)
        if (after["control"] or before["ground"] != CLEAR)
        and not after["lined"]
        and after["ground"] in {CLEAR, canvas}
        and after["name"] not in NOTHING_TOLD | {"BODY"}
    }
    assert lost == {}


@pytest.mark.parametrize("dark", [False, True], ids=["white", "black"])
@pytest.mark.parametrize("name", PAGES)
def test_every_drawing_is_seen(page: Page, gallery: str, name: str, dark: bool) -> None:
    """At least one point in a hundred of each stands out from its ground by three to one."""
    shown(page, gallery + name, dark=dark)
    whole = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
    unseen = []
    drawings = page.evaluate(DRAWINGS)
    for drawn, *box in drawings:
        light = luminance(np.asarray(whole.crop(tuple(round(side) for side in box)), np.float64) / 255)
        values, counts = np.unique(light.round(3), return_counts=True)
        grounds = (
            values[counts.argmax()],
            0.0 if dark else 1.0,
        )  # its own, or the page's: a bar is all of one colour
        if max(standing_out(light, ground) for ground in grounds) < 0.01:
            unseen.append(drawn)
    assert drawings
    assert unseen == []


def standing_out(light: Any, ground: float) -> float:
    high, low = np.maximum(light, ground), np.minimum(light, ground)
    return float(((high + 0.05) / (low + 0.05) >= 3).mean())


def luminance(colours: Any) -> Any:
    """As WCAG has it."""
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("dark", [False, True], ids=["white", "black"])
def test_focus_and_choice_are_seen(page: Page, gallery: str, dark: bool) -> None:
    shown(page, gallery, dark=dark)
    page.locator(".button").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    ring = page.evaluate("(({outlineStyle, outlineWidth}) => [outlineStyle, parseFloat(outlineWidth)])(getComputedStyle(document.activeElement))")  # fmt: skip
    assert ring[0] == "solid"
    assert ring[1] >= 3
    card = ".radio_cards-card:has(:checked)"
    chosen = page.locator(card).first.evaluate("one => getComputedStyle(one).outlineStyle")
    assert chosen == "solid"


def test_more_contrast_leaves_no_faint_word_and_no_faint_edge(page: Page, gallery: str) -> None:
    page.emulate_media(contrast="more", color_scheme="light")
    page.goto(f"{gallery}?theme=light", wait_until="networkidle")
    found = page.evaluate("""() => { const of = name => { const probe = document.createElement("i");
      probe.style.color = `var(--${name})`; document.body.append(probe); return getComputedStyle(probe).color; };
      return ["ink", "ink-2", "ink-3", "line", "line-firm"].map(of).concat(getComputedStyle(document.querySelector(".sheet")).borderTopColor); }""")
    ink, second, third, line, firm, edge = found
    assert ink == second == third
    assert line == firm == edge
