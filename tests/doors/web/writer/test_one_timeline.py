"""One timeline for both sides: the same rows on the applicant's page and on the writer's, and no word that was written."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_opportunity, make_purpose, proven

from vouchsafe.asks.actions.make_link import make_link, token_of
from vouchsafe.asks.actions.pause_request import pause_request
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Link, Purpose
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.actions.save_draft import save_draft
from vouchsafe.letters.actions.seal_letter import seal_letter
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Letter
from vouchsafe.letters.preparing import prepare_seal

CANARY = "orchard-lantern-sleet"


@pytest.fixture
def sealed(cast: Cast) -> Purpose:
    """Mailed, came back, answered, begun and sealed."""
    now = timezone.now()
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada), confidentiality="waived")
    Purpose.objects.filter(pk=purpose.pk).update(shown_on=now.date() + timedelta(days=28))
    mail = send_ask(by=cast.ada, purpose=purpose, now=now, undo=timedelta(0), ask_anyway=True)
    Outgoing.objects.filter(pk=mail.pk).update(state="sent", ended_at=now)
    pause_request(request=purpose.request, mail=mail, by="mail", now=now)
    day = now.date() + timedelta(days=20)
    visit = proven(purpose)
    record_answer(visit=visit, said="yes", words=CANARY, promised_on=day, today=now.date(), now=now)
    body = DraftBody(text=f"Ada Marsh rebuilt our reports. {CANARY}", name="Ben Okafor")
    save_draft(visit=visit, body=body, based_on=0, now=now)
    prepared = prepare_seal(visit=visit, letter=Letter.objects.get(), writer_name="Ben Okafor", now=now)
    seal_letter(visit=visit, prepared=prepared, now=now)
    return purpose


def rows_of(page: str) -> list[str]:
    """The words of the shared rows alone, in order."""
    (listed,) = re.findall(
        r'<ol class="timeline" aria-label="What happened, newest first">.*?</ol>', page, re.S
    )
    return [
        " ".join(html.unescape(re.sub(r"<[^>]+>", " ", one)).split())
        for one in re.findall(r"<li.*?</li>", listed, re.S)
    ]


def test_both_sides_see_the_same_rows_and_no_word_of_the_letter(sealed: Purpose, cast: Cast) -> None:
    ada, ben = Client(), Client()
    ada.force_login(cast.ada)
    link = make_link(
        request=sealed.request, kind=Link.Kind.MAILED, mailbox="ben@writers.example", now=timezone.now()
    )
    ben.post(f"/r/{token_of(link)}", {"act": "open"})
    hers = rows_of(ada.get(f"/asks/{sealed.request.key}/").content.decode())
    page = ben.get(f"/requests/{sealed.request.key}/story").content.decode()
    assert hers == rows_of(page)
    assert CANARY not in page
    said = " ".join(hers)
    for word in (
        "was mailed",
        "came back",
        "opened the request",
        "said yes",
        "promised it by",
        "began",
        "sealed",
    ):
        assert word in said, word
    # All of it happened within one second: what follows from another still stands above it.
    steps = [
        next(n for n, row in enumerate(hers) if word in row)
        for word in ("sealed", "began", "said yes", "opened")
    ]
    assert steps == sorted(steps)
    assert "UTC" in hers[0]


@pytest.mark.parametrize("way", ["nobody", "eve", "ada", "slip"])
def test_nobody_else_sees_it(sealed: Purpose, cast: Cast, way: str) -> None:
    browser = Client()
    if way in ("eve", "ada"):
        browser.force_login(getattr(cast, way))
    if way == "slip":
        slip = make_link(request=sealed.request, kind=Link.Kind.HANDED, now=timezone.now())
        browser.post(f"/r/{token_of(slip)}", {"act": "open"})
    answer = browser.get(f"/requests/{sealed.request.key}/story")
    assert answer.status_code in (404, 409)
    assert "said yes" not in answer.content.decode()
