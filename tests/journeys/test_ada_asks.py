"""Ada, from an empty desk to a mail that has left: what for, whom, the plan, a word in person, the ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, expect
from tests.factories import make_account, make_instance
from tests.journeys.conftest import Person, Post

from vouchsafe.asks.models import Ask
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import Opportunity

pytestmark = pytest.mark.journey
MOST_STEPS = 40
CLICKS = Path(__file__).resolve().parents[2] / "docs" / "clicks.md"
PEOPLE = (
    ("Ben Okafor", "Head of Returns", "Kestrel Freight", "ben@writers.example"),
    ("Wen Halloran", "Lecturer", "Vale College", "wen@writers.example"),
    ("Tomasz Lindqvist", "Warehouse lead", "Kestrel Freight", "tomasz@writers.example"),
    ("Imani Castellane", "Neighbour", "", ""),
)


@pytest.fixture
def newcomer(transactional_db: None) -> Account:
    """Ada on her first day: an account, and nothing in it."""
    make_instance(make_account("Dana Whitlock", role="office"))
    return make_account("Ada Marsh")


def posting() -> str:
    due = timezone.localdate() + timedelta(days=45)
    return (
        "Programme analyst\nHarbour & Vale Trust, Leeds\n\n"
        "You will look after the returns of eleven depots and explain them to people who dislike numbers.\n\n"
        "Applicants send a letter of two pages, and one letter of recommendation from somebody who has managed them.\n"
        f"Closing date: {due.day} {due:%B %Y}\n"
    )


def address_book() -> FilePayload:
    cards = (
        f"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:{name}\r\nTITLE:{title}\r\nORG:{place}\r\n"
        + (f"EMAIL:{address}\r\n" if address else "")
        + "END:VCARD\r\n"
        for name, title, place, address in PEOPLE
    )
    return {"name": "people.vcf", "mimeType": "text/vcard", "buffer": "".join(cards).encode()}


def test_ada_plans_asks_in_person_and_sends_the_mail(
    newcomer: Account,
    person: Callable[..., Person],
    sign_in: Callable[[Person, Any], Person],
    post: Post,
    settings: Any,
) -> None:
    settings.UNDO_SECONDS = 30
    ada = sign_in(person(), newcomer)
    assert ada.sees("What are the letters for?")

    ada.press("Say what they are for").fill("Its text", posting()).press("Read it")
    assert ada.page.get_by_label("How many letters do you need?").input_value() == "1"
    assert not Opportunity.objects.exists()
    ada.fill("What is the letter for?", "Programme analyst").press("Keep it")

    ada.press("See whom to ask").press("Import contacts").give(address_book()).press("Read them")
    assert ada.sees("Nobody is kept yet")
    assert not Contact.objects.exists()
    ada.press("Keep these people")
    assert Contact.objects.count() == len(PEOPLE)

    ada.select("How does Ben Okafor know you?", "They managed me")
    ada.select("How well does Ben Okafor know your work?", "Knows it in depth, with several stories")
    ada.select("How well do you and Ben Okafor get on?", "A good connection")
    ada.select("How does Wen Halloran know you?", "They taught me, in a small class")
    ada.select("How well does Wen Halloran know your work?", "Has seen some of it")
    ada.select("How well do you and Wen Halloran get on?", "We get on")
    ada.press("Keep what I said")

    ada.press("Plan", exact=True).unfold("Why, and what you can do")
    expect(ada.page.get_by_text("knows your work in depth, with stories to tell").first).to_be_visible()
    ada.look()

    ada.press("Ben Okafor", exact=True).press("Open the one-page brief")
    assert ada.sees("Asking Ben Okafor in person")
    ada.choose("Yes", exact=True).press("Keep this")
    assert Ask.objects.get().said == "yes"

    assert ada.sees("step 1 of 6")
    assert "[" not in ada.page.get_by_label("Your note").input_value()
    ada.press("Continue").fill("First thing to mention", "The returns report").press("Continue")
    ada.press("Continue without")
    ada.press("Continue").press("Continue")
    assert ada.sees("The returns report")
    assert not post.mails_to("ben@writers.example")
    ada.choose("Now").press("Send to Ben Okafor")
    assert ada.sees("goes in 30 seconds")
    if ada.has_scripts:
        keep_count(ada)

    ada.press("Undo")
    post.deliver(after=timedelta(minutes=5))
    assert not post.mails_to("ben@writers.example")
    ada.press("Go on preparing").choose("Now").press("Send to Ben Okafor")
    post.deliver()
    assert not post.mails_to("ben@writers.example")
    post.deliver(after=timedelta(seconds=31))
    (mail,) = post.mails_to("ben@writers.example")
    assert mail["To"] == "Ben Okafor <ben@writers.example>"
    assert post.link_for("ben@writers.example", "/r/")

    ada.open(ada.page.url)
    story = " ".join(ada.page.get_by_role("list", name="The story").inner_text().split())
    for event in (
        "Letters are due for Programme analyst",
        "The date you ask for",
        "Reminder, if there is still no answer",
        "You sent the email",
        "You asked, and the answer was yes",
    ):
        assert event in story
    assert ada.sees("Said yes")
    assert not ada.sees("Waiting for a yes")
    ada.press("Desk")
    assert not ada.sees("Has not answered yet")


def keep_count(ada: Person) -> None:
    """From the first page after signing in to the first ask sent; the page of it is checked in."""
    steps = ada.clicks + ada.fields
    print(f"first visit to first sent ask: {ada.clicks} clicks, {ada.fields} fields")
    assert steps < MOST_STEPS
    told = CLICKS.read_text()
    assert f"{ada.clicks} clicks and {ada.fields} fields, {steps} in all" in told, (ada.clicks, ada.fields)
