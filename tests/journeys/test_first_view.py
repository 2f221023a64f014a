"""The first view of the pages people come to by a mail, on a phone: bytes, fonts, and nothing that jumps (design, budgets).

How long it takes on a slow line is measured by `python -m bench loading`: that is no matter for a test.
"""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response, Route
from tests.cast import Cast
from tests.journeys.conftest import Post
from tests.journeys.test_ben_writes import ask

pytestmark = [pytest.mark.journey, pytest.mark.wide]
KILOBYTES = {
    "document": 15,
    "stylesheet": 20,
    "script": 25,
    "font": 160,
}  # compressed, but for fonts, which are
REQUESTS = 14
JUMPS = """() => { window.jumps = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) window.jumps += one.value; })
    .observe({ type: "layout-shift", buffered: true }); }"""
FIRST_PAINT = """new Promise(done => new PerformanceObserver(done).observe({ type: "paint", buffered: true }))
  .then(() => true)"""
PHONE = {"width": 390, "height": 844}


def weight(answer: Response) -> int:
    """What travels: the server's files are compressed once they are collected, as they are not in tests."""
    body = answer.body()
    return len(body) if answer.request.resource_type == "font" else len(gzip.compress(body, 9))


@pytest.fixture
def landing(world: Cast, base: str, post: Post) -> str:
    """The writer's page, as the mail leads there."""
    ask(world)
    return base + post.link_for("ben@writers.example", "/r/")


@pytest.fixture
def phone(chromium: Browser) -> Any:
    context = chromium.new_context(viewport=PHONE)  # type: ignore[arg-type]  # as Playwright takes it
    context.add_init_script(f"({JUMPS})()")
    yield context.new_page()
    context.close()


def test_first_view_of_the_writer_stays_within_its_bytes(landing: str, phone: Page) -> None:
    answers: list[Response] = []
    phone.on("response", lambda answer: answers.append(answer))
    phone.goto(landing, wait_until="networkidle")
    phone.evaluate("document.fonts.ready")
    weights = dict.fromkeys(KILOBYTES, 0)
    for answer in answers:
        kind = answer.request.resource_type
        weights[kind] = weights.get(kind, 0) + weight(answer)
        assert answer.ok, answer.url
    over = {kind: weights[kind] for kind, most in KILOBYTES.items() if weights[kind] > most * 1000}
    assert over == {}
    assert len(answers) <= REQUESTS, [one.url for one in answers]
    fonts = [one.url.rsplit("/", 1)[-1] for one in answers if one.request.resource_type == "font"]
    assert len(fonts) == len(set(fonts)), (
        "a font came twice: its preload does not match what the styles ask for"
    )


@pytest.mark.parametrize("where", ["writer", "home", "verify", "sign in"])
def test_nothing_jumps_when_the_fonts_come_late(base: str, landing: str, phone: Page, where: str) -> None:
    """The fallback faces are as wide and as high as those they stand in for."""
    held: list[Route] = []
    let_through: list[bool] = []
    phone.route("**/*.woff2", lambda route: route.continue_() if let_through else held.append(route))
    address = {
        "writer": landing,
        "home": f"{base}/",
        "verify": f"{base}/verify/",
        "sign in": f"{base}/accounts/login/",
    }
    phone.goto(address[where], wait_until="domcontentloaded")
    phone.evaluate(FIRST_PAINT)
    two_frames = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    phone.evaluate(two_frames)
    assert held, "no font was asked for"
    let_through.append(True)
    for route in held:
        route.continue_()
    phone.evaluate("document.fonts.ready")
    phone.evaluate(two_frames)
    assert phone.evaluate("document.fonts.check('16px \"Hanken Grotesk\"')")
    assert phone.evaluate("window.jumps") < 0.02
