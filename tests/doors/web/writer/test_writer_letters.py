"""Ben after his first letter: newer ones in its place, versions for places, texts he keeps; and who never sees them."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import CANARY, make_sealed

from vouchsafe.asks.access import Visit
from vouchsafe.asks.actions.hand_over_link import hand_over_link
from vouchsafe.asks.actions.make_link import make_link, token_of
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.models import Link, Request
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.actions.ask_renewal import ask_renewal
from vouchsafe.letters.actions.begin_successor import begin_successor
from vouchsafe.letters.actions.begin_version import begin_version
from vouchsafe.letters.actions.keep_template import keep_template
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Borrowing, Draft, Letter, Seal, Succession, Template, Version, Withdrawal
from vouchsafe.people.models import CalendarFeed
from vouchsafe.plans.models import Opportunity

TABLES = (Letter, Draft, Seal, Succession, Version, Template, Borrowing, Withdrawal)


@pytest.fixture
def opportunity(cast: Cast) -> Opportunity:
    return factories.make_opportunity(cast.ada, deadline_on=None)


@pytest.fixture
def sealed(cast: Cast, opportunity: Opportunity) -> Seal:
    return make_sealed(cast.ben, opportunity, confidentiality="waived")


def request_of(seal: Seal) -> Request:
    assert seal.letter.request is not None
    return seal.letter.request


def base_of(seal: Seal) -> str:
    return f"/requests/{request_of(seal).key}"


def come_by_link(request: Request) -> Client:
    """A browser that pressed something behind a mailed link, perhaps a forwarded one."""
    link = make_link(
        request=request, kind=Link.Kind.MAILED, mailbox="ben@writers.example", now=timezone.now()
    )
    client = Client()
    client.post(f"/r/{token_of(link)}", {"act": "open"})
    return client


def take_code(client: Client, base: str, then: str = "") -> str:
    client.post(f"{base}/code", {"use": "words", "then": then})
    code = outbox.read(Outgoing.objects.filter(kind="writer_code").latest("id")).facts["code"]
    answer = client.post(f"{base}/proof", {"use": "words", "code": code, "then": then})
    assert answer.status_code == 302, answer.content[:200]
    return str(answer["Location"])


def at_work(request: Request) -> Client:
    client = come_by_link(request)
    take_code(client, f"/requests/{request.key}")
    return client


def text_of(client: Client, path: str) -> str:
    return unescape(client.get(path, follow=True).content.decode())


def test_code_leads_back_to_the_page_it_was_asked_for_and_nowhere_else(sealed: Seal) -> None:
    client, base = come_by_link(request_of(sealed)), base_of(sealed)
    place = f"{base}/letters/{sealed.letter.key}/copy"
    assert place in text_of(client, place)
    assert take_code(client, base, place) == place
    assert client.get(place).content.startswith(b"%PDF")
    of_another = (
        f"{base}/words/{sealed.letter.key[::-1]}"  # not a letter of this request: said only after the code
    )
    assert of_another in text_of(come_by_link(request_of(sealed)), of_another)
    for elsewhere in ("https://evil.example/", "//evil.example", "/requests/other/sealed"):
        assert take_code(client, base, elsewhere) == f"{base}/letters"


def test_newer_letter_is_begun_reviewed_and_sealed_in_the_old_ones_place(sealed: Seal) -> None:
    client, base = at_work(request_of(sealed)), base_of(sealed)
    assert "Start the newer letter" in text_of(client, f"{base}/sealed")
    begun = client.post(f"{base}/letters/{sealed.letter.key}/successor", {"openly": "on"})
    letter = Letter.objects.latest("id")
    here = f"{base}/letters/{letter.key}"
    assert begun["Location"] == f"{here}/write"
    assert CANARY in text_of(client, f"{here}/write")
    saved = client.post(f"{here}/write", {"text": "A year later, better.", "name": "Ben", "based_on": "1"})
    assert saved["Location"] == f"{here}/review"
    assert "Seal the letter" in text_of(client, f"{here}/review")
    assert (
        client.post(f"{here}/seal", {"writer_name": "Ben Okafor", "sure": "on"})["Location"]
        == f"{here}/sealed"
    )
    assert client.post(f"{here}/release")["Location"] == f"{here}/sealed"
    new = Seal.objects.latest("id")
    assert new.letter == letter
    letter.refresh_from_db()
    assert letter.is_open
    listed = text_of(client, f"{base}/letters")
    assert f"{new.number} has taken its place" in listed
    assert new.number in text_of(Client(), f"/verify/{sealed.number}")
    assert client.get(f"{base}/letters/{sealed.letter.key}/copy").content.startswith(b"%PDF")


def test_request_page_offers_the_letter_that_is_to_be_renewed(cast: Cast, sealed: Seal) -> None:
    base = base_of(sealed)
    asked = factories.make_opportunity(cast.ada, "MSc next year", deadline_on=None)
    ask_renewal(
        by=cast.ada, letter_key=sealed.letter.key, opportunity=asked, shown_on=None, note="Dear Ben, again?",
        today=timezone.localdate(), now=timezone.now(),
    )  # fmt: skip
    client = come_by_link(request_of(sealed))
    assert f"This is about letter {sealed.number}" in text_of(client, f"{base}/")
    client.post(f"{base}/answer", {"act": "yes"})
    assert f"Start from letter {sealed.number}" in text_of(client, f"{base}/")
    assert client.post(f"{base}/letters/{sealed.letter.key}/successor").status_code == 409, "a code first"
    take_code(client, base)
    assert client.post(f"{base}/letters/{sealed.letter.key}/successor")["Location"] == f"{base}/write"
    assert CANARY in text_of(client, f"{base}/write")


def test_version_for_a_place_is_made_compared_and_sealed(cast: Cast, sealed: Seal) -> None:
    client, base = at_work(request_of(sealed)), base_of(sealed)
    purpose = request_of(sealed).purposes.get()
    places = f"{base}/letters/{sealed.letter.key}/versions"
    assert f"{purpose.opportunity}" in text_of(client, places)
    begun = client.post(places, {"place": f"{purpose.key}:"})
    letter = Letter.objects.latest("id")
    here = f"{base}/letters/{letter.key}"
    assert begun["Location"] == f"{here}/write"
    assert "Both say the same" in text_of(client, f"{here}/differences")
    text = f"I managed Ada for three years. {CANARY}\n\nShe fits your lab."
    client.post(f"{here}/write", {"text": text, "name": "Ben", "based_on": "1"})
    differing = text_of(client, f"{here}/differences")
    assert "<del>two</del>" in differing
    assert "<ins>three</ins>" in differing
    assert "New paragraph" in differing
    assert "left out:" in differing
    client.post(f"{here}/seal", {"writer_name": "Ben Okafor", "sure": "on"})
    assert Seal.objects.latest("id").letter == letter
    assert client.post(f"{here}/removal").status_code in {404, 409}
    assert "The version has number" in text_of(client, places)
    assert "is sealed" in text_of(client, f"{base}/sealed")


def test_begun_version_is_given_up_and_taken_up_again(sealed: Seal) -> None:
    client, base = at_work(request_of(sealed)), base_of(sealed)
    client.post(f"{base}/letters/{sealed.letter.key}/successor")
    letter = Letter.objects.latest("id")
    assert client.post(f"{base}/letters/{letter.key}/removal", follow=True).status_code == 200
    assert client.get(f"{base}/letters/{letter.key}/write").status_code == 404
    client.post(f"{base}/letters/{letter.key}/restoral")
    assert client.get(f"{base}/letters/{letter.key}/write").status_code == 200


def test_letter_for_somebody_else_is_begun_from_and_their_name_is_caught_at_the_review(
    cast: Cast, opportunity: Opportunity
) -> None:
    for_eve = make_sealed(
        cast.ben_to_eve,
        factories.make_opportunity(cast.eve, deadline_on=None),
        text="I have known Ms Tarn since 2021.\n\nThe audit that Eve Tarn led found two errors.",
    )
    purpose = open_request(
        by=cast.ada, contact=cast.ben, opportunity=opportunity, shown_on=None, confidentiality="open", subject="",
        note="", today=timezone.localdate(), now=timezone.now(),
    )  # fmt: skip
    client, base = come_by_link(purpose.request), f"/requests/{purpose.request.key}"
    client.post(f"{base}/answer", {"act": "yes"})
    before = text_of(client, f"{base}/sources")
    assert "Eve Tarn" not in before
    assert "code" in before
    take_code(client, base)
    assert "For Eve Tarn" in text_of(client, f"{base}/sources")
    assert "two errors" in text_of(client, f"{base}/words/{for_eve.letter.key}")
    begun = client.post(f"{base}/sources", {"source": f"letter:{for_eve.letter.key}"})
    assert begun["Location"] == f"{base}/write"
    review = text_of(client, f"{base}/review")
    assert "This place speaks of Eve Tarn, and the letter is for Ada Marsh." in review
    asked = client.post(f"{base}/seal", {"writer_name": "Ben Okafor"})
    assert asked.status_code == 422
    assert "There is a problem" in asked.text
    assert 'href="#id_sure"' in asked.text
    again = client.post(f"{base}/sources", {"source": f"letter:{for_eve.letter.key}"})
    assert again.status_code == 409
    assert "There are words in this letter already" in unescape(again.content.decode())


def test_texts_are_kept_edited_removed_and_brought_back(sealed: Seal) -> None:
    client, base = at_work(request_of(sealed)), base_of(sealed)
    assert CANARY in text_of(client, f"{base}/texts?source=letter:{sealed.letter.key}")
    kept = client.post(f"{base}/texts", {"name": "Seminar", "text": f"In my seminar. {CANARY}"}, follow=True)
    assert "Seminar" in kept.content.decode()
    key = Template.objects.get().key
    assert CANARY in text_of(client, f"{base}/texts/{key}")
    client.post(f"{base}/texts/{key}", {"name": "My seminar", "text": "Anew."})
    assert "My seminar" in text_of(client, f"{base}/texts")
    assert client.post(f"{base}/texts", {"name": "", "text": ""}).status_code == 422
    client.post(f"{base}/texts/{key}/removal")
    assert client.get(f"{base}/texts/{key}").status_code == 404
    client.post(f"{base}/texts/{key}/restoral")
    assert client.get(f"{base}/texts/{key}").status_code == 200


def acts(seal: Seal, begun: Letter, version: Letter, text: str) -> list[tuple[str, str, dict[str, str]]]:
    """Every page and act of this slice."""
    base, old = base_of(seal), seal.letter.key
    purpose = request_of(seal).purposes.get().key
    found: list[tuple[str, str, dict[str, str]]] = [
        ("get", f"{base}/{page}", {})
        for page in ("sources", "texts", f"texts/{text}", f"words/{old}", "letters")
    ]
    for key in (old, begun.key, version.key):
        here = f"{base}/letters/{key}"
        pages = ("write", "review", "sealed", "copy", "versions", "differences", "pages/1")
        found += [("get", f"{here}/{page}", {}) for page in pages]
        found += [
            ("post", f"{here}/{act}", {})
            for act in ("successor", "reopening", "withdrawal", "removal", "restoral")
        ]
        found += [
            ("post", f"{here}/write", {"text": "Forged.", "name": "B", "based_on": "1"}),
            ("post", f"{here}/draft", {"text": "Forged.", "name": "B", "based_on": "1"}),
            ("post", f"{here}/seal", {"writer_name": "Ben Okafor", "sure": "on"}),
            ("post", f"{here}/versions", {"place": f"{purpose}:"}),
        ]
    found += [
        ("post", f"{base}/sources", {"source": f"letter:{old}"}),
        ("post", f"{base}/sources", {"source": f"template:{text}"}),
        ("post", f"{base}/texts", {"name": "Forged", "text": "Forged."}),
        ("post", f"{base}/texts", {"name": "Forged", "text": "Forged.", "source": f"letter:{old}"}),
        ("post", f"{base}/texts/{text}", {"name": "Forged", "text": "Forged."}),
        ("post", f"{base}/texts/{text}/removal", {}),
        ("post", f"{base}/texts/{text}/restoral", {}),
    ]
    return found


def counted() -> list[object]:
    return [list(model._default_manager.order_by("pk").values_list()) for model in TABLES]


def test_nobody_but_the_writer_with_a_code_sees_or_does_anything_here(cast: Cast, sealed: Seal) -> None:
    """A handed-over link, the applicant herself, a stranger, a forwarded link, and a code that is a day old."""
    request, now = request_of(sealed), timezone.now()
    visit = Visit(
        request, "ben@writers.example", "mailed_code", has_code=True, took_code=True, works_here=True
    )
    begun = begin_successor(
        visit=visit, letter_key=sealed.letter.key, openly=False, first=DraftBody(), now=now
    )
    version = begin_version(
        visit=visit, letter_key=sealed.letter.key, purpose_key=request.purposes.get().key, first=DraftBody(), now=now
    )  # fmt: skip
    text = keep_template(
        visit=visit, name="Lantern template", body=DraftBody(text=f"Kept. {CANARY}"), now=now
    ).key
    visitors = {
        "slip": Client(), "ada": Client(), "eve": Client(), "nobody": Client(), "forwarded": come_by_link(request),
        "yesterday": old_code(request),
    }  # fmt: skip
    token = hand_over_link(by=cast.ada, request=request, now=now)
    for who in ("slip", "ada"):
        visitors[who].post(f"/r/{token}", {"act": "open"})
    visitors["ada"].force_login(cast.ada)
    visitors["eve"].force_login(cast.eve)
    tried = acts(sealed, begun, version, text)
    before = counted()
    for who, client in visitors.items():
        for method, path, data in tried:
            answer = getattr(client, method)(path, data)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert CANARY.encode() not in body, (who, method, path)
            assert not body.startswith(b"%PDF"), (who, path)
            assert "Lantern template" not in body.decode(errors="replace"), (who, path)
        assert counted() == before, who
    assert CANARY in text_of(at_work(request), f"/requests/{request.key}/letters/{begun.key}/write"), (
        "there was something to see"
    )


def old_code(request: Request) -> Client:
    """A browser in which a code was taken yesterday."""
    from django.core import signing

    from vouchsafe.doors.web.writer.proof import COOKIE, SALT

    client = come_by_link(request)
    then = (timezone.now() - timedelta(hours=13)).timestamp()
    kept = {request.key: ["ben@writers.example", "mailed_code", then, then]}
    client.cookies[COOKIE] = signing.dumps(kept, salt=SALT, compress=True)
    return client


def test_letter_sealed_a_moment_ago_opens_no_older_one(cast: Cast, sealed: Seal) -> None:
    """A forwarded link that seals a file of its own is not asked for a code at that letter; at others it is."""
    request, base = request_of(sealed), base_of(sealed)
    asked = factories.make_opportunity(cast.ada, "MSc next year", deadline_on=None)
    open_request(
        by=cast.ada, contact=cast.ben, opportunity=asked, shown_on=None, confidentiality="open", subject="", note="",
        today=timezone.localdate(), now=timezone.now(),
    )  # fmt: skip
    client = come_by_link(request)
    client.post(f"{base}/answer", {"act": "yes"})
    client.post(f"{base}/write", {"text": "My own dummy.", "name": "B", "based_on": "0"})
    client.post(f"{base}/seal", {"writer_name": "B", "sure": "on"})
    assert Seal.objects.count() == 2
    old = f"{base}/letters/{sealed.letter.key}"
    assert not client.get(f"{old}/copy").content.startswith(b"%PDF")
    for act in ("withdrawal", "reopening", "successor"):
        assert client.post(f"{old}/{act}").status_code == 409
    assert not Withdrawal.objects.exists()
    assert CANARY not in text_of(client, f"{base}/sources")


def forwarded_with_a_dummy(cast: Cast, sealed: Seal) -> Client:
    """Whoever holds a forwarded link in a new round, with a letter of their own making in hand."""
    asked = factories.make_opportunity(cast.ada, "MSc next year", deadline_on=None)
    open_request(
        by=cast.ada, contact=cast.ben, opportunity=asked, shown_on=None, confidentiality="open", subject="", note="",
        today=timezone.localdate(), now=timezone.now(),
    )  # fmt: skip
    client, base = come_by_link(request_of(sealed)), base_of(sealed)
    client.post(f"{base}/answer", {"act": "yes"})
    client.post(f"{base}/write", {"text": "My own dummy.", "name": "B", "based_on": "0"})
    return client


def opens_nothing_old(client: Client, sealed: Seal) -> None:
    base = base_of(sealed)
    for path in (f"{base}/copy", f"{base}/letters/{sealed.letter.key}/copy"):
        assert not client.get(path).content.startswith(b"%PDF"), path
    for act in ("withdrawal", "reopening"):
        client.post(f"{base}/{act}")
    assert not Withdrawal.objects.filter(seal=sealed).exists()
    assert "webcal" not in text_of(client, f"{base}/calendar")
    client.post(f"{base}/calendar/address")
    assert not CalendarFeed.objects.exists()


def test_own_letter_opened_again_leaves_no_way_to_the_older_one(cast: Cast, sealed: Seal) -> None:
    """Sealing a dummy spares a code at the dummy; once that is opened again, the request's own page is the old one's."""
    client, base = forwarded_with_a_dummy(cast, sealed), base_of(sealed)
    client.post(f"{base}/seal", {"writer_name": "B", "sure": "on"})
    assert client.get(f"{base}/copy").content.startswith(b"%PDF"), "their own, a moment ago"
    assert client.post(f"{base}/reopening").status_code == 302
    opens_nothing_old(client, sealed)
    assert sealed.number not in text_of(client, f"{base}/uses")


def test_version_sealed_a_moment_ago_leaves_no_way_to_the_letter_of_the_request(
    cast: Cast, sealed: Seal
) -> None:
    client, base = forwarded_with_a_dummy(cast, sealed), base_of(sealed)
    dummy = Letter.objects.latest("id")
    purpose = request_of(sealed).purposes.latest("id")
    client.post(f"{base}/letters/{dummy.key}/versions", {"place": f"{purpose.key}:"})
    version = Letter.objects.latest("id")
    client.post(f"{base}/letters/{version.key}/seal", {"writer_name": "B", "sure": "on"})
    assert Seal.objects.latest("id").letter == version
    opens_nothing_old(client, sealed)
