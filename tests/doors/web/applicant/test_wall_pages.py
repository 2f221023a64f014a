"""The wall: sentences of letters Ada may read, chosen by her, and never a word of one in confidence."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import CANARY, make_sealed, plain_pdf

from vouchsafe.desk.export import export
from vouchsafe.ledger import custody
from vouchsafe.ledger.models import Line
from vouchsafe.letters.access_open import quotes, wall
from vouchsafe.letters.actions.choose_quotes import QuoteNotInLetter, choose_quotes
from vouchsafe.letters.actions.remove_quote import remove_quote
from vouchsafe.letters.actions.restore_quote import restore_quote
from vouchsafe.letters.models import QUOTE, Letter, Quote, Seal, Withdrawal
from vouchsafe.people.access import NotHere

TEXT = "She made the whole floor braver about numbers. I would hire her again tomorrow."


@pytest.fixture
def open_seal(cast: Cast) -> Seal:
    opportunity = factories.make_opportunity(cast.ada, deadline_on=None)
    return make_sealed(factories.make_contact(cast.ada, "Dora Lindqvist"), opportunity, text=TEXT)


@pytest.fixture
def waived(cast: Cast) -> Seal:
    opportunity = factories.make_opportunity(cast.ada, "Another", deadline_on=None)
    return make_sealed(
        cast.ben, opportunity, confidentiality="waived", text=f"She is exact and {CANARY} kind."
    )


@pytest.fixture
def ada(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.ada)
    return browser


def choose(cast: Cast, seal: Seal, *places: int) -> None:
    choose_quotes(by=cast.ada, letter_key=seal.letter.key, places=places, now=timezone.now())


def hang_by_force(letter: Letter, words: str = f"{CANARY} hangs here.") -> Quote:
    """A row that no action writes: what a mistake elsewhere would leave."""
    sealed = custody.encrypt(words.encode(), context=QUOTE)
    return Quote.objects.create(letter=letter, sealed_words=sealed, digest="x", chosen_at=timezone.now())


def test_applicant_chooses_sentences_sees_them_and_prints_them(ada: Client, open_seal: Seal) -> None:
    here = f"/safe/{open_seal.letter.key}/quotes"
    choices = ada.get(here).content.decode()
    assert "She made the whole floor braver about numbers." in choices
    assert "checked" not in choices
    assert ada.post(here, {"place": ["0"]})["Location"] == "/safe/wall/"
    page = ada.get("/safe/wall/").content.decode()
    assert "One sentence to come back to." in page
    assert "“She made the whole floor braver about numbers.”" in page
    assert "I would hire her again" not in page
    assert ada.get(here).content.decode().count("checked") == 1
    cards = ada.get("/safe/wall/cards").content.decode()
    assert "“She made the whole floor braver about numbers.”" in cards
    assert ada.get("/safe/wall/cards", {"only": "nothing"}).status_code == 404


def test_choice_replaces_the_one_before_and_is_noted_once(cast: Cast, open_seal: Seal) -> None:
    choose(cast, open_seal, 0, 1)
    choose(cast, open_seal, 0, 1)
    choose(cast, open_seal, 1)
    assert [one.words for one in wall(cast.ada)] == ["I would hire her again tomorrow."]
    assert Line.objects.filter(verb="quotes_chosen").count() == 2
    choose(cast, open_seal, 0, 1)
    assert Quote.objects.count() == 2
    assert TEXT[:20].encode() not in b"".join(bytes(row.sealed_words) for row in Quote.objects.all())


def test_sentence_comes_off_and_back_by_undo(ada: Client, cast: Cast, open_seal: Seal) -> None:
    choose(cast, open_seal, 0)
    key = wall(cast.ada)[0].key
    base = f"/safe/{open_seal.letter.key}/quotes/{key}"
    assert ada.post(f"{base}/removal").status_code == 302
    assert f"{base}/restoral" in ada.get("/safe/wall/").content.decode()
    assert wall(cast.ada) == []
    ada.post(f"{base}/restoral")
    ada.post(f"{base}/restoral")
    assert len(wall(cast.ada)) == 1
    assert Line.objects.filter(verb="quote_restored").count() == 1


def test_sentence_that_is_not_there_is_refused(ada: Client, cast: Cast, open_seal: Seal) -> None:
    with pytest.raises(QuoteNotInLetter):
        choose(cast, open_seal, 7)
    answer = ada.post(f"/safe/{open_seal.letter.key}/quotes", {"place": ["7"]})
    assert answer.status_code == 409
    assert "does not stand in this letter" in answer.content.decode()
    assert not Quote.objects.exists()


def test_no_word_of_a_waived_letter_ever_hangs(
    ada: Client, cast: Cast, open_seal: Seal, waived: Seal
) -> None:
    key = waived.letter.key
    for method in (ada.get, ada.post):
        answer = method(f"/safe/{key}/quotes", {"place": ["0"]})
        assert answer.status_code == 404
        assert CANARY.encode() not in answer.content
    with pytest.raises(NotHere):
        choose(cast, waived, 0)
    # Even a row that should not be there shows nothing, anywhere.
    forced = hang_by_force(waived.letter)
    assert not quotes(cast.ada).exists()
    for path in ("/safe/wall/", "/safe/wall/cards", "/desk/", "/safe/", f"/safe/{key}/"):
        assert CANARY.encode() not in ada.get(path).content, path
    with pytest.raises(NotHere):
        restore_quote(by=cast.ada, quote_key=forced.key, now=timezone.now())
    assert CANARY.encode() not in export(cast.ada)
    # The same row of an open letter would have shown: the net could catch it.
    forced.letter = open_seal.letter
    forced.save()
    assert CANARY.encode() in ada.get("/safe/wall/").content


def test_letter_that_becomes_confidential_or_is_taken_back_leaves_the_wall(
    ada: Client, cast: Cast, open_seal: Seal
) -> None:
    choose(cast, open_seal, 0)
    letter = f"/safe/{open_seal.letter.key}/"
    assert f'href="{letter}quotes"' in ada.get(letter).content.decode()
    withdrawal = Withdrawal.objects.create(seal=open_seal, withdrawn_at=timezone.now(), withdrawn_by="x")
    assert wall(cast.ada) == []
    assert f'href="{letter}quotes"' not in ada.get(letter).content.decode()
    withdrawal.delete()
    assert len(wall(cast.ada)) == 1
    assert not quotes(cast.eve).exists()
    Letter.objects.filter(pk=open_seal.letter_id).update(confidentiality=Letter.Confidentiality.IN_CONFIDENCE)
    assert wall(cast.ada) == []


def test_unreleased_letter_gives_no_sentence(cast: Cast) -> None:
    opportunity = factories.make_opportunity(cast.ada, "Third", deadline_on=None)
    seal = make_sealed(cast.ben, opportunity, text=TEXT, released=False)
    with pytest.raises(NotHere):
        choose(cast, seal, 0)


def test_eve_finds_neither_choice_nor_wall_of_others(cast: Cast, open_seal: Seal) -> None:
    choose(cast, open_seal, 0)
    row = wall(cast.ada)[0]
    eve = Client()
    eve.force_login(cast.eve)
    base = f"/safe/{open_seal.letter.key}/quotes"
    assert "braver" not in eve.get("/safe/wall/").content.decode()
    assert {eve.get(base).status_code, eve.post(base, {"place": "0"}).status_code} == {404}
    assert {eve.post(f"{base}/{row.key}/{act}").status_code for act in ("removal", "restoral")} == {404}
    assert Client().get("/safe/wall/").status_code == 302
    with pytest.raises(NotHere):
        remove_quote(by=cast.eve, quote_key=row.key, now=timezone.now())
    assert len(wall(cast.ada)) == 1


def test_brought_letter_may_be_quoted_and_export_holds_the_words(ada: Client, cast: Cast) -> None:
    file = SimpleUploadedFile("old.pdf", plain_pdf("She was kind to all."), content_type="application/pdf")
    ada.post("/safe/bring/", {"writer_name": "Dr Ines Falk", "title": "", "file": file})
    letter = Letter.objects.get(writer_name="Dr Ines Falk")
    choose_quotes(by=cast.ada, letter_key=letter.key, places=[0], now=timezone.now())
    page = ada.get("/safe/wall/").content.decode()
    assert "Dr Ines Falk, in a letter you brought" in page
    with zipfile.ZipFile(io.BytesIO(export(cast.ada))) as bundle:
        assert "She was kind to all." in bundle.read("everything.json").decode()
