"""Ben answers, writes or uploads, reviews and seals, by the link from the mail, with no account."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_opportunity

from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.hand_over_link import hand_over_link
from vouchsafe.asks.actions.make_link import make_link, token_of
from vouchsafe.asks.models import Answer, Link, Opening, Purpose
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.letters.models import Draft, Letter, Seal, Upload, Withdrawal
from vouchsafe.plans.models import Opportunity

CANARY = "kestrel-lantern-marigold"


@pytest.fixture
def purpose(cast: Cast) -> Purpose:
    today = timezone.localdate()
    opportunity = make_opportunity(cast.ada, deadline_on=today + timedelta(days=40))
    return make_purpose_today(cast, opportunity)


def make_purpose_today(cast: Cast, opportunity: Opportunity, confidentiality: str = "waived") -> Purpose:
    from vouchsafe.asks.actions.open_request import open_request

    today = timezone.localdate()
    return open_request(
        by=cast.ada, contact=cast.ben, opportunity=opportunity, shown_on=today + timedelta(days=20),
        confidentiality=confidentiality, subject="", note="Dear Ben,\n\nwould you?", points=["The returns report"],
        today=today, now=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def mailed(purpose: Purpose) -> str:
    link = make_link(
        request=purpose.request, kind=Link.Kind.MAILED, mailbox="ben@writers.example", now=timezone.now()
    )
    return token_of(link)


@pytest.fixture
def handed(purpose: Purpose, cast: Cast) -> str:
    return hand_over_link(by=cast.ada, request=purpose.request, now=timezone.now())


def pdf(text: str = CANARY) -> SimpleUploadedFile:
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    page = made.pages[0]
    font = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = made.make_stream(f"BT /F1 12 Tf 72 700 Td (For Ada Marsh: {text}) Tj ET".encode())
    out = BytesIO()
    made.save(out)
    return SimpleUploadedFile("letter.pdf", out.getvalue(), "application/pdf")


def say_yes(client: Client, token: str) -> str:
    response = client.post(f"/r/{token}", {"act": "yes"})
    assert response.status_code == 302
    return str(response["Location"])


def test_opening_the_link_changes_nothing(client: Client, mailed: str) -> None:
    before = (Opening.objects.count(), Answer.objects.count(), Line.objects.count())
    for method in (client.get, client.head, client.options):
        method(f"/r/{mailed}")
    assert (Opening.objects.count(), Answer.objects.count(), Line.objects.count()) == before
    assert not client.cookies.get("vouchsafe-writer")


def test_landing_shows_who_asks_for_what_and_by_when(client: Client, mailed: str) -> None:
    page = client.get(f"/r/{mailed}").content.decode()
    assert "Ada Marsh asks you for a letter of recommendation" in page
    assert "Programme analyst" in page
    assert "The returns report" in page
    assert "given up the right to read it" in page


def test_yes_in_one_click_leads_to_an_address_without_token(
    client: Client, mailed: str, purpose: Purpose
) -> None:
    place = say_yes(client, mailed)
    assert mailed not in place
    assert client.get(place).status_code == 200
    assert stage(purpose.request) == "agreed"


def test_yes_is_told_on_a_phone_too_and_a_text_of_ones_own_stays_in_reach(
    client: Client, mailed: str
) -> None:
    """There the dock shows its title and its buttons alone: what else stood in it would be out of reach."""
    page = client.get(say_yes(client, mailed)).content.decode()
    dock = page.partition("data-said")[2].partition("</section>")[0]
    assert "You said yes. Thank you." in dock
    assert "/sources" not in dock
    assert "/sources" in page


def test_older_link_still_opens_after_a_newer_one(client: Client, mailed: str, purpose: Purpose) -> None:
    make_link(
        request=purpose.request, kind=Link.Kind.MAILED, mailbox="ben@writers.example", now=timezone.now()
    )
    assert client.get(f"/r/{mailed}").status_code == 200


def test_letter_typed_reviewed_and_sealed(client: Client, mailed: str, purpose: Purpose) -> None:
    base = say_yes(client, mailed)
    assert client.get(f"{base}write").status_code == 200
    words = {
        "text": f"I managed Ada for two years. {CANARY}",
        "name": "Ben Okafor",
        "typed": "Ben",
        "based_on": "0",
    }
    assert client.post(f"{base}write", words)["Location"].endswith("/review")
    assert CANARY.encode() not in bytes(Draft.objects.get().sealed_body)
    review = client.get(f"{base}review").content.decode()
    assert "Seal the letter" in review
    assert "data:image/svg+xml" in review
    sealed = client.post(f"{base}seal", {"writer_name": "Ben Okafor", "sure": "on"}, follow=True)
    seal = Seal.objects.get()
    assert seal.number in sealed.content.decode()
    assert stage(purpose.request) == "sealed"
    assert Letter.objects.get().confidentiality == "waived"


def test_seal_pressed_twice_is_one_seal(client: Client, mailed: str) -> None:
    base = say_yes(client, mailed)
    client.post(f"{base}write", {"text": "A true thing.", "name": "Ben", "based_on": "0"})
    for _ in range(2):
        client.post(f"{base}seal", {"writer_name": "Ben Okafor", "sure": "on"})
    assert Seal.objects.count() == 1


def test_file_given_on_the_landing_is_a_yes_and_shows_its_pages(
    client: Client, mailed: str, purpose: Purpose
) -> None:
    response = client.post(f"/r/{mailed}", {"act": "file", "file": pdf()})
    assert response["Location"].endswith("/review")
    assert stage(purpose.request) == "writing"
    page = client.get(response["Location"])
    assert "It names Ada Marsh" in page.content.decode()
    picture = client.get(f"/requests/{purpose.request.key}/pages/1")
    assert picture["Content-Type"] == "image/jpeg"
    assert picture.content[:2] == b"\xff\xd8"


def test_file_that_is_no_letter_is_refused_with_a_reason_and_loses_nothing(
    client: Client, mailed: str
) -> None:
    given = SimpleUploadedFile("letter.pdf", b"MZ\x90not a pdf", "application/pdf")
    response = client.post(f"/r/{mailed}", {"act": "file", "file": given})
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert not Upload.objects.exists()


def test_second_window_never_overwrites_the_first(client: Client, mailed: str) -> None:
    base = say_yes(client, mailed)
    client.post(f"{base}draft", {"text": "first", "based_on": "0"})
    assert client.post(f"{base}draft", {"text": "second", "based_on": "1"}).json() == {"revision": 2}
    late = client.post(f"{base}draft", {"text": "from the other window", "based_on": "1"})
    assert late.status_code == 409
    page = client.post(f"{base}write", {"text": "from the other window", "based_on": "1"})
    assert page.status_code == 409
    assert "from the other window" in page.content.decode()
    assert "second" in page.content.decode()


def test_handed_over_link_declines_but_does_nothing_else(
    client: Client, handed: str, purpose: Purpose
) -> None:
    key = purpose.request.key
    assert client.get(f"/r/{handed}").status_code == 200
    assert client.post(f"/r/{handed}", {"act": "yes"}).status_code == 409
    client.post(f"/r/{handed}", {"act": "open"})
    refused = [
        client.post(f"/requests/{key}/answer", {"act": "yes"}),
        client.get(f"/requests/{key}/write"),
        client.post(f"/requests/{key}/write", {"text": "mine", "based_on": "0"}),
        client.post(f"/requests/{key}/draft", {"text": "mine", "based_on": "0"}),
        client.post(f"/requests/{key}/preview", {"text": "mine"}),
        client.post(f"/requests/{key}/file", {"file": pdf()}),
        client.get(f"/requests/{key}/review"),
        client.get(f"/requests/{key}/pages/1"),
        client.post(f"/requests/{key}/seal", {"writer_name": "Ben", "sure": "on"}),
        client.get(f"/requests/{key}/sealed"),
        client.get(f"/requests/{key}/copy"),
        client.post(f"/requests/{key}/reopening"),
        client.post(f"/requests/{key}/release"),
        client.post(f"/requests/{key}/withdrawal"),
    ]
    assert {response.status_code for response in refused} <= {404, 409}
    assert not Letter.objects.exists()
    assert not Answer.objects.exists()
    assert client.post(f"/requests/{key}/answer", {"act": "no"}).status_code == 302
    assert stage(purpose.request) == "declined"


@pytest.mark.parametrize("path", ["write", "review", "sealed", "copy"])
def test_page_that_needs_proof_offers_the_way_to_it(
    client: Client, handed: str, purpose: Purpose, path: str
) -> None:
    client.post(f"/r/{handed}", {"act": "open"})
    answer = client.get(f"/requests/{purpose.request.key}/{path}")
    assert answer.status_code == 409
    assert "Mail me a code" in answer.content.decode()


def test_mailed_code_turns_a_handed_over_link_into_the_writers(
    client: Client, handed: str, purpose: Purpose
) -> None:
    key = purpose.request.key
    client.post(f"/r/{handed}", {"act": "open"})
    assert client.post(f"/requests/{key}/code", {"use": "prove"}).status_code == 200
    mail = outbox.read(Outgoing.objects.get(kind="writer_code"))
    assert mail.to_address == "ben@writers.example"
    wrong = client.post(f"/requests/{key}/proof", {"use": "prove", "code": "00000000"})
    assert wrong.status_code == 422
    right = client.post(f"/requests/{key}/proof", {"use": "prove", "code": mail.facts["code"]})
    assert right.status_code == 302
    assert client.post(f"/requests/{key}/answer", {"act": "yes"}).status_code == 302
    assert Answer.objects.get().proven_by == "mailed_code"


def test_code_cannot_be_guessed_by_trying(client: Client, handed: str, purpose: Purpose) -> None:
    key = purpose.request.key
    client.post(f"/r/{handed}", {"act": "open"})
    client.post(f"/requests/{key}/code", {"use": "prove"})
    code = outbox.read(Outgoing.objects.get(kind="writer_code")).facts["code"]
    for _ in range(5):
        client.post(f"/requests/{key}/proof", {"use": "prove", "code": "11111111"})
    assert client.post(f"/requests/{key}/proof", {"use": "prove", "code": code}).status_code == 422


def test_forwarded_link_shows_no_sealed_text_without_a_fresh_code(
    client: Client, mailed: str, purpose: Purpose
) -> None:
    base = say_yes(client, mailed)
    client.post(f"{base}write", {"text": f"Words. {CANARY}", "name": "Ben", "based_on": "0"})
    client.post(f"{base}seal", {"writer_name": "Ben Okafor", "sure": "on"})
    stranger = Client()
    stranger.post(f"/r/{mailed}", {"act": "open"})
    for path in ("", "write", "review", "sealed", "copy", "pages/1"):
        body = stranger.get(f"{base}{path}", follow=True).content
        assert CANARY.encode() not in body
        assert not body.startswith(b"%PDF")
    stranger.post(f"{base}code", {"use": "read"})
    code = outbox.read(Outgoing.objects.filter(kind="writer_code").latest("id")).facts["code"]
    opened = stranger.post(f"{base}proof", {"use": "read", "code": code}, follow=True)
    assert opened.content.startswith(b"%PDF")


def test_forwarded_link_cannot_open_the_letter_again_or_withdraw_it(
    client: Client, mailed: str, purpose: Purpose
) -> None:
    """Opened again, the words would stand on the review page for whoever holds a link, its applicant too."""
    base = say_yes(client, mailed)
    client.post(f"{base}write", {"text": f"Words. {CANARY}", "name": "Ben", "based_on": "0"})
    client.post(f"{base}seal", {"writer_name": "Ben Okafor", "sure": "on"})
    stranger = Client()
    stranger.post(f"/r/{mailed}", {"act": "open"})
    assert stranger.post(f"{base}reopening").status_code == 409
    assert stranger.post(f"{base}withdrawal").status_code == 409
    for path in ("write", "review"):
        assert CANARY.encode() not in stranger.get(f"{base}{path}", follow=True).content
    assert stage(purpose.request) == "sealed"
    assert not Withdrawal.objects.exists()
    stranger.post(f"{base}code", {"use": "reopen"})
    code = outbox.read(Outgoing.objects.filter(kind="writer_code").latest("id")).facts["code"]
    assert stranger.post(f"{base}proof", {"use": "reopen", "code": code})["Location"].endswith("/sealed")
    assert stranger.post(f"{base}reopening").status_code == 302


def test_seal_is_refused_once_a_purpose_came_after_the_review(
    cast: Cast, client: Client, mailed: str
) -> None:
    base = say_yes(client, mailed)
    client.post(f"{base}write", {"text": "A true thing.", "name": "Ben", "based_on": "0"})
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(f"{base}review").content.decode())
    assert seen is not None
    make_purpose_today(cast, make_opportunity(cast.ada, "Evening course", deadline_on=None), "open")
    press = {"writer_name": "Ben Okafor", "sure": "on", "seen": seen[1]}
    again = client.post(f"{base}seal", press)
    assert again.status_code == 409
    assert "Evening course" in again.content.decode()
    assert not Seal.objects.exists()
    fresh = re.search(r'name="seen" value="([^"]+)"', again.content.decode())
    assert fresh is not None
    assert client.post(f"{base}seal", {**press, "seen": fresh[1]}).status_code == 302


def test_ada_signed_in_cannot_act_as_her_own_writer(cast: Cast, mailed: str) -> None:
    ada = Client()
    ada.force_login(cast.ada)
    response = ada.post(f"/r/{mailed}", {"act": "yes"})
    assert response.status_code == 409
    assert not Answer.objects.exists()


def test_seal_opened_again_within_the_hour_lets_the_writer_go_on(
    client: Client, mailed: str, purpose: Purpose
) -> None:
    base = say_yes(client, mailed)
    client.post(f"{base}write", {"text": "A true thing.", "name": "Ben", "based_on": "0"})
    client.post(f"{base}seal", {"writer_name": "Ben Okafor", "sure": "on"})
    first = Seal.objects.get().number
    assert client.post(f"{base}reopening").status_code == 302
    assert stage(purpose.request) == "writing"
    client.post(f"{base}seal", {"writer_name": "Ben Okafor", "sure": "on"})
    assert Seal.objects.exclude(number=first).count() == 1


def test_stop_link_works_with_one_click_and_only_by_post(
    client: Client, mailed: str, purpose: Purpose
) -> None:
    client.get(f"/stop/{mailed}")
    purpose.request.refresh_from_db()
    assert purpose.request.correspondent is None
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/stop/{mailed}", {"List-Unsubscribe": "One-Click"}).status_code == 200
    purpose.request.refresh_from_db()
    assert purpose.request.correspondent is not None
    assert purpose.request.correspondent.no_mail_at is not None


def test_eve_finds_nothing_at_a_guessed_token_or_key(cast: Cast, purpose: Purpose) -> None:
    eve = Client()
    eve.force_login(cast.eve)
    assert eve.get("/r/" + "a" * 43).status_code == 404
    for path in ("", "write", "review", "sealed", "copy"):
        assert eve.get(f"/requests/{purpose.request.key}/{path}").status_code == 404


@pytest.mark.parametrize("count", [1, 50])
def test_writers_page_asks_the_database_at_most_six_times(
    cast: Cast, client: Client, django_assert_max_num_queries: object, count: int
) -> None:
    purposes = [
        make_purpose_today(cast, make_opportunity(cast.ada, f"Post {n}", deadline_on=None), "open")
        for n in range(count)
    ]
    link = make_link(
        request=purposes[0].request, kind=Link.Kind.MAILED, mailbox="ben@writers.example", now=timezone.now()
    )
    base = say_yes(client, token_of(link))
    client.get(base)
    with django_assert_max_num_queries(6):  # type: ignore[operator]  # pytest-django's fixture
        page = client.get(base)
    assert len(re.findall("Post ", page.content.decode())) >= count


def test_review_shows_the_kinds_of_words_to_the_writer_with_source_and_limits(
    client: Client, mailed: str
) -> None:
    base = say_yes(client, mailed)
    long = "She led the team and helped everyone; diligent, brilliant and warm. " * 14
    client.post(f"{base}write", {"text": long, "name": "Ben", "based_on": "0"})
    page = client.get(f"{base}review").content.decode()
    assert "The kinds of words in it" in page
    assert "They say nothing about one letter or one person" in page
    assert "Trix and Psenka" in page


def test_review_of_a_short_letter_draws_no_picture_of_its_words(client: Client, mailed: str) -> None:
    base = say_yes(client, mailed)
    client.post(f"{base}write", {"text": "She led the team.", "name": "Ben", "based_on": "0"})
    assert "The kinds of words in it" not in client.get(f"{base}review").content.decode()
