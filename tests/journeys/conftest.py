"""A real browser on the real server: each journey with scripts and without, every page it shows looked over by axe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright
from tests.cast import Cast

from vouchsafe.adapters.pdf.typesetting import typeset
from vouchsafe.adapters.post.caught import caught_mails
from vouchsafe.core.sealing import LetterPage, Paragraph, Run, Signature
from vouchsafe.doors.worker import tasks
from vouchsafe.ledger import custody
from vouchsafe.people.actions.make_sign_in_link import make_sign_in_link

# Playwright keeps an event loop in this thread; Django's guard would take our plain queries for async ones.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = os.environ.get("VOUCHSAFE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.fail(
            "No Chromium found: install it (Debian: apt-get install chromium), or run `make test`, which does."
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Person:
    """Someone at a browser. Every page they come to is looked over; nothing is asked of another host."""

    base: str
    page: Page
    has_scripts: bool
    strangers: list[str] = field(default_factory=list)
    looked_at: set[str] = field(default_factory=set)

    def open(self, address: str) -> Person:
        self.page.goto(address if address.startswith("http") else self.base + address)
        return self.look()

    def press(self, name: str, *, exact: bool = False) -> Person:
        """Press a button, or follow a link, by its name."""
        button = self.page.get_by_role("button", name=name, exact=exact)
        target = button if button.count() else self.page.get_by_role("link", name=name, exact=exact)
        target.first.click()
        self.page.wait_for_load_state()
        return self.look()

    def fill(self, label: str, value: str) -> Person:
        self.page.get_by_label(label).first.fill(value)
        return self

    def sees(self, text: str) -> bool:
        return text in " ".join(self.page.inner_text("body").split())

    def look(self) -> Person:
        """axe finds nothing; the page has one h1 and a title of its own; nothing scrolls sideways."""
        title = self.page.title()
        assert title.removesuffix(" · Vouchsafe") not in {"", "Vouchsafe"}, self.page.url
        assert self.page.locator("h1").count() == 1, (
            f"{self.page.url} has {self.page.locator('h1').count()} h1"
        )
        if self.has_scripts and title not in self.looked_at:
            self.looked_at.add(title)
            found = Axe().run(self.page, options=AXE).response["violations"]
            told = [(one["id"], one["nodes"][0]["html"][:160]) for one in found]
            assert not told, f"{self.page.url}: {told}"
        assert not self.strangers, f"asked of another host: {self.strangers}"
        return self


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def person(
    request: pytest.FixtureRequest, chromium: Browser, live_server: Any, settings: Any
) -> Iterator[Callable[..., Person]]:
    """Makes people with a browser of their own."""
    base = live_server.url.replace("127.0.0.1", "localhost")
    settings.BASE_URL = base
    settings.UNDO_SECONDS = 0
    contexts = []

    def make(*, width: int = 1280) -> Person:
        context = chromium.new_context(
            java_script_enabled=request.param,
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        someone = Person(base, page, bool(request.param))
        page.on(
            "request",
            lambda asked: (
                None
                if asked.url.startswith((base, "data:", "blob:"))
                else someone.strangers.append(asked.url)
            ),
        )
        return someone

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in() -> Callable[[Person, Any], Person]:
    """By a one-time link, as the terminal prints it."""

    def enter(someone: Person, account: Any) -> Person:
        token = make_sign_in_link(account=account, by="test", now=datetime.now(UTC))
        return someone.open(f"/enter/{token}").press("Sign in")

    return enter


@dataclass
class Post:
    """The worker, and the mail it caught."""

    def deliver(self) -> None:
        tasks.run_due(worker="journey", now=datetime.now(UTC))

    def link_for(self, address: str, path: str) -> str:
        """The newest link of that kind in a mail to the address."""
        self.deliver()
        for raw in caught_mails(
            settings.DATA_FOLDER / "mail", lambda kept: custody.decrypt(kept, context="caught-mail")
        ):
            text = raw.decode("utf-8", "replace").replace("=\r\n", "").replace("=\n", "")
            if f"X-Envelope-To: <{address}>" in text and path in text:
                return path + text.split(path, 1)[1].split()[0].strip('"<>')[:43]
        raise AssertionError(f"no mail to {address} with {path}")

    def code_for(self, address: str) -> str:
        self.deliver()
        for raw in caught_mails(
            settings.DATA_FOLDER / "mail", lambda kept: custody.decrypt(kept, context="caught-mail")
        ):
            text = raw.decode("utf-8", "replace")
            if f"X-Envelope-To: <{address}>" in text:
                digits = [
                    word for word in text.replace("=", " ").split() if word.isdigit() and len(word) == 8
                ]
                if digits:
                    return digits[0]
        raise AssertionError(f"no code for {address}")


@pytest.fixture
def post(transactional_db: None) -> Post:
    shutil.rmtree(settings.DATA_FOLDER / "mail", ignore_errors=True)
    return Post()


@pytest.fixture
def world(transactional_db: None, cast: Cast) -> Cast:
    """The cast, with today's dates, in a database that the live server sees."""
    return cast


@pytest.fixture(scope="session")
def letter_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A letter for Ada as its writer would have it ready, set by the product's own typesetter."""
    page = LetterPage(
        body=(Paragraph((Run("I managed Ada Marsh for two years and recommend her without reservation."),)),),
        signature=Signature(name="Ben Okafor"),
        dated="5 October 2026",
    )
    path = tmp_path_factory.mktemp("letters") / "letter.pdf"
    path.write_bytes(typeset(page, foot=None, title="Letter", when=datetime(2026, 10, 5, tzinfo=UTC)).pdf)
    return path
