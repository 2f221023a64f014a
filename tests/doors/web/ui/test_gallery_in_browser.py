"""The gallery in a real browser, under the same safety headers as every page: axe, narrow windows, keys and scripts."""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from types import ModuleType
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from django.urls import include, path
from playwright.sync_api import Browser, Page, Request, Route

from vouchsafe.doors.web.ui.gallery import gallery_page
from vouchsafe.doors.web.ui.views import show_gallery

pytestmark = [pytest.mark.journey, pytest.mark.wide]  # the journeys look at the product's own pages

_PAGES = ["", "desk", "ask", "editor", "print"]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    urls = ModuleType("gallery_urls_of_the_tests")
    urls.__dict__["urlpatterns"] = [
        path("", include("vouchsafe.doors.web.ui.urls")),
        path("gallery/", show_gallery),
        path("gallery/<slug:page>", show_gallery),
    ]
    sys.modules[urls.__name__] = urls
    with override_settings(
        ROOT_URLCONF=urls.__name__,
        ALLOWED_HOSTS=["127.0.0.1"],
        MIDDLEWARE=["vouchsafe.doors.web.ui.headers.SafetyHeaders"],
        SECURE_SSL_REDIRECT=False,
    ):
        server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), _Server, _Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/gallery/"
        server.shutdown()
        server.server_close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    said: list[str] = []  # a line a test cut on purpose (ERR_FAILED) is no fault of the page
    page.on(
        "console",
        lambda message: (
            said.append(message.text)
            if message.type == "error" and "net::ERR_FAILED" not in message.text
            else None
        ),
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


@pytest.mark.parametrize("name", _PAGES)
@pytest.mark.parametrize(
    ("width", "theme"),
    [
        (320, "light"),
        (1280, "light"),
        (1280, "dark"),
        (390, "dark"),
    ],
)
def test_gallery_page_pleases_axe_and_never_scrolls_sideways(
    page: Page, gallery: str, name: str, width: int, theme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{gallery}{name}?theme={theme}", wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found.response["violations"]] == []


def test_page_asks_nobody_else_for_anything(page: Page, gallery: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{gallery}desk", wait_until="networkidle")
    origin = gallery.removesuffix("gallery/")
    assert asked
    assert all(address.startswith(origin) for address in asked)
    assert sum(address.endswith(".css") for address in asked) == 1


def test_keys_open_find_filter_it_and_rest_while_typing(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}desk", wait_until="networkidle")
    page.keyboard.press("/")
    box = page.locator("#find_or_do")
    assert box.is_visible()
    page.keyboard.type("safe/")  # the slash is typed, not obeyed
    assert page.locator("#find_or_do input").input_value() == "safe/"
    page.keyboard.press("Backspace")
    assert page.locator("#find_or_do li:visible").count() == 1
    page.keyboard.press("Enter")
    assert page.url.endswith("#safe")


def test_keys_go_to_a_place_and_walk_the_rows(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}desk", wait_until="networkidle")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "Tomasz Zieliński"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == "Thank Samuel Adeyemi"
    page.keyboard.press("g")
    page.keyboard.press("p")
    assert page.url.endswith("#plan")


def test_error_summary_takes_the_focus_and_leads_to_its_field(page: Page, gallery: str) -> None:
    page.goto(gallery, wait_until="networkidle")
    assert page.evaluate("document.activeElement.className") == "error_summary"
    page.get_by_role("link", name="Enter Dr Nwosu").click()
    assert page.evaluate("document.activeElement.id") == "id_mail"


def test_dialog_opens_and_closes_by_key(page: Page, gallery: str) -> None:
    page.goto(gallery, wait_until="networkidle")
    page.get_by_role("button", name="Open the dialog").click()
    assert page.locator("#erase").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#erase").is_visible()


def test_cannot_yet_button_does_nothing(page: Page, gallery: str) -> None:
    page.goto(gallery, wait_until="networkidle")
    before = page.url
    page.get_by_role("button", name="Start", exact=True).click(force=True)
    assert page.url == before


@pytest.mark.parametrize(("same", "state"), [(True, "accepted"), (False, "refused")])
def test_file_is_compared_in_the_browser(page: Page, gallery: str, same: bool, state: str) -> None:
    page.goto(gallery, wait_until="networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    content = b"a letter of the gallery"
    assert hashlib.sha256(content).hexdigest() == gallery_page().digest
    page.locator("#id_check").set_input_files(
        [{"name": "l.pdf", "mimeType": "application/pdf", "buffer": content if same else b"other"}]
    )
    drop = page.locator(".drop", has=page.locator("#id_check"))
    drop.locator(f"xpath=self::*[@data-state='{state}']").wait_for()
    assert "is the sealed letter" in drop.inner_text() if same else "is not the letter" in drop.inner_text()
    assert asked == []


def test_editor_marks_the_selection_and_can_undo(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}editor", wait_until="networkidle")
    text = page.locator("#letter")
    text.fill("one two")
    text.evaluate("el => el.setSelectionRange(4, 7)")
    page.get_by_role("button", name="Bold").click()
    assert text.input_value() == "one **two**"
    page.get_by_role("button", name="List").click()
    assert text.input_value() == "- one **two**"
    page.get_by_role("button", name="Undo typing").click()
    assert text.input_value() == "one **two**"


def test_unsaved_words_are_kept_on_the_device_and_saved_when_it_works_again(page: Page, gallery: str) -> None:
    saved: list[str] = []
    up = [False]

    def answer(route: Route, request: Request) -> None:
        if not up[0]:
            route.abort()
            return
        saved.append(request.post_data or "")
        route.fulfill(status=204)

    page.route("**/look", lambda route: route.fulfill(status=204))
    page.route("**/save", answer)
    page.goto(f"{gallery}editor", wait_until="networkidle")
    text, note = page.locator("#letter"), page.locator("[data-saved]")
    text.fill("Words that must not be lost.")
    note.locator("xpath=self::*[@data-state='kept']").wait_for()
    assert "kept on this device" in note.inner_text()

    up[0] = True
    page.reload(wait_until="networkidle")
    assert text.input_value() == "Words that must not be lost."
    note.locator("xpath=self::*[@data-state='saved']").wait_for()
    assert "Words that must not be lost." in saved[-1]
    page.reload(wait_until="networkidle")
    assert page.evaluate("localStorage.length") == 0


def test_words_kept_here_and_changed_elsewhere_are_both_offered(page: Page, gallery: str) -> None:
    page.route("**/look", lambda route: route.fulfill(status=204))
    page.route("**/save", lambda route: route.fulfill(status=204))
    page.goto(f"{gallery}editor", wait_until="networkidle")
    theirs = page.locator("#letter").input_value()
    kept = {"base": '[["text","an older page"]]', "words": '[["text","typed on the train"]]'}
    page.evaluate("kept => localStorage.setItem('draft:save', JSON.stringify(kept))", kept)
    page.reload(wait_until="networkidle")
    assert page.locator("#letter").input_value() == theirs
    page.get_by_role("button", name="Take those instead").click()
    assert page.locator("#letter").input_value() == "typed on the train"
    assert not page.locator("[data-kept-choice]").is_visible()


def test_page_follows_the_writing_and_keeps_its_place(page: Page, gallery: str) -> None:
    sent: list[str] = []

    def look(route: Route, request: Request) -> None:
        sent.append(request.post_data or "")
        route.fulfill(
            status=200,
            content_type="text/html",
            body='<article class="paper"><p id="new">As it will look</p></article>',
        )

    page.route("**/look", look)
    page.route("**/save", lambda route: route.fulfill(status=204))
    page.goto(f"{gallery}editor", wait_until="networkidle")
    side = page.locator("#editor-page")
    side.evaluate("el => { el.scrollTop = 40 }")
    page.locator("#letter").press_sequentially("abc", delay=30)
    page.locator("#new").wait_for()
    assert len(sent) == 1  # a pause asks once, not every key
    assert side.evaluate("el => el.scrollTop") == 40
    assert page.evaluate("document.activeElement.id") == "letter"


def test_page_without_script_still_offers_every_act(chromium: Browser, gallery: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{gallery}ask")
    # The input shows itself, for nobody else can say which file was chosen.
    assert page.locator("input[type=file]").evaluate("el => getComputedStyle(el).opacity") == "1"
    assert page.get_by_role("button", name="Yes, I will write it").is_visible()
    assert not page.get_by_role("button", name="Copy").is_visible()  # the value can be selected
    page.goto(f"{gallery}desk")
    assert page.get_by_role("link", name="Find or do anything").get_attribute("href") == "#find"
    context.close()
