"""The Safe in Ada's browser: what she may read, what she may only know of, and what Eve never finds."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.pages import words_of
from tests.sealing import CANARY, make_sealed, plain_pdf

from vouchsafe.adapters.vault import FolderStorage, StorageUnavailableError
from vouchsafe.asks.models import Request
from vouchsafe.desk.verifying import check_file
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.actions.bring_letter import bring_letter
from vouchsafe.letters.actions.upload_letter import CheckedFile
from vouchsafe.letters.inspecting import inspect_file
from vouchsafe.letters.models import Letter, Seal
from vouchsafe.plans.models import Opportunity


@pytest.fixture
def opportunity(cast: Cast) -> Opportunity:
    return factories.make_opportunity(cast.ada, deadline_on=None)


@pytest.fixture
def ada(cast: Cast, client: Client) -> Client:
    client.force_login(cast.ada)
    return client


@pytest.fixture
def eve(cast: Cast) -> Client:
    visitor = Client()
    visitor.force_login(cast.eve)
    return visitor


@pytest.fixture
def open_seal(cast: Cast, opportunity: Opportunity) -> Seal:
    return make_sealed(factories.make_contact(cast.ada, "Dora Lindqvist"), opportunity, text="She is exact.")


@pytest.fixture
def waived(cast: Cast, opportunity: Opportunity) -> Seal:
    return make_sealed(cast.ben, opportunity, confidentiality="waived")


@pytest.fixture
def brought(cast: Cast) -> Letter:
    checked = inspect_file(plain_pdf("An older letter."), "old.pdf")
    assert isinstance(checked, CheckedFile)
    return bring_letter(by=cast.ada, writer_name="Dr Ines Falk", checked=checked, now=timezone.now())


def routes(key: str) -> list[tuple[str, str]]:
    """Every address of one letter, and how it is asked."""
    base = f"/safe/{key}/"
    return [
        ("get", base),
        ("get", f"{base}pages/1"),
        ("get", f"{base}file"),
        ("get", f"{base}confirmation"),
        ("post", f"{base}confirmation"),
        ("post", f"{base}thanks"),
        ("post", f"{base}thanks/removal"),
        ("post", f"{base}removal"),
        ("post", f"{base}restoral"),
    ]


def test_safe_tells_what_may_be_read_and_what_may_not(ada: Client, open_seal: Seal, waived: Seal) -> None:
    page = ada.get("/safe/").content.decode()
    assert "2 letters are safe." in page
    assert "One was written in confidence" in page
    assert "You may read it" in page
    assert "In confidence" in page
    assert open_seal.number in page
    assert waived.number in page
    found = ada.get("/safe/", {"find": "dora"}).content.decode()
    assert open_seal.number in found
    assert waived.number not in found
    assert "No letter here speaks of" in ada.get("/safe/", {"find": "zzz"}).content.decode()


def test_open_letter_is_shown_page_by_page_and_downloaded_as_sealed(ada: Client, open_seal: Seal) -> None:
    base = f"/safe/{open_seal.letter.key}/"
    page = ada.get(base).content.decode()
    assert "She is exact." in page
    assert open_seal.number in page
    assert ada.get(f"{base}pages/1").content[:2] == b"\xff\xd8"
    assert ada.get(f"{base}pages/2").status_code == 404
    assert check_file(ada.get(f"{base}file").content).verdict.is_sound


def test_letter_whose_store_fails_is_said_to_be_out_of_reach_and_not_to_be_gone(
    ada: Client, open_seal: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise StorageUnavailableError("the object store could not serve it")

    monkeypatch.setattr(FolderStorage, "get", broken)
    answer = ada.get(f"/safe/{open_seal.letter.key}/file")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "cannot be reached just now" in answer.content.decode()
    monkeypatch.undo()
    assert ada.get(f"/safe/{open_seal.letter.key}/file").content.startswith(b"%PDF")


def test_confidential_letter_shows_envelope_author_and_date_and_never_a_word(
    ada: Client, waived: Seal
) -> None:
    key = waived.letter.key
    page = ada.get(f"/safe/{key}/")
    assert "Ben Okafor" in page.content.decode()
    assert "Written in confidence" in page.content.decode()
    assert "Download PDF" not in page.content.decode()
    for method, path in routes(key):
        answer = getattr(ada, method)(path, {"words": ""})
        assert CANARY.encode() not in answer.content, path
        assert not answer.content.startswith((b"%PDF", b"\xff\xd8")), path
    assert {ada.get(f"/safe/{key}/{part}").status_code for part in ("pages/1", "file")} == {404}
    assert ada.post(f"/safe/{key}/removal").status_code == 409


def test_eve_and_a_stranger_find_no_letter(
    ada: Client, eve: Client, open_seal: Seal, waived: Seal, brought: Letter
) -> None:
    for letter in (open_seal.letter, waived.letter, brought):
        for method, path in routes(letter.key):
            answer = getattr(eve, method)(path, {"words": "Thanks"})
            assert answer.status_code == 404, path
            assert CANARY.encode() not in answer.content
            assert getattr(Client(), method)(path).status_code == 302
    assert "Ben Okafor" not in eve.get("/safe/").content.decode()
    for path in ("/safe/", "/safe/bring/", "/safe/share/", "/packets/"):
        assert Client().get(path).status_code == 302
    assert Letter.objects.filter(removed_at__isnull=True).count() == 3
    assert not Outgoing.objects.filter(kind="thanks").exists()


def test_looking_changes_no_row(
    cast: Cast, ada: Client, open_seal: Seal, waived: Seal, brought: Letter
) -> None:
    from tests.doors.web.reader.test_reader_walk import snapshot

    before = snapshot()
    for letter in (open_seal.letter, waived.letter, brought):
        for method, path in routes(letter.key):
            if method == "get":
                ada.get(path)
                ada.head(path)
                ada.options(path)
    for path in ("/safe/", "/safe/bring/", "/safe/share/", "/packets/"):
        assert ada.get(path).status_code == 200
    assert snapshot() == before


def test_thanks_are_proposed_changed_sent_and_taken_back(ada: Client, waived: Seal) -> None:
    base = f"/safe/{waived.letter.key}/"
    page = ada.get(base).content.decode()
    assert "Dear Ben Okafor," in page
    assert "Send thanks" in page
    assert ada.post(f"{base}thanks", {"words": "  "}).status_code == 422
    ada.post(f"{base}thanks", {"words": "Thank you, Ben."})
    mail = Outgoing.objects.get(kind="thanks")
    assert outbox.read(mail).facts["words"] == "Thank you, Ben."
    page = ada.get(base).content.decode()
    assert "about to leave" in page
    assert "Send thanks" not in page
    ada.post(f"{base}thanks/removal")
    mail.refresh_from_db()
    assert mail.state == "withdrawn"
    assert "Send thanks" in ada.get(base).content.decode()


def test_letter_one_has_is_brought_shown_as_unsealed_and_taken_out_again(ada: Client) -> None:
    given = SimpleUploadedFile("old.pdf", plain_pdf("From before."), "application/pdf")
    response = ada.post(
        "/safe/bring/", {"file": given, "writer_name": "Dr Ines Falk", "title": "A summer post"}
    )
    page = ada.get(response["Location"]).content.decode()
    assert "Not sealed by its writer" in page
    assert "From before." in page
    assert "You brought this letter by Dr Ines Falk." in page
    assert "Not sealed by its writer" in ada.get("/safe/").content.decode()
    ada.post(f"{response['Location']}removal")
    assert "Ines" not in words_of(ada.get("/safe/"))
    ada.post(f"{response['Location']}restoral")
    assert "Ines" in ada.get("/safe/").content.decode()


def test_file_that_is_no_letter_is_refused_with_a_reason(ada: Client) -> None:
    for data, name in ((b"MZ\x90no", "x.pdf"), (b"", "x.pdf")):
        given = SimpleUploadedFile(name, data, "application/pdf")
        response = ada.post("/safe/bring/", {"file": given, "writer_name": "Ines"})
        assert response.status_code == 422
        assert "There is a problem" in response.content.decode()
    assert ada.post("/safe/bring/", {}).status_code == 422
    assert not Letter.objects.exists()


def test_confirmation_prepares_a_request_and_sends_nothing(
    cast: Cast, ada: Client, brought: Letter, opportunity: Opportunity
) -> None:
    page = ada.get(f"/safe/{brought.key}/confirmation").content.decode()
    assert "Dear Dr Ines Falk" in page
    said = {"contact": cast.ben.key, "opportunity": opportunity.key, "note": "Dear Ben, is it yours?"}
    response = ada.post(f"/safe/{brought.key}/confirmation", said)
    request = Request.objects.get()
    assert response["Location"] == f"/asks/{request.key}/"
    assert not Outgoing.objects.exists()
    again = ada.post(f"/safe/{brought.key}/confirmation", said)
    assert again.status_code == 409
    asked = ada.get(f"/safe/{brought.key}/").content.decode()
    assert "Ben Okafor is asked to confirm it since" in asked
    assert "The mail has not been sent yet." in asked
    assert f'href="/asks/{request.key}/"' in asked
    theirs = {**said, "contact": cast.ben_to_eve.key}
    assert ada.post(f"/safe/{brought.key}/confirmation", theirs).status_code == 422


@pytest.mark.parametrize("count", [1, 50])
def test_safe_asks_the_database_at_most_six_times(
    cast: Cast, ada: Client, opportunity: Opportunity, django_assert_max_num_queries: object, count: int
) -> None:
    first = make_sealed(cast.ben, opportunity)
    for n in range(count - 1):
        shelve_copy(first, n)
    ada.get("/safe/")
    with django_assert_max_num_queries(6):  # type: ignore[operator]  # pytest-django's fixture
        page = ada.get("/safe/").content.decode()
    assert page.count('class="row-name"') == count


def shelve_copy(seal: Seal, n: int) -> None:
    """Another letter like this one, without sealing fifty times: only rows are counted here."""
    from vouchsafe.letters.models import Release, Scope

    letter = Letter.objects.get(pk=seal.letter_id)
    letter.pk, letter.key = None, f"copy{n}"
    letter.save()
    scope = seal.scopes.get()
    other = Seal.objects.get(pk=seal.pk)
    other.pk, other.letter, other.number = None, letter, f"AAAA-{n:04d}"
    other.pdf_digest = f"{n:064d}"
    other.save()
    Release.objects.create(seal=other, released_at=seal.release.released_at, released_by="x")
    Scope.objects.create(
        seal=other, opportunities=scope.opportunities, set_at=scope.set_at, set_by=scope.set_by
    )
