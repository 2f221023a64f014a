"""An assistant helps: sees what is asked, lays words and files before the writer, ticks portals. Nothing more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_contact
from tests.house.world import CANARY, WORDS, ask, browser_of_writer, seal, upload, write

from vouchsafe.asks.models import Answer, Assistant, Link, Offering, Purpose
from vouchsafe.desk.timeline import timeline
from vouchsafe.ledger import custody, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.access import current_upload
from vouchsafe.letters.actions.drop_offering import sweep_offerings
from vouchsafe.letters.models import Letter, Seal
from vouchsafe.packets.models import PortalUpload
from vouchsafe.plans.actions.add_destination import add_destination


@pytest.fixture
def asked(cast: Cast) -> Purpose:
    return ask(cast, cast.ben, "waived")


@pytest.fixture
def ben(asked: Purpose) -> Client:
    return browser_of_writer(asked)


def take_code(client: Client, purpose: Purpose) -> None:
    base = f"/requests/{purpose.request.key}"
    client.post(f"{base}/code", {"use": "assistants"})
    code = outbox.read(Outgoing.objects.filter(kind="writer_code").latest("id")).facts["code"]
    answer = client.post(f"{base}/proof", {"use": "assistants", "code": code})
    assert answer["Location"] == f"{base}/assistants"


def name_hal(client: Client, purpose: Purpose, **facts: str) -> Any:
    said = {"name": "Hal Lange", "address": "hal@helpers.example", **facts}
    return client.post(f"/requests/{purpose.request.key}/assistants", said)


def hal_comes_in() -> tuple[Client, str]:
    """Hal presses the link of the newest mail to him."""
    link = outbox.read(Outgoing.objects.filter(kind="assistant").latest("id")).links["page_url"]
    assert isinstance(link, outbox.TokenLink)
    token = custody.token(link.purpose, link.key, link.n, link.generation)
    client = Client()
    answer = client.post(f"/assist/{token}")
    return client, answer["Location"]


@pytest.fixture
def hal(asked: Purpose, ben: Client) -> tuple[Client, str]:
    take_code(ben, asked)
    assert name_hal(ben, asked).status_code == 302
    client, home = hal_comes_in()
    return client, f"{home}{asked.request.key}/"


def by_forwarded_link(purpose: Purpose) -> Client:
    """A browser that holds the writer's link and took no code: it may be the applicant's."""
    client, link = Client(), Link.objects.filter(request=purpose.request, kind="mailed").latest("n")
    token = custody.token("request", purpose.request.key, link.n, link.generation)
    client.post(f"/r/{token}", {"act": "open"})
    return client


def told(purpose: Purpose) -> list[str]:
    return [f"{row.text}" for row in timeline(purpose.request)]


def test_naming_needs_a_code_for_a_link_may_have_been_forwarded(asked: Purpose, ben: Client) -> None:
    page = ben.get(f"/requests/{asked.request.key}/assistants").content.decode()
    assert 'name="use" value="assistants"' in page
    assert "Send them a link" not in page  # the code comes before anything is typed
    answer = name_hal(ben, asked)
    assert answer.status_code == 409
    assert "To let somebody help you need a code" in answer.content.decode()
    assert 'name="use" value="assistants"' in answer.content.decode()
    assert Assistant.objects.count() == 0


def test_assistant_sees_what_is_asked_and_by_when(hal: tuple[Client, str], asked: Purpose) -> None:
    client, page = hal
    shown = client.get(page).content.decode()
    assert asked.note in shown
    assert asked.opportunity.title in shown
    assert "Lay it before Ben Okafor" in shown
    assert Answer.objects.count() == 1  # the writer's own yes


def test_words_of_an_assistant_become_the_draft_once_the_writer_takes_them(
    hal: tuple[Client, str], ben: Client, asked: Purpose
) -> None:
    client, page = hal
    assert client.post(f"{page}words", {"text": "Ada joined us in 2021."}).status_code == 302
    assert client.post(f"{page}words", {"text": "Ada joined us in 2022."}).status_code == 302
    assert not Letter.objects.filter(request=asked.request).exists()
    base = f"/requests/{asked.request.key}"
    assert "laid something before you" in ben.get(f"{base}/").content.decode()
    assert "Ada joined us in 2022." in ben.get(f"{base}/assistants").content.decode()
    laid = Offering.objects.get()
    taken = ben.post(f"{base}/offerings/{laid.key}", {"act": "take"})
    assert taken["Location"] == f"{base}/write"
    assert "Ada joined us in 2022." in ben.get(f"{base}/write").content.decode()
    assert "Ada joined us" not in client.get(page).content.decode()
    assert "An assistant of Ben Okafor typed words for the letter." in told(asked)


def test_assistants_words_never_push_aside_what_the_writer_wrote(
    hal: tuple[Client, str], ben: Client, asked: Purpose
) -> None:
    client, page = hal
    client.post(f"{page}words", {"text": "Mine."})
    write(ben, asked, f"I trust Ada. {CANARY}")
    answer = ben.post(
        f"/requests/{asked.request.key}/offerings/{Offering.objects.get().key}", {"act": "take"}
    )
    assert answer.status_code == 409
    assert WORDS.search(ben.get(f"/requests/{asked.request.key}/write").content)
    assert not WORDS.search(client.get(page).content)


def test_words_left_lying_are_shown_to_no_link_once_the_letter_is_sealed(
    hal: tuple[Client, str], ben: Client, asked: Purpose
) -> None:
    client, page = hal
    client.post(f"{page}words", {"text": f"I trust Ada. {CANARY}"})
    base = f"/requests/{asked.request.key}"
    assert WORDS.search(ben.get(f"{base}/assistants").content)
    write(ben, asked, f"I trust Ada. {CANARY}")
    seal(ben, asked)
    forwarded = by_forwarded_link(asked)
    assert not WORDS.search(forwarded.get(f"{base}/assistants").content)
    assert "laid something before you" not in forwarded.get(f"{base}/").content.decode()
    taken = forwarded.post(f"{base}/offerings/{Offering.objects.get().key}", {"act": "take"})
    assert taken.status_code == 404


def test_file_of_an_assistant_becomes_the_letter_once_taken(
    hal: tuple[Client, str], ben: Client, asked: Purpose
) -> None:
    client, page = hal
    given = a_pdf(asked)
    assert client.post(f"{page}file", {"file": given}).status_code == 302
    assert not Letter.objects.filter(request=asked.request).exists()
    assert "letter.pdf lies before Ben Okafor" in client.get(page).content.decode()
    laid = Offering.objects.get()
    base = f"/requests/{asked.request.key}"
    assert ben.post(f"{base}/offerings/{laid.key}", {"act": "take"})["Location"] == f"{base}/review"
    letter = Letter.objects.get(request=asked.request)
    kept = current_upload(letter)
    assert kept is not None
    assert (kept.file, kept.name) == (laid.file, "letter.pdf")
    assert Offering.objects.get().file == ""


def a_pdf(asked: Purpose) -> SimpleUploadedFile:
    """The house's own one-page letter, caught on its way to the writer's page."""
    caught: list[SimpleUploadedFile] = []

    class Catching:
        def post(self, path: str, data: dict[str, Any]) -> Any:
            caught.append(data["file"])
            return type("Answer", (), {"status_code": 302, "content": b""})

    upload(Catching(), asked)  # type: ignore[arg-type]  # stands in for a browser
    return caught[0]


@pytest.mark.parametrize("how", ["thrown away", "left"])
def test_file_thrown_away_or_left_for_months_is_destroyed(
    hal: tuple[Client, str], ben: Client, asked: Purpose, how: str, django_capture_on_commit_callbacks: Any
) -> None:
    client, page = hal
    client.post(f"{page}file", {"file": a_pdf(asked)})
    laid = Offering.objects.get()
    assert laid.file in {file for file, _ in custody.vault().kept()}
    with django_capture_on_commit_callbacks(execute=True):
        if how == "left":
            assert sweep_offerings(now=timezone.now() + timedelta(days=89)) == 0
            assert sweep_offerings(now=timezone.now() + timedelta(days=91)) == 1
        else:
            ben.post(f"/requests/{asked.request.key}/offerings/{laid.key}", {"act": "drop"})
    assert laid.file not in {file for file, _ in custody.vault().kept()}
    assert Offering.objects.count() == 0


def test_assistant_ticks_a_portal_and_the_timeline_says_so(
    hal: tuple[Client, str], ben: Client, asked: Purpose, cast: Cast
) -> None:
    client, page = hal
    portal = add_destination(
        by=cast.ada,
        opportunity=asked.opportunity,
        way="portal",
        label="Grad school",
        address="",
        now=timezone.now(),
    )
    assert client.post(f"{page}places/{portal.key}", {"done": "yes"}).status_code == 404  # nothing is sealed
    write(ben, asked, f"I trust Ada. {CANARY}")
    seal(ben, asked)
    shown = client.get(page)
    assert not WORDS.search(shown.content)
    assert "Lay it before" not in shown.content.decode()
    assert client.post(f"{page}places/{portal.key}", {"done": "yes"}).status_code == 302
    assert PortalUpload.objects.count() == 1
    assert "An assistant of Ben Okafor ticked off a place the letter goes to." in told(asked)
    assert client.post(f"{page}words", {"text": "Late."}).status_code == 422


@pytest.mark.parametrize("act", ["answer", "write", "seal", "copy", "withdrawal", "release", "assistants"])
def test_assistant_can_do_nothing_that_is_the_writers(
    hal: tuple[Client, str], ben: Client, asked: Purpose, act: str
) -> None:
    client, _ = hal
    address = f"/requests/{asked.request.key}/{act}"
    assert client.get(address).status_code in {404, 405}
    assert client.post(address, {"act": "no", "writer_name": "Hal"}).status_code in {404, 405}
    assert Seal.objects.count() == 0
    assert Answer.objects.latest("id").said == "yes"


def test_assistant_taken_off_sees_nothing_from_that_moment(
    hal: tuple[Client, str], ben: Client, asked: Purpose
) -> None:
    client, page = hal
    row = Assistant.objects.get()
    assert client.get(page).status_code == 200
    ben.post(f"/requests/{asked.request.key}/assistants/{row.key}/removal")
    assert client.get(page).status_code == 404
    assert client.post(f"{page}words", {"text": "Still here."}).status_code == 404
    again = custody.token("assistant", row.key, 1, row.generation)
    assert client.get(f"/assist/{again}").status_code == 404
    assert "Ben Okafor took an assistant off." in told(asked)


@pytest.mark.parametrize(
    "address", ["ada@example.org", "Ada+helper@example.org", "ben@writers.example", "nobody"]
)
def test_applicant_and_writer_are_no_assistants(asked: Purpose, ben: Client, address: str) -> None:
    take_code(ben, asked)
    assert name_hal(ben, asked, address=address).status_code == 422
    assert Assistant.objects.count() == 0


def test_applicant_gets_in_by_no_way_of_an_assistants(
    hal: tuple[Client, str], asked: Purpose, cast: Cast, ben: Client
) -> None:
    """Signed in as herself, with Hal's very browser; with the forwarded link of the writer; named for everything."""
    client, page = hal
    client.force_login(cast.ada)
    assert client.get(page).status_code == 409
    forwarded = by_forwarded_link(asked)
    assert name_hal(forwarded, asked, address="friend@example.net").status_code == 409
    Assistant.objects.update(request=None, address="ada@example.org", mailbox="ada@example.org")
    client.logout()
    assert client.get(page).status_code == 404


def test_assistant_for_one_letter_sees_no_other_and_one_for_all_sees_the_next(
    hal: tuple[Client, str], ben: Client, asked: Purpose, cast: Cast
) -> None:
    client, page = hal
    mina = ask(cast, make_contact(cast.ada, "Mina Holt"), "open")
    home = page.removesuffix(f"{asked.request.key}/")
    assert client.get(f"{home}{mina.request.key}/").status_code == 404
    assert name_hal(ben, asked, for_all="on").status_code == 302
    client, home = hal_comes_in()
    assert client.get(f"{home}{asked.request.key}/").status_code == 200
    assert (
        client.get(f"{home}{mina.request.key}/").status_code == 404
    )  # asked of Mina's mailbox, not of Ben's
    assert Client().get(home).status_code == 404


def test_assistant_named_twice_is_mailed_once_and_six_are_too_many(asked: Purpose, ben: Client) -> None:
    take_code(ben, asked)
    for _ in range(2):
        name_hal(ben, asked)
    assert Outgoing.objects.filter(kind="assistant").count() == 1
    for number in range(4):
        assert name_hal(ben, asked, address=f"h{number}@helpers.example").status_code == 302
    assert name_hal(ben, asked, address="h9@helpers.example").status_code == 422
