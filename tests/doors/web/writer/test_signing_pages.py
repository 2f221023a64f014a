"""Signing in the editor: drawn, by a picture, with one that was kept; with scripts and without."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageDraw
from tests.cast import Cast
from tests.factories import make_opportunity
from tests.house.world import ask

from vouchsafe.asks.actions.hand_over_link import hand_over_link
from vouchsafe.asks.actions.make_link import token_of
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Link, Purpose
from vouchsafe.core.sealing.strokes import is_drawn
from vouchsafe.ledger import outbox
from vouchsafe.letters.actions.save_draft import read_draft
from vouchsafe.letters.models import Draft, Seal
from vouchsafe.people.models import Correspondent

STROKES = json.dumps([[[10, 40], [30, 10], [50, 60], [70, 20]]])
WORDS = {"text": "I managed Ada for two years.", "name": "Ben Okafor", "typed": "Ben", "based_on": "0"}


@pytest.fixture
def purpose(cast: Cast) -> Purpose:
    return ask(cast, cast.ben, "waived")


@pytest.fixture
def base(purpose: Purpose) -> str:
    return f"/requests/{purpose.request.key}"


@pytest.fixture
def ben(client: Client, purpose: Purpose) -> Client:
    link = Link.objects.filter(request=purpose.request, kind="mailed").latest("n")
    assert client.post(f"/r/{token_of(link)}", {"act": "yes"}).status_code == 302
    return client


def picture() -> SimpleUploadedFile:
    page = Image.new("RGB", (600, 300), "#f4f1ea")
    ImageDraw.Draw(page).line([(80, 150), (250, 60), (350, 220), (520, 120)], fill="#1a2a6c", width=6)
    out = BytesIO()
    page.save(out, "JPEG")
    return SimpleUploadedFile("me.jpg", out.getvalue(), "image/jpeg")


def signed() -> bytes:
    return read_draft(Draft.objects.get()).picture


def draw(client: Client, base: str, **more: str) -> object:
    return client.post(f"{base}/signature", {**WORDS, "then": "draw", "strokes": STROKES, **more})


def test_drawing_signs_the_letter_and_saves_the_first_words(ben: Client, base: str) -> None:
    answer = ben.post(f"{base}/signature", {**WORDS, "then": "draw", "strokes": STROKES})
    assert (answer.status_code, answer["X-Revision"]) == (200, "1")
    assert is_drawn(signed())
    assert "data:image/svg+xml" in answer.content.decode()
    assert read_draft(Draft.objects.get()).text == WORDS["text"]
    saved = ben.post(f"{base}/draft", {**WORDS, "text": "More words.", "based_on": "1"})
    assert saved.json() == {"revision": 2}
    assert is_drawn(signed())


def test_letter_that_cannot_be_set_says_why_and_stays_in_its_window(ben: Client, base: str) -> None:
    words = {**WORDS, "text": "Ada \uf8fe led."}  # a private character that no font has
    shown = ben.post(f"{base}/preview", words)
    assert shown.status_code == 200
    assert "U+F8FE" in shown.content.decode()
    ben.post(f"{base}/draft", words)
    assert (
        ben.get(f"{base}/write").content.decode().count("U+F8FE") == 1
    )  # beside the page, not at the signature


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"dated": "y" * 101}, 422), ({"paper": "foolscap"}, 422), ({"text": "Other words."}, 409)],
)
def test_words_that_are_not_saved_are_shown_again_with_the_signature(
    ben: Client, base: str, wrong: dict[str, str], status: int
) -> None:
    draw(ben, base)
    answer = ben.post(f"{base}/write", {**WORDS, "opening": "Dear committee,", **wrong})
    page = answer.content.decode()
    assert (answer.status_code, "Dear committee," in page) == (status, True)
    assert "Take the signature off" in page


def test_live_page_and_review_show_the_drawing_and_the_seal_holds_it(ben: Client, base: str) -> None:
    draw(ben, base)
    plain = ben.post(f"{base}/preview", {**WORDS}).content
    ben.post(f"{base}/signature", {**WORDS, "then": "unsign"})
    assert signed() == b""
    assert ben.post(f"{base}/preview", {**WORDS}).content != plain
    draw(ben, base)
    before = ben.get(f"{base}/review").content.decode()
    seen = before.partition('name="seen" value="')[2].partition('"')[0]
    ben.post(f"{base}/signature", {**WORDS, "then": "unsign"})
    late = ben.post(f"{base}/seal", {"writer_name": "Ben Okafor", "sure": "on", "seen": seen})
    assert late.status_code == 409  # what was looked at had a signature
    draw(ben, base)
    assert (
        ben.post(f"{base}/seal", {"writer_name": "Ben Okafor", "sure": "on", "seen": seen}).status_code == 302
    )
    assert Seal.objects.count() == 1


def test_picture_without_scripts_goes_with_the_words(ben: Client, base: str) -> None:
    answer = ben.post(f"{base}/write", {**WORDS, "then": "picture", "signature_picture": picture()})
    assert answer["Location"] == f"{base}/write#signature"
    assert signed().startswith(b"\x89PNG")
    assert read_draft(Draft.objects.get()).text == WORDS["text"]
    page = ben.get(f"{base}/write").content.decode()
    assert "data:image/png" in page
    assert "Take the signature off" in page


def test_picture_chosen_on_the_way_to_the_review_is_not_forgotten(ben: Client, base: str) -> None:
    ben.post(f"{base}/write", {**WORDS, "signature_picture": picture()})
    assert signed()


@pytest.mark.parametrize("then", ["draw", "picture"])
def test_what_is_no_signature_is_refused_and_costs_no_words(ben: Client, base: str, then: str) -> None:
    sent = {**WORDS, "then": then, "strokes": "[]"}
    plain = ben.post(f"{base}/write", sent)
    assert plain.status_code == 422
    assert WORDS["text"] in plain.content.decode()
    script = ben.post(f"{base}/signature", {**sent, "based_on": "1"})
    assert script.status_code == 422
    assert "data-signature" in script.content.decode()
    assert signed() == b""


def test_signature_is_kept_only_on_wish_and_a_link_alone_never_uses_it(ben: Client, base: str) -> None:
    draw(ben, base)
    assert not Correspondent.objects.get(mailbox="ben@writers.example").signature_file
    draw(ben, base, remember_signature="on")
    assert Correspondent.objects.get(mailbox="ben@writers.example").signature_file
    ben.post(f"{base}/signature", {**WORDS, "then": "unsign"})
    assert "Use the signature kept for you" in ben.get(f"{base}/write").content.decode()
    assert ben.post(f"{base}/signature", {**WORDS, "then": "kept"}).status_code == 403
    asked = ben.post(f"{base}/write", {**WORDS, "then": "kept"})
    assert asked.status_code == 409
    assert "code" in asked.content.decode()
    assert signed() == b""
    take_code(ben, base)
    assert ben.post(f"{base}/signature", {**WORDS, "then": "kept"}).status_code == 200
    assert is_drawn(signed())
    gone = ben.post(f"{base}/signature", {**WORDS, "then": "forget"})
    assert "Forget it" not in gone.content.decode()
    assert not Correspondent.objects.get(mailbox="ben@writers.example").signature_file
    assert is_drawn(signed())  # the letter in hand keeps its own


def take_code(client: Client, base: str) -> None:
    client.post(f"{base}/code", {"use": "words"})
    row = outbox.claim("test", now=timezone.now())[-1]
    parcel = outbox.read(row)
    assert parcel.kind == "writer_code"
    code = next(str(fact) for fact in parcel.facts.values() if str(fact).replace(" ", "").isdigit())
    assert client.post(f"{base}/proof", {"use": "words", "code": code}).status_code == 302


def test_nobody_else_signs_or_sees_a_signature(ben: Client, base: str, cast: Cast, purpose: Purpose) -> None:
    draw(ben, base, remember_signature="on")
    handed = Client()
    handed.post(
        f"/r/{hand_over_link(by=cast.ada, request=purpose.request, now=timezone.now())}", {"act": "open"}
    )
    eve, ada = Client(), Client()
    eve.force_login(cast.eve)
    ada.force_login(cast.ada)
    before = signed()
    for visitor in (handed, Client(), eve, ada):
        answer = visitor.post(f"{base}/signature", {**WORDS, "then": "unsign"})
        assert answer.status_code in (404, 409)
        assert b"data:image" not in answer.content
    assert signed() == before


def test_next_letter_to_a_place_begins_with_its_letterhead_and_addressee(
    ben: Client, base: str, cast: Cast
) -> None:
    told = {
        "letterhead": "Kestrel House\n1 Mill Lane",
        "addressee": "The Admissions Office\nHarbour & Vale Trust",
    }
    ben.post(f"{base}/write", {**WORDS, **told})
    assert ben.post(f"{base}/seal", {"writer_name": "Ben Okafor", "sure": "on"}).status_code == 302
    again = asked_by_eve(cast)
    link = Link.objects.filter(request=again.request, kind="mailed").latest("n")
    ben.post(f"/r/{token_of(link)}", {"act": "yes"})
    page = ben.get(f"/requests/{again.request.key}/write").content.decode()
    assert "Kestrel House" in page
    assert "The Admissions Office" in page


def asked_by_eve(cast: Cast) -> Purpose:
    """The same writer, asked by somebody else for the same institution."""
    today = timezone.localdate()
    purpose = open_request(
        by=cast.eve, contact=cast.ben_to_eve, opportunity=make_opportunity(cast.eve, deadline_on=today + timedelta(days=40)),
        shown_on=None, confidentiality="open", subject="", note="Would you write?", points=[], today=today, now=timezone.now(),
    )  # fmt: skip
    send_ask(by=cast.eve, purpose=purpose, now=timezone.now(), undo=timedelta(0))
    return purpose
