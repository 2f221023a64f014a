"""A real browser on the real server: each journey with scripts and without, every page it shows looked over by axe."""

from __future__ import annotations

import email
import email.policy
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import Browser, FilePayload, Locator, Page
from tests.cast import Cast

from vouchsafe.adapters.pdf.typesetting import typeset
from vouchsafe.adapters.post.caught import caught_mails
from vouchsafe.core.sealing import LetterPage, Paragraph, Run, Signature
from vouchsafe.doors.worker import tasks
from vouchsafe.ledger import custody
from vouchsafe.people.actions.make_sign_in_link import make_sign_in_link

# Playwright keeps an event loop in this thread; Django's guard would take our plain queries for async ones.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
WIDTHS = (1280, 390)
looked_at: set[str] = set()  # what was looked over already in this run, by title and headline


@dataclass
class Person:
    """Someone at a browser. Every page they come to is looked over; nothing is asked of another host."""

    base: str
    page: Page
    has_scripts: bool
    strangers: list[str] = field(default_factory=list)
    clicks: int = 0
    fields: int = 0

    def open(self, address: str) -> Person:
        self.page.goto(address if address.startswith("http") else self.base + address)
        return self.look()

    def press(self, name: str, *, exact: bool = False) -> Person:
        """Press a button, or follow a link, by its name."""
        button = self.page.get_by_role("button", name=name, exact=exact)
        self.click(button if button.count() else self.page.get_by_role("link", name=name, exact=exact))
        return self.look()

    def click(self, target: Locator) -> Person:
        target.first.click()
        self.clicks += 1
        self.page.wait_for_load_state()
        return self

    def unfold(self, name: str) -> Person:
        return self.click(self.page.locator("summary", has_text=name))

    def choose(self, label: str, *, exact: bool = False) -> Person:
        """Tick a box, or take one of several."""
        self.page.get_by_label(label, exact=exact).first.check()
        self.clicks += 1
        return self

    def fill(self, label: str, value: str) -> Person:
        self.page.get_by_label(label).first.fill(value)
        self.fields += 1
        return self

    def select(self, label: str, value: str) -> Person:
        self.page.get_by_label(label).first.select_option(label=value)
        self.fields += 1
        return self

    def give(self, *files: Path | FilePayload) -> Person:
        """A file into the page's place for one."""
        self.page.locator("input[type=file]").first.set_input_files(list(files))
        self.clicks += 1
        return self

    def sees(self, text: str) -> bool:
        return text in " ".join(self.page.inner_text("body").split())

    def look(self) -> Person:
        """One h1 and a title of its own; nothing scrolls sideways and axe finds nothing, at a desk and on a phone."""
        title = self.page.title()
        assert title.removesuffix(" · Vouchsafe") not in {"", "Vouchsafe"}, self.page.url
        headings = self.page.locator("h1").all_inner_texts()
        assert len(headings) == 1, f"{self.page.url} has {len(headings)} h1: {headings}"
        if self.has_scripts and (title + headings[0]) not in looked_at:
            looked_at.add(title + headings[0])
            self._inspect()
        assert not self.strangers, f"asked of another host: {self.strangers}"
        return self

    def _inspect(self) -> None:
        was = self.page.viewport_size
        assert was
        for width in sorted(WIDTHS, key=lambda one: one != was["width"]):
            if width != was["width"]:
                self.page.set_viewport_size({"width": width, "height": was["height"]})
            sideways = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert sideways <= 0, f"{self.page.url} at {width}: {sideways} px too wide"
            found = Axe().run(self.page, options=AXE).response["violations"]
            told = [(one["id"], one["nodes"][0]["html"][:160]) for one in found]
            assert not told, f"{self.page.url} at {width}: {told}"
        self.page.set_viewport_size(was)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """When a journey breaks off, say what its people had before them."""
    report = yield
    if report.when == "call" and report.failed:
        for someone in getattr(item, "people", ()):
            report.sections.append((someone.page.url, someone.page.inner_text("body")))
    return report  # type: ignore[return-value]  # a wrapper hook hands the report back


@pytest.fixture
def base(live_server: Any, settings: Any, transactional_db: None) -> str:
    """Where the server is reached, which is also what mails and letters print."""
    settings.BASE_URL = live_server.url.replace("127.0.0.1", "localhost")
    settings.UNDO_SECONDS = 0
    cache.clear()  # how often was tried is counted there, and outlives a test
    return str(settings.BASE_URL)


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def person(request: pytest.FixtureRequest, chromium: Browser, base: str) -> Iterator[Callable[..., Person]]:
    """Makes people with a browser of their own."""
    contexts = []
    request.node.people = []  # type: ignore[attr-defined]  # for the report above

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
        request.node.people.append(someone)
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

    def deliver(self, *, after: timedelta = timedelta(0)) -> None:
        """What is due at that time from now leaves."""
        tasks.run_due(worker="journey", now=datetime.now(UTC) + after)

    def mails_to(self, address: str) -> list[EmailMessage]:
        """Newest first."""
        kept = caught_mails(
            settings.DATA_FOLDER / "mail", lambda kept: custody.decrypt(kept, context="caught-mail")
        )
        read = [email.message_from_bytes(raw, policy=email.policy.default) for raw in kept]
        return [one for one in read if one["X-Envelope-To"] == f"<{address}>"]

    def link_for(self, address: str, path: str) -> str:
        """The newest link of that kind in a mail to the address."""
        self.deliver()
        for mail in self.mails_to(address):
            found = re.search(re.escape(path) + r"[\w-]{43}", _text(mail))
            if found:
                return found[0]
        raise AssertionError(f"no mail to {address} with {path}")

    def code_for(self, address: str) -> str:
        """The newest code: eight digits for a writer, signs in two groups for signing in."""
        self.deliver()
        for mail in self.mails_to(address):
            found = re.search(r"^\s*(\d{8}|[0-9A-Z]{3,4}-[0-9A-Z]{3,4})\s*$", _text(mail), re.M)
            if found:
                return found[1]
        raise AssertionError(f"no code for {address}")


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


@pytest.fixture
def post(transactional_db: None) -> Post:
    shutil.rmtree(settings.DATA_FOLDER / "mail", ignore_errors=True)
    return Post()


@pytest.fixture
def world(transactional_db: None, base: str, cast: Cast) -> Cast:
    """The cast in a database that the live server sees."""
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
    path.write_bytes(
        typeset(page, foot=None, title="Letter", when=datetime(2026, 10, 5, tzinfo=UTC), footless=True).pdf
    )
    return path
