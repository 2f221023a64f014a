"""Ben, the writer: from the link in his mail to a sealed letter, typed or uploaded, without an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, expect
from tests.cast import Cast
from tests.factories import make_opportunity
from tests.journeys.conftest import Person, Post

from vouchsafe.adapters.words.libreoffice import find_libreoffice
from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Answer, Purpose
from vouchsafe.letters.models import Letter, Seal

pytestmark = pytest.mark.journey
NOTHING = timedelta(0)


def ask(world: Cast, confidentiality: str = "open") -> Purpose:
    today = timezone.localdate()
    purpose = open_request(
        by=world.ada,
        contact=world.ben,
        opportunity=make_opportunity(world.ada, deadline_on=today + timedelta(days=40)),
        shown_on=today + timedelta(days=20),
        confidentiality=confidentiality,
        subject="",
        note="Dear Ben,\n\nWould you feel able to write me a strong letter?\n\nAda",
        points=["The returns report"],
        today=today,
        now=timezone.now(),
    )
    send_ask(by=world.ada, purpose=purpose, now=timezone.now(), undo=NOTHING)
    return purpose


def test_ben_says_yes_writes_and_seals(world: Cast, person: Callable[..., Person], post: Post) -> None:
    ask(world)
    ben = person().open(post.link_for("ben@writers.example", "/r/"))
    assert ben.sees("Ada Marsh asks you for a letter of recommendation")
    ben.press("Yes, I will write it")
    assert "/r/" not in ben.page.url
    ben.press("Start writing")
    ben.page.locator("#letter").fill(
        "I managed Ada Marsh for two years. In March she rebuilt the returns report; it took four hours instead of four days."
    )
    if ben.has_scripts:
        expect(ben.page.locator("[data-saved]")).to_contain_text("Saved ")
        assert ben.sees("22 words")
        assert Letter.objects.count() == 1
    ben.press("Review and seal")
    if ben.page.get_by_label("seal it all the same").count():
        ben.page.get_by_label("seal it all the same").check()
    ben.press("Seal the letter")
    assert Seal.objects.count() == 1
    assert ben.sees(Seal.objects.get().number)
    ben.page.go_back()
    ben.open(f"/requests/{Letter.objects.get().request.key}/")  # type: ignore[union-attr]  # a written letter has one
    assert ben.sees("is sealed")


def test_ben_uploads_in_three_clicks_without_typing(
    world: Cast, person: Callable[..., Person], post: Post, letter_pdf: Path
) -> None:
    ask(world, "waived")
    ben = person(width=390).open(post.link_for("ben@writers.example", "/r/"))
    ben.page.locator("#id_file").set_input_files(letter_pdf)  # one: the file
    ben.press("Look at the pages")  # two
    assert ben.sees("It names Ada Marsh")
    ben.press("Seal the letter")  # three
    assert Seal.objects.get().letter.confidentiality == "waived"


def test_ben_says_no_kindly(world: Cast, person: Callable[..., Person], post: Post) -> None:
    ask(world)
    ben = person(width=390).open(post.link_for("ben@writers.example", "/r/"))
    ben.press("Not this time")
    assert ben.sees("Thank you for saying so early")
    assert Answer.objects.get().said == "no"


def word_file(text: str) -> FilePayload:
    """As small as a Word file can be."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{office}/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>',
    }
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return {"name": "letter.docx", "mimeType": kind, "buffer": packed.getvalue()}


WORDS = "I managed Ada Marsh for two years; in March she rebuilt the returns report."


def test_ben_gives_a_word_file_and_its_words_go_on_as_a_draft(
    world: Cast, person: Callable[..., Person], post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vouchsafe.adapters.words.libreoffice.find_libreoffice", lambda: None)
    ask(world)
    ben = person().open(post.link_for("ben@writers.example", "/r/"))
    ben.give(word_file(WORDS)).press("Look at the pages")
    assert ben.sees("We took the words into the editor")
    assert ben.page.locator("#letter").input_value() == WORDS
    ben.press("Review and seal").press("Seal the letter")
    assert Seal.objects.get().letter.origin == "written"


@pytest.mark.wide
def test_ben_gives_a_word_file_and_libreoffice_makes_its_pages(
    world: Cast, person: Callable[..., Person], post: Post
) -> None:
    assert find_libreoffice(), "install libreoffice-writer-nogui"
    ask(world)
    ben = person().open(post.link_for("ben@writers.example", "/r/"))
    ben.page.set_default_timeout(70_000)  # LibreOffice may take its minute on a busy machine
    ben.give(word_file(WORDS)).press("Look at the pages")
    assert ben.sees("It opens and has 1 page")
    ben.press("Seal the letter")
    assert Seal.objects.get().letter.origin == "uploaded"


def test_ben_promises_a_day_and_later_takes_his_yes_back(
    world: Cast, person: Callable[..., Person], post: Post
) -> None:
    purpose = ask(world)
    ben = person(width=390).open(post.link_for("ben@writers.example", "/r/")).press("Yes, I will write it")
    day = timezone.localdate() + timedelta(days=12)
    if not ben.page.get_by_label("The day you promise").is_visible():
        ben.unfold("I will do it by")
    ben.fill("The day you promise", day.isoformat()).press("Promise that day")
    assert ben.sees(f"Promised by {day:%a} {day.day} {day:%b}")
    assert Answer.objects.latest("pk").promised_on == day
    ben.unfold("I cannot after all").fill("A word for Ada Marsh", "The month has run away with me.")
    ben.press("I cannot after all")
    assert ben.sees("Thank you for saying so early")
    assert stage(purpose.request) == "declined"
    post.deliver()
    assert any("month has run away" in str(mail) for mail in post.mails_to(world.ada.email))
    ben.press("Yes, I will write it")
    assert stage(purpose.request) == "agreed"


def test_ada_with_the_slip_meets_a_closed_door_at_every_writers_act(
    world: Cast, person: Callable[..., Person], post: Post
) -> None:
    from vouchsafe.asks.actions.hand_over_link import hand_over_link

    purpose = ask(world, "waived")
    token = hand_over_link(by=world.ada, request=purpose.request, now=timezone.now())
    ada = person().open(f"/r/{token}")
    assert not ada.page.get_by_role("button", name="Yes, I will write it").count()
    ada.press("This is for me")
    for path in ("write", "review", "sealed", "copy"):
        ada.open(f"/requests/{purpose.request.key}/{path}")
        assert not ada.page.locator("textarea#letter, .letter-page").count()
    ada.open(f"/requests/{purpose.request.key}/")
    token = ada.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    for act in ("answer", "write", "draft", "preview", "file", "seal", "reopening", "release", "withdrawal"):
        answer = ada.page.context.request.post(
            f"{ada.base}/requests/{purpose.request.key}/{act}",
            form={
                "csrfmiddlewaretoken": token,
                "act": "yes",
                "text": "Words of my own.",
                "writer_name": "Ben",
            },
            max_redirects=0,
        )
        assert answer.status in (403, 404, 409, 422), (act, answer.status)
    assert not Letter.objects.exists()
    assert not Answer.objects.exists()
