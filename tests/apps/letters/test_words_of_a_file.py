"""A letter that was a file is begun from: its words are taken, its look is not, and pictures of pages have none."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image
from tests import factories
from tests.cast import Cast

from vouchsafe.adapters.pdf.typesetting import typeset
from vouchsafe.adapters.pdf.words_in_pages import words_in_pages_job
from vouchsafe.asks.access import FreshCodeNeeded, Visit
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.desk.writer_letters import what_differs
from vouchsafe.letters.access import draft_in_hand
from vouchsafe.letters.actions.begin_version import begin_version
from vouchsafe.letters.actions.save_draft import save_draft
from vouchsafe.letters.actions.seal_letter import seal_letter
from vouchsafe.letters.actions.start_from_letter import start_from_letter
from vouchsafe.letters.actions.upload_letter import CheckedFile, upload_letter
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.file_words import words_in_file, words_or_file
from vouchsafe.letters.inspecting import inspect_file
from vouchsafe.letters.models import Letter
from vouchsafe.letters.preparing import prepare_seal
from vouchsafe.letters.starting import NoWordsInFile
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Contact

PARAGRAPHS = (
    "I managed Ada for two years in the returns team, and saw her work every day of them.",
    "When the well-known backlog of the winter had grown to four thousand parcels she wrote the report that the whole "
    "floor now begins its morning with, first on paper and then, over three weekends of her own, as a small programme "
    "that nobody had asked her for and that nobody wants to miss.",
    "I would take her back tomorrow, and I do not write that about many people; please call me if you doubt it.",
)
FIRST = DraftBody(dated="Monday 4 January 2027", addressee=("The new committee",))


@pytest.fixture(scope="module")
def letter_file() -> bytes:
    body = DraftBody(text="\n\n".join(PARAGRAPHS), name="Ben Okafor", opening="Dear committee,")
    return typeset(body.page(), foot=None, title="Letter", when=timezone.now(), footless=True).pdf


def given(visit: Visit, data: bytes, name: str = "letter.pdf") -> Letter:
    checked = inspect_file(data, name)
    assert isinstance(checked, CheckedFile)
    return upload_letter(visit=visit, checked=checked, now=timezone.now()).letter


def at_work(contact: Contact) -> Visit:
    now = timezone.now()
    purpose = factories.make_purpose(contact, factories.make_opportunity(contact.owner, deadline_on=None))
    visit = Visit(purpose.request, "ben@writers.example", "mailed_code", took_code=True, works_here=True)
    record_answer(visit=visit, said="yes", today=now.date(), now=now)
    return visit


def version_of(visit: Visit, letter: Letter) -> Letter:
    purpose, now = visit.request.purposes.get().key, timezone.now()
    return begin_version(
        visit=visit, letter_key=letter.key, purpose_key=purpose, first=FIRST, now=now, of_file=words_in_file(visit, letter)
    )  # fmt: skip


def test_paragraphs_of_a_page_are_told_from_its_lines(letter_file: bytes) -> None:
    found = words_in_pages_job({}, [letter_file])[0]["paragraphs"]
    assert [one for one in found if one in PARAGRAPHS] == list(PARAGRAPHS)
    assert "Dear committee," in found


def test_version_of_a_file_begins_with_its_words_and_shows_what_differs(
    cast: Cast, letter_file: bytes
) -> None:
    visit = at_work(cast.ben)
    version = version_of(visit, given(visit, letter_file))
    written, revision = draft_in_hand(replace(visit, at=version.key))
    assert written is not None
    assert all(paragraph in written.text for paragraph in PARAGRAPHS)
    assert written.addressee == FIRST.addressee
    changed = replace(written, text=written.text.replace(PARAGRAPHS[2], "Please call me."))
    save_draft(visit=replace(visit, at=version.key), body=changed, based_on=revision, now=timezone.now())
    marks = {passage.mark for passage in what_differs(visit, version.key)[2]}
    assert marks & {"changed", "added", "removed"}
    assert "same" in marks


def test_sealed_file_is_the_beginning_of_a_letter_for_somebody_else(cast: Cast, letter_file: bytes) -> None:
    visit, now = at_work(cast.ben), timezone.now()
    letter = given(visit, letter_file)
    seal_letter(
        visit=visit, prepared=prepare_seal(visit=visit, letter=letter, writer_name="Ben", now=now), now=now
    )
    for_eve = at_work(cast.ben_to_eve)
    with pytest.raises(FreshCodeNeeded):
        words_in_file(replace(for_eve, took_code=False), letter)
    with pytest.raises(NotHere):
        words_in_file(replace(for_eve, mailbox="gus@writers.example"), letter)
    words = words_or_file(for_eve, letter)
    start_from_letter(visit=for_eve, letter_key=letter.key, first=FIRST, now=now, of_file=words)
    written, _ = draft_in_hand(for_eve)
    assert written is not None
    assert all(paragraph in written.text for paragraph in PARAGRAPHS)


def test_pages_that_are_pictures_have_no_words_to_begin_from(cast: Cast) -> None:
    visit = at_work(cast.ben)
    picture = BytesIO()
    Image.new("RGB", (595, 842), "white").save(picture, "PNG")
    letter = given(visit, picture.getvalue(), "scan.png")
    with pytest.raises(NoWordsInFile):
        version_of(visit, letter)
