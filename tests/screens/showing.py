"""Screens in a real browser, as the server answered them: no server runs, and no page waits for another."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, BrowserContext, Page, Route
from tests.screens.gathering import Screen

from vouchsafe.doors.web.ui.stylesheet import joined

BASE = "http://localhost"  # a secure context, as the product's own pages are
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,  # of what it would fetch it needs the styles of other hosts alone, and there are none
}
COLOURS = {
    **AXE,
    "runOnly": ["color-contrast", "link-in-text-block"],
}  # all that another theme can change: test_themes
STILL = """() => { const still = new CSSStyleSheet();
  still.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important; }");
  document.adoptedStyleSheets = [still]; }"""  # a colour that is on its way is no colour to measure
BEGIN = """options => { window.looking = new Promise(done => setTimeout(() => done(axe.run(document, options).then(found =>
  found.violations.map(one => [one.id, one.nodes.length, one.nodes[0].html.slice(0, 200), one.nodes[0].failureSummary.slice(0, 300)]))))) }"""
# Turned right to left, what stood at the left stands as far from the right. What runs in one direction of its own stays out.
MIRROR = """() => {
  const root = document.documentElement, was = root.dir, width = root.clientWidth;
  const own = "svg, svg *, [dir]:not(html), [dir]:not(html) *";
  const blocks = [...document.body.querySelectorAll("*")].filter(one => !one.matches(own)
    && !/^(inline|none|contents)/.test(getComputedStyle(one).display));
  const boxes = () => blocks.map(one => one.getBoundingClientRect());
  const before = boxes();
  root.dir = "rtl";
  const after = boxes(), wide = root.scrollWidth - innerWidth;
  root.dir = was;
  const wrong = blocks.filter((one, n) => before[n].width && Math.abs(width - after[n].right - before[n].left) > 6)
    .map(one => [one.tagName + "." + one.className, one.parentElement.tagName + "." + one.parentElement.className]);
  return (wide > 0 ? [["too wide", wide]] : []).concat(wrong.slice(0, 3));
}"""


@cache
def _static(path: str) -> tuple[str, bytes] | None:
    found = finders.find(path)
    if not isinstance(found, str):
        return None
    return mimetypes.guess_type(path)[0] or "application/octet-stream", Path(found).read_bytes()


@dataclass
class Window:
    """A browser's window in which any screen can be shown."""

    page: Page
    shown: Screen | None = None
    said: list[str] = field(default_factory=list)  # what the console complained of
    missing: list[str] = field(default_factory=list)  # what the page asked for and nobody has

    def show(self, screen: Screen) -> None:
        self.shown = screen
        self.said.clear()
        self.missing.clear()
        self.page.goto(BASE + screen.address)
        self.page.evaluate(STILL)

    def answer(self, route: Route) -> None:
        asked = route.request
        assert self.shown is not None
        if asked.is_navigation_request():
            kind = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": self.shown.policy}
            route.fulfill(body=self.shown.body, headers=kind)
            return
        address = urlsplit(asked.url).path
        if address.startswith("/look/"):
            route.fulfill(body=joined().text, content_type="text/css")
        elif address.startswith("/static/") and (file := _static(address.removeprefix("/static/"))):
            route.fulfill(body=file[1], content_type=file[0])
        elif part := self.shown.parts.get(asked.url.removeprefix(BASE)):
            route.fulfill(body=part[1], content_type=part[0])
        elif asked.resource_type in {"xhr", "fetch"}:
            route.fulfill(status=204)
        else:
            self.missing.append(asked.url)
            route.fulfill(status=404)

    def dress(self, *, width: int, dark: bool, high: int = 844) -> None:
        self.page.set_viewport_size({"width": width, "height": high})
        self.page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")

    def begin(self, *, colours_alone: bool = False) -> None:
        """Let axe look at the page as it stands; what it found is asked for later, so that windows look at once."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(Axe().axe_script)
        self.page.evaluate(BEGIN, COLOURS if colours_alone else AXE)

    def found(self) -> list[Any]:
        return list(self.page.evaluate("window.looking"))

    def unmirrored(self) -> list[Any]:
        """What does not change sides when the page is turned right to left."""
        return list(self.page.evaluate(MIRROR))

    def sideways(self) -> int:
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@contextmanager
def windows_in(browser: Browser, count: int) -> Iterator[list[Window]]:
    contexts = [browser.new_context(reduced_motion="reduce", service_workers="block") for _ in range(count)]
    try:
        yield [_window(context) for context in contexts]
    finally:
        for context in contexts:
            context.close()


def _window(context: BrowserContext) -> Window:
    window = Window(context.new_page())
    context.route("**/*", lambda route: window.answer(route))
    window.page.on(
        "console", lambda said: window.said.append(said.text) if said.type in {"error", "warning"} else None
    )
    window.page.on("pageerror", lambda fault: window.said.append(str(fault)))
    return window
