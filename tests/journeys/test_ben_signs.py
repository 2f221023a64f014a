"""Ben takes a point of Ada's into his letter, makes it his own, and signs with his finger."""

from __future__ import annotations

import math

import pytest
from playwright.sync_api import Browser, expect
from tests.cast import Cast
from tests.journeys.conftest import Person, Post
from tests.journeys.test_ben_writes import ask

from vouchsafe.core.sealing.strokes import is_drawn
from vouchsafe.letters.actions.save_draft import read_draft
from vouchsafe.letters.models import Draft, Seal
from vouchsafe.people.models import Correspondent

pytestmark = [pytest.mark.journey, pytest.mark.wide]


@pytest.mark.parametrize("width", [1280, 390])
def test_ben_draws_his_signature_with_a_finger(
    world: Cast, post: Post, base: str, chromium: Browser, width: int
) -> None:
    ask(world)
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, has_touch=True, reduced_motion="reduce"
    )
    ben = Person(base, context.new_page(), True).open(post.link_for("ben@writers.example", "/r/"))
    ben.press("Yes, I will write it").press("Start writing")
    page, letter, live = ben.page, ben.page.locator("#letter"), ben.page.locator("#editor-page")
    letter.fill("I have known Ada for two years.")
    page.get_by_role("button", name="Put it in").click()
    assert letter.input_value() == "I have known Ada for two years.\n\nThe returns report"
    expect(live).to_contain_text("Still in Ada Marsh’s own words")
    letter.fill("I have known Ada for two years.\n\nHer report on returns was hers alone.")
    expect(live).not_to_contain_text("own words")
    expect(page.locator("[data-saved]")).to_contain_text("Saved ")

    ben.unfold("Draw it")
    pad = page.locator("canvas.signature-pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    finger = context.new_cdp_session(page)

    def touch(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", box["x"] + 20, box["y"] + 70)
    for step in range(1, 50):
        touch("touchMove", box["x"] + 20 + 4 * step, box["y"] + 70 + 35 * math.sin(step / 5))
    touch("touchEnd")
    ben.choose("Keep a drawn or photographed signature")
    page.get_by_role("button", name="Use this drawing").click()
    expect(page.get_by_alt_text("Your signature")).to_be_visible()
    assert is_drawn(read_draft(Draft.objects.get()).picture)
    assert Correspondent.objects.get(mailbox="ben@writers.example").signature_file
    page.get_by_role("button", name="Forget it").click()
    expect(page.get_by_text("A picture of your signature is kept")).to_have_count(0)
    assert not Correspondent.objects.get(mailbox="ben@writers.example").signature_file
    ben.look().press("Review and seal")
    assert ben.sees("Look at your letter before you seal it")
    if page.get_by_label("seal it all the same").count():
        page.get_by_label("seal it all the same").check()
    ben.press("Seal the letter")
    assert Seal.objects.count() == 1
    context.close()


PASTED = """<meta charset="utf-8"><b style="font-weight:normal"><p>I taught <span style="font-weight:700">Ada</span> for <i>two</i> years.</p>
<p>Her report was<br>the best of forty.</p><ul><li>careful</li><li>quick</li></ul><div>5 * 4 hours</div><script>stop()</script></b>"""


def test_ben_pastes_from_a_word_processor_and_keeps_paragraphs_lists_and_emphasis(
    world: Cast, post: Post, base: str, chromium: Browser
) -> None:
    ask(world)
    context = chromium.new_context(reduced_motion="reduce")
    ben = Person(base, context.new_page(), True).open(post.link_for("ben@writers.example", "/r/"))
    ben.press("Yes, I will write it").press("Start writing")
    letter = ben.page.locator("#letter")
    letter.fill("")
    letter.evaluate(
        """(text, html) => {
            const clipboardData = new DataTransfer()
            clipboardData.setData("text/html", html)
            text.focus()
            text.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
        }""",
        PASTED,
    )
    assert letter.input_value() == (
        "I taught **Ada** for *two* years.\n\nHer report was  \nthe best of forty.\n\n- careful\n- quick\n\n5 \\* 4 hours"
    )
    context.close()
