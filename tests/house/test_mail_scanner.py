"""Promise 4 in the mailbox: scanners open each link of each mail, run the page's scripts and send what needs no click.

They come before any person, with the very links of that person. Nothing may change by it: no row in any table.
"""

from __future__ import annotations

import os
import re
import shutil
from datetime import timedelta
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.conf import settings as chosen
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page
from tests.cast import Cast
from tests.factories import make_contact, make_opportunity, make_purpose
from tests.house.routes import tables
from tests.house.world import make_world
from tests.soak import turns

from vouchsafe.adapters.post.caught import caught_mails
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.doors.worker import tasks
from vouchsafe.ledger import custody

# Playwright keeps an event loop in this thread; Django's guard would take our plain queries for async ones.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
QUIET_MS = 300  # for a page that sends itself a moment after it is shown


class Forms(HTMLParser):
    """What a scanner finds on a page: links, forms that ask (GET), and whatever acts without a click."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.asking: list[tuple[str, list[tuple[str, str]]]] = []
        self.by_itself: list[str] = []
        self._form: list[tuple[str, str]] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            self._form = [] if given.get("method", "get").lower() == "get" else None
            if self._form is not None:
                self.asking.append((given.get("action", ""), self._form))
        elif tag == "input" and self._form is not None and given.get("name"):
            self._form.append((given["name"], given.get("value", "")))
        elif tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self.by_itself.append(str(given))
        trigger = given.get("hx-trigger", "")
        sends = any(f"hx-{verb}" in given for verb in ("post", "put", "patch", "delete"))
        if sends and re.search(r"\b(?:load|revealed|intersect|every)\b", trigger):
            self.by_itself.append(str(given))
        if any(name in given for name in ("onload", "onerror", "onfocus", "onpageshow")):
            self.by_itself.append(str(given))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None


def mails() -> list[EmailMessage]:
    import email
    import email.policy

    found = caught_mails(chosen.DATA_FOLDER / "mail", lambda raw: custody.decrypt(raw, context="caught-mail"))
    return [email.message_from_bytes(raw, policy=email.policy.default) for raw in found]


def links_of(mail: EmailMessage) -> set[str]:
    """Every address in a mail that leads to us: in both bodies and in its headers."""
    texts = [str(mail.get("List-Unsubscribe", ""))]
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        texts.append(part.get_content() if part is not None else "")
    found = re.findall(r"https?://[^\s<>\"')]+", "\n".join(texts).replace("&amp;", "&"))
    return {
        each.rstrip(".,") for each in found if urlsplit(each).hostname == urlsplit(chosen.BASE_URL).hostname
    }


@pytest.fixture(autouse=True)
def empty_mailbox() -> None:
    shutil.rmtree(chosen.DATA_FOLDER / "mail", ignore_errors=True)


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def scan(address: str, seen: set[str]) -> None:
    """As a scanner without a browser: the link, what the page leads to, and every form that only asks."""
    client = Client()
    client.head(address)
    answer = client.get(address, follow=True)
    if "html" not in answer.headers.get("Content-Type", ""):
        return
    page = Forms(answer.content.decode())
    assert not page.by_itself, f"{address} acts without a click: {page.by_itself}"
    for link in page.links:
        there = path_of(urljoin(address, link))
        if link.startswith(("/", "?")) and there not in seen:
            seen.add(there)
            client.get(there)
    for action, fields in page.asking:
        client.get(path_of(urljoin(address, action)).split("?")[0], dict(fields))


def test_scanner_that_opens_every_mail_changes_nothing(cast: Cast) -> None:
    make_world(cast, "draft")
    found = mails()
    links = {link for mail in found for link in links_of(mail)}
    assert len(found) >= 5
    assert len(links) >= 8
    before = tables()
    seen: set[str] = set()
    for link in sorted(links):
        scan(path_of(link), seen)
    assert tables() == before
    for link in links:  # the same addresses do change something as soon as a person clicks
        Client().post(path_of(link), {"act": "yes" if "/r/" in link else "open"})
    assert tables() != before


def test_scanner_sees_a_page_that_sends_itself() -> None:
    caught = '<form method="post" hx-post="/x" hx-trigger="load"></form><body onload="send()"><meta http-equiv="refresh">'
    assert len(Forms(caught).by_itself) == 3
    calm = '<form method="post"><button></button></form><a href="/x"></a><form action="/q"><input name="q"></form>'
    assert not Forms(calm).by_itself
    assert (Forms(calm).links, Forms(calm).asking) == (["/x"], [("/q", [("q", "")])])


def browse(pages: list[Page], addresses: list[str]) -> None:
    """As a scanner with a browser: scripts run, a moment passes, and every form that only asks is sent."""
    opened = list(zip(pages, addresses, strict=False))
    for page, address in opened:
        page.goto(address)
    for page, _ in opened:
        page.wait_for_load_state("networkidle")
    pages[0].wait_for_timeout(QUIET_MS)
    for page, _ in opened:
        for action, fields in Forms(page.content()).asking:
            page.goto(f"{urljoin(page.url, action).split('?')[0]}?{urlencode(fields)}")
            page.wait_for_timeout(QUIET_MS)


def open_in_a_browser(chromium: Browser, found: list[EmailMessage], tabs: int = 1) -> None:
    links = sorted({link for mail in found for link in links_of(mail)})
    wanted = [link for link in links if not link.endswith((".ics", "/file"))]
    assert wanted
    before = tables()
    context = chromium.new_context()
    try:
        pages = [context.new_page() for _ in range(tabs)]
        for start in range(0, len(wanted), tabs):
            browse(pages, wanted[start : start + tabs])
    finally:
        context.close()
    assert tables() == before


@pytest.fixture
def served(live_server: Any, settings: Any, transactional_db: None) -> Any:
    settings.BASE_URL = live_server.url.replace("127.0.0.1", "localhost")
    settings.UNDO_SECONDS = 0
    return live_server


@pytest.mark.wide
def test_scanner_with_a_browser_changes_nothing(served: Any, cast: Cast, chromium: Browser) -> None:
    make_world(cast, "delivered")
    assert len(mails()) >= 5
    open_in_a_browser(chromium, mails())


@pytest.mark.soak
def test_scanner_with_a_browser_changes_nothing_in_a_thousand_mails(
    served: Any, cast: Cast, chromium: Browser
) -> None:
    make_world(cast, "delivered")
    now = timezone.now()
    for number in range(1000):
        writer = make_contact(cast.ada, f"Writer{number} Okafor")
        purpose = make_purpose(writer, make_opportunity(cast.ada, f"Place {number}"))
        send_ask(by=cast.ada, purpose=purpose, now=now, undo=timedelta(0), ask_anyway=True)
    while tasks.send_mail(worker="scanned", now=timezone.now()):
        pass
    found = mails()
    assert len(found) >= 1000
    for turn in turns(1000, each=50):
        open_in_a_browser(chromium, found[turn * 50 : turn * 50 + 50], tabs=10)
