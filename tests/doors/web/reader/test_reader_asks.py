"""Cleo asks Ben; Ben answers by the link in his mail, on one page. Codes and colleagues of readers' links."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests import factories
from tests.cast import Cast
from tests.house.routes import tables
from tests.sealing import make_packet_of, make_reader, make_sealed, token_for

from vouchsafe.ledger import custody, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.models import Seal
from vouchsafe.packets.actions.ask_writer import PURPOSE
from vouchsafe.packets.models import CallBack, CallBackAnswer, Reader, Viewing

ASKED = "Did she rebuild the heron report alone?"


@pytest.fixture
def seal(cast: Cast) -> Seal:
    return make_sealed(
        cast.ben, factories.make_opportunity(cast.ada, deadline_on=None), confidentiality="waived"
    )


@pytest.fixture
def cleo(seal: Seal) -> Reader:
    purpose = seal.letter.request.purposes.first()  # type: ignore[union-attr]  # it has one
    return make_reader(make_packet_of(seal, opportunity=purpose.opportunity))  # type: ignore[union-attr]  # it has one


def opened(reader: Reader, code: str = "") -> Client:
    client = Client()
    assert client.post(f"/p/{token_for(reader)}", {"code": code}).status_code == 302
    return client


def link_of(row: CallBack) -> str:
    return f"/call-back/{custody.token(PURPOSE, row.key, 1, row.generation)}"


def test_reader_asks_and_the_writer_answers_in_one_press(cast: Cast, cleo: Reader, seal: Seal) -> None:
    reader, page = opened(cleo), f"/reading/{cleo.key}/{seal.number}/question"
    assert "Ask Ben Okafor a question" in reader.get(f"/reading/{cleo.key}/{seal.number}/").content.decode()
    assert "Ada Marsh is not told that you asked" in reader.get(page).content.decode()
    assert reader.post(page, {"wants": "call", "words": ""}).status_code == 422
    assert reader.post(page, {"wants": "answer", "words": ASKED}).status_code == 302
    seen = reader.get(page).content.decode()
    assert "Ben Okafor has your question" in seen
    assert seal.correspondent.mailbox not in seen
    assert reader.post(page, {"wants": "answer", "words": "And now?"}).status_code == 409

    row, before = CallBack.objects.get(), tables()
    link = link_of(row)
    writer = Client()
    for method in ("get", "head", "options"):
        getattr(writer, method)(link)
    asked = writer.get(link).content.decode()
    assert tables() == before
    assert ASKED in asked
    assert "vouchsafe-call-back" not in writer.cookies
    assert writer.get(f"/call-backs/{row.key}/").status_code == 404
    assert writer.post(link, {"act": "answer", "words": ""}).status_code == 409
    done = writer.post(link, {"act": "answer", "words": "She did, in three weeks."})
    assert done["Location"] == f"/call-backs/{row.key}/"
    assert "Cleo Brandt has your answer" in writer.get(done["Location"]).content.decode()
    assert writer.post(link, {"act": "contact"}).status_code == 409
    told = reader.get(page).content.decode()
    assert "She did, in three weeks." in told
    assert seal.correspondent.mailbox not in told


def test_writer_says_no_in_one_press_and_consents_in_one(cleo: Reader, seal: Seal) -> None:
    reader, page = opened(cleo), f"/reading/{cleo.key}/{seal.number}/question"
    reader.post(page, {"wants": "call", "words": ASKED})
    link = link_of(CallBack.objects.get())
    Client().post(link, {"act": "decline"})
    assert "would rather not add" in reader.get(page).content.decode()
    Client().post(link, {"act": "contact"})
    assert CallBackAnswer.objects.first().said == "contact"  # type: ignore[union-attr]  # one was written
    assert seal.correspondent.mailbox in reader.get(page).content.decode()


def test_nobody_but_the_writer_and_the_reader_come_near_a_question(
    cast: Cast, cleo: Reader, seal: Seal
) -> None:
    opened(cleo).post(f"/reading/{cleo.key}/{seal.number}/question", {"wants": "answer", "words": ASKED})
    row = CallBack.objects.get()
    for account in (cast.ada, cast.eve, cast.dana, None):
        client = Client()
        if account:
            client.force_login(account)
        assert client.get(f"/reading/{cleo.key}/{seal.number}/question").status_code == 404
        assert client.get(f"/call-backs/{row.key}/").status_code == 404
        assert client.get(f"/call-back/{'x' * 43}").status_code == 404
    ada = Client()
    ada.force_login(cast.ada)
    for method in ("get", "post"):
        answer = getattr(ada, method)(link_of(row), {"act": "contact"})
        assert answer.status_code == 409
        assert ASKED not in answer.content.decode()
    assert not CallBackAnswer.objects.exists()
    assert ASKED not in ada.get(f"/packets/{cleo.packet.key}/").content.decode()


def test_link_with_a_code_shows_no_letter_and_opens_by_it_alone(cast: Cast, cleo: Reader, seal: Seal) -> None:
    ada, early, token = Client(), opened(cleo), token_for(cleo)
    ada.force_login(cast.ada)
    shown = ada.post(f"/readers/{cleo.key}/code").content.decode()
    found = re.search(r"\b(\d{3} \d{3})\b", shown)
    assert found
    code = found[1]
    cleo.refresh_from_db()
    assert code.replace(" ", "") not in cleo.code_hash
    back = early.get(f"/reading/{cleo.key}/")
    assert back.status_code == 404
    assert "Come in by your link" in back.content.decode()
    assert "Ben Okafor" not in back.content.decode()
    viewings = Viewing.objects.count()
    landing = Client().get(f"/p/{token}").content.decode()
    assert "The code for this link" in landing
    assert "Ben Okafor" not in landing
    wrong = Client().post(f"/p/{token}", {"code": "000000" if code != "000 000" else "111111"})
    assert (wrong.status_code, Viewing.objects.count()) == (422, viewings)
    assert Client().post(f"/p/{token}", {"code": ""}).status_code == 422
    assert opened(cleo, code).get(f"/reading/{cleo.key}/").status_code == 200


def test_five_wrong_codes_close_the_link_until_a_new_one(cast: Cast, cleo: Reader) -> None:
    ada, token = Client(), token_for(cleo)
    ada.force_login(cast.ada)

    def fresh() -> str:
        found = re.search(r"\b(\d{3} \d{3})\b", ada.post(f"/readers/{cleo.key}/code").content.decode())
        assert found
        return found[1]

    code = fresh()
    wrong = "000000" if code != "000 000" else "111111"
    assert [Client().post(f"/p/{token}", {"code": wrong}).status_code for _ in range(6)] == [422] * 4 + [
        429
    ] * 2
    assert Client().post(f"/p/{token}", {"code": code}).status_code == 429
    assert "closed after wrong codes" in ada.get(f"/packets/{cleo.packet.key}/").content.decode()
    assert Client().post(f"/p/{token}", {"code": fresh()}).status_code == 302
    ada.post(f"/readers/{cleo.key}/code/removal")
    assert Client().post(f"/p/{token}").status_code == 302


def test_eve_sets_no_code(cast: Cast, cleo: Reader) -> None:
    eve = Client()
    eve.force_login(cast.eve)
    for act in ("code", "code/removal"):
        assert eve.post(f"/readers/{cleo.key}/{act}").status_code == 404
    cleo.refresh_from_db()
    assert cleo.code_hash == ""


def test_colleague_gets_a_link_of_their_own_and_the_applicant_sees_it(cast: Cast, cleo: Reader) -> None:
    reader, page = opened(cleo), f"/reading/{cleo.key}/colleague"
    assert reader.post(page, {"colleague_name": "", "colleague_address": "x"}).status_code == 422
    named = {"colleague_name": "Gil Amado", "colleague_address": "gil@readers.example"}
    assert reader.post(page, named).status_code == 302
    assert reader.post(page, named).status_code == 302
    gil = Reader.objects.get(name="Gil Amado")
    assert (gil.named_by, gil.expires_at, gil.held_why) == (cleo, cleo.expires_at, "")
    (mail,) = [outbox.read(row) for row in Outgoing.objects.filter(kind="packet", about=gil.key)]
    assert mail.to_address == "gil@readers.example"
    ada = Client()
    ada.force_login(cast.ada)
    assert "named by Cleo Brandt" in ada.get(f"/packets/{cleo.packet.key}/").content.decode()
    refused = opened(gil).post(
        f"/reading/{gil.key}/colleague", {"colleague_name": "Hal", "colleague_address": "hal@readers.example"}
    )
    assert refused.status_code == 409


def test_colleague_who_may_be_the_applicant_is_held_and_nothing_is_told(cast: Cast, cleo: Reader) -> None:
    reader, dana = opened(cleo), Client()
    dana.force_login(cast.dana)
    for name, address, stays in (("Gil", "ada+committee@example.org", True), ("Hal", cast.eve.email, False)):
        named = {"colleague_name": name, "colleague_address": address}
        answer = reader.post(f"/reading/{cleo.key}/colleague", named, follow=True).content.decode()
        assert "gets a link once the address has been looked at" in answer
        colleague = Reader.objects.get(name=name)
        assert not Outgoing.objects.filter(about=colleague.key).exists()
        assert "Named as a colleague by Cleo Brandt" in dana.get("/office/readers/").content.decode()
        status = dana.post(f"/office/readers/{colleague.key}/confirmation").status_code
        colleague.refresh_from_db()
        assert (status, bool(colleague.held_why)) == ((409, True) if stays else (302, False))
        assert Outgoing.objects.filter(about=colleague.key, kind="packet").exists() is not stays


def test_office_confirms_with_a_code_to_tell(cast: Cast, cleo: Reader) -> None:
    opened(cleo).post(
        f"/reading/{cleo.key}/colleague",
        {"colleague_name": "Gil", "colleague_address": "gil.amado@gmail.com"},
    )
    gil = Reader.objects.get(name="Gil")
    dana = Client()
    dana.force_login(cast.dana)
    shown = dana.post(f"/office/readers/{gil.key}/confirmation", {"act": "code"}).content.decode()
    found = re.search(r"code for Gil is (\d{3} \d{3})", shown)
    assert found
    gil.refresh_from_db()
    assert opened(gil, found[1])


def test_reader_page_without_a_sitting_says_the_way_in_and_nothing_else(cleo: Reader, seal: Seal) -> None:
    """The same page for a reader who exists and one who does not; and it writes nothing."""
    before = tables()
    tails = ("", "colleague", f"{seal.number}/", f"{seal.number}/question", f"{seal.number}/pages/1")
    for tail in tails:
        there, nobody = (Client().get(f"/reading/{key}/{tail}") for key in (cleo.key, "x" * 24))
        assert (there.status_code, nobody.status_code) == (404, 404)
        assert "Come in by your link" in there.content.decode()
        assert (
            there.content.replace(cleo.key.encode(), b"x" * 24) == nobody.content
        )  # the choice of language leads back
    assert tables() == before
