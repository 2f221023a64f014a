"""What goes wrong at a keyboard: pressing twice, going back, two windows, a slow or broken line, the wrong file."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.cast import Cast
from tests.factories import make_opportunity
from tests.journeys.conftest import Person, Post
from tests.journeys.test_ben_writes import ask

from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.models import Letter, Seal, Upload

pytestmark = pytest.mark.journey
FIRST = "I managed Ada Marsh for two years, and would gladly do so again."
SECOND = "Ada Marsh rebuilt the returns report in four days."
SLOW = {"offline": False, "latency": 700, "downloadThroughput": 40_000, "uploadThroughput": 40_000}


def test_pressing_send_twice_sends_one_mail(
    world: Cast, person: Callable[..., Person], sign_in: Callable[[Person, Any], Person], post: Post
) -> None:
    today = timezone.localdate()
    purpose = open_request(
        by=world.ada, contact=world.ben, opportunity=make_opportunity(world.ada, deadline_on=today + timedelta(days=40)),
        shown_on=today + timedelta(days=20), confidentiality="open", subject="A letter", points=[],
        note="Dear Ben,\n\nWould you feel able to write me a strong letter?\n\nAda", today=today, now=timezone.now(),
    )  # fmt: skip
    ada = sign_in(person(), world.ada).open(f"/purposes/{purpose.key}/check/").choose("Now")
    slow_down(ada)
    ada.page.get_by_role("button", name="Send to Ben Okafor").dblclick()
    expect(ada.page).to_have_url(
        re.compile("/asks/")
    )  # the first press's navigation gives way to the second's
    ada.page.wait_for_load_state()
    ada.page.go_back()
    send = ada.page.get_by_role("button", name="Send to Ben Okafor")
    if send.count():
        ada.click(send)
    assert Outgoing.objects.filter(kind="ask").count() == 1
    post.deliver(after=timedelta(minutes=1))
    assert len(post.mails_to("ben@writers.example")) == 1


def test_sealing_twice_and_going_back_seals_once(
    world: Cast, person: Callable[..., Person], post: Post, letter_pdf: Path
) -> None:
    ask(world)
    ben = person().open(post.link_for("ben@writers.example", "/r/"))
    ben.give(letter_pdf).press("Look at the pages")
    slow_down(ben)
    ben.page.get_by_role("button", name="Seal the letter").dblclick()
    expect(ben.page).to_have_url(re.compile("/sealed$"))
    ben.page.wait_for_load_state()
    number = Seal.objects.get().number
    ben.page.go_back()
    seal = ben.page.get_by_role("button", name="Seal the letter")
    if seal.count():
        ben.click(seal)
    assert ben.look().sees(number)
    assert Seal.objects.count() == 1


def test_two_windows_lose_nothing(world: Cast, person: Callable[..., Person], post: Post) -> None:
    ask(world)
    ben = person().open(post.link_for("ben@writers.example", "/r/")).press("Yes, I will write it")
    ben.press("Start writing")
    other = Person(ben.base, ben.page.context.new_page(), ben.has_scripts).open(ben.page.url)
    write(ben, FIRST)
    write(other, SECOND, saved=False)
    if other.has_scripts:
        expect(other.page.locator("[data-saved]")).to_contain_text("Changed in another window")
    other.press("Review and seal")
    assert other.sees(FIRST)
    assert other.page.locator("#letter").input_value() == SECOND
    other.press("Review and seal")
    assert other.page.url.endswith("/review")
    assert other.sees(SECOND) or other.page.locator("img, svg").count()
    assert Letter.objects.count() == 1


def test_a_broken_line_keeps_the_words_on_the_device(
    world: Cast, person: Callable[..., Person], post: Post
) -> None:
    ask(world)
    ben = person(width=390).open(post.link_for("ben@writers.example", "/r/")).press("Yes, I will write it")
    ben.press("Start writing")
    write(ben, FIRST)
    if not ben.has_scripts:
        return  # without scripts the words travel with the press that saves them
    ben.page.context.set_offline(True)
    ben.page.locator("#letter").fill(SECOND)
    expect(ben.page.locator("[data-saved]")).to_contain_text("Your words are kept on this device")
    ben.page.context.set_offline(False)
    ben.open(ben.page.url)
    expect(ben.page.locator("#letter")).to_have_value(SECOND)
    ben.page.reload()
    expect(ben.page.locator("#letter")).to_have_value(SECOND)


def test_a_page_older_than_its_last_save_is_fetched_again(
    world: Cast, person: Callable[..., Person], post: Post
) -> None:
    ask(world)
    ben = person(width=390).open(post.link_for("ben@writers.example", "/r/")).press("Yes, I will write it")
    ben.press("Start writing")
    if not ben.has_scripts:
        return  # nothing is saved behind the page's back
    with ben.page.expect_response(re.compile("/write$")) as first:
        ben.page.reload()
    older = first.value.body()
    write(ben, FIRST)
    ben.page.route(
        re.compile("/write$"), lambda route: route.fulfill(body=older, content_type="text/html"), times=1
    )
    ben.page.reload()
    expect(ben.page.locator("#letter")).to_have_value(FIRST)


def test_a_letter_too_long_is_said_so_and_stays_in_its_window(
    world: Cast, person: Callable[..., Person], post: Post
) -> None:
    ask(world)
    ben = person().open(post.link_for("ben@writers.example", "/r/")).press("Yes, I will write it")
    ben.press("Start writing")
    ben.page.locator("#letter").fill("Ada " * 16_000)
    ben.press("Review and seal")
    assert ben.sees("60000 characters")
    assert ben.page.locator("#letter").input_value().startswith("Ada Ada Ada")
    write(ben, FIRST)
    ben.press("Review and seal")
    assert ben.page.url.endswith("/review")


def test_wrong_files_are_refused_in_words_and_a_scripted_one_is_made_harmless(
    world: Cast, person: Callable[..., Person], post: Post, letter_pdf: Path, tmp_path: Path
) -> None:
    ask(world)
    ben = person(width=390).open(post.link_for("ben@writers.example", "/r/"))
    ben.press("Look at the pages")
    assert ben.sees("Choose the file with your letter")
    ben.give({"name": "letter.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 but no more of it"})
    ben.press("Look at the pages")
    assert ben.sees("nothing is lost")
    large = tmp_path / "large.pdf"
    large.write_bytes(b"%PDF-1.7\n" + bytes(21_000_000))
    ben.give(large).press("Look at the pages")
    assert ben.sees("20 MB")
    assert not Upload.objects.exists()
    ben.give({"name": "scripted.pdf", "mimeType": "application/pdf", "buffer": scripted(letter_pdf)})
    ben.press("Look at the pages")
    assert ben.sees("It names Ada Marsh")
    ben.press("Seal the letter")
    assert Seal.objects.count() == 1


def scripted(pdf: Path) -> bytes:
    """The same letter, with a script that would run on opening it."""
    with pikepdf.open(pdf) as opened:
        opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('here')")
        made = BytesIO()
        opened.save(made)
    return made.getvalue()


def write(someone: Person, words: str, *, saved: bool = True) -> None:
    """With scripts it saves itself; without, by the button."""
    someone.page.locator("#letter").fill(words)
    if not saved:
        return
    if someone.has_scripts:
        expect(someone.page.locator("[data-saved]")).to_contain_text("Saved ")
    else:
        someone.press("Save and stay")


def slow_down(someone: Person) -> None:
    devtools = someone.page.context.new_cdp_session(someone.page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW)
