"""Files that nobody came back for are destroyed after the stated time, and no others."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_opportunity

from vouchsafe.asks.access import Visit
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.withdraw_request import withdraw_request
from vouchsafe.doors.worker.sweeping import sweep_if_due
from vouchsafe.ledger import custody
from vouchsafe.ledger.models import Line
from vouchsafe.letters.actions.seal_letter import seal_letter
from vouchsafe.letters.actions.sweep_uploads import sweep_uploads
from vouchsafe.letters.actions.upload_letter import CheckedFile, upload_letter
from vouchsafe.letters.inspecting import inspect_file
from vouchsafe.letters.models import Upload
from vouchsafe.letters.preparing import prepare_seal
from vouchsafe.people.actions.read_contact_file import read_contact_file
from vouchsafe.people.actions.sweep_imports import sweep_imports
from vouchsafe.people.models import ContactImport

LONG_AGO = timedelta(days=60)


@pytest.fixture
def visit(cast: Cast) -> Visit:
    then = timezone.now() - LONG_AGO
    purpose = open_request(
        by=cast.ada, contact=cast.ben, opportunity=make_opportunity(cast.ada, deadline_on=timezone.localdate() + timedelta(days=40)),
        shown_on=None, confidentiality="waived", subject="", note="Dear Ben,\n\nwould you?", today=then.date(), now=then,
    )  # fmt: skip
    visit = Visit(purpose.request, "ben@writers.example", "mailed_link")
    record_answer(visit=visit, said="yes", today=then.date(), now=then)
    return visit


def give(visit: Visit, name: str, at: datetime) -> Upload:
    digest = f"{name:0<64}"
    checked = CheckedFile(name, "pdf", 1, f"%PDF {name}".encode(), digest, digest)
    return upload_letter(visit=visit, checked=checked, now=at)


def test_replaced_file_is_destroyed_after_a_week_and_the_one_in_hand_stays(
    visit: Visit, django_capture_on_commit_callbacks: object
) -> None:
    now = timezone.now()
    first, second, third = (
        give(visit, "a", now - LONG_AGO),
        give(visit, "b", now - timedelta(days=9)),
        give(visit, "c", now - timedelta(days=3)),
    )
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's fixture
        assert sweep_uploads(now=now) == 1
    assert [custody.vault().exists(one.file) for one in (first, second, third)] == [False, True, True]
    assert set(Upload.objects.values_list("key", flat=True)) == {second.key, third.key}
    assert Line.objects.filter(verb="file_swept").count() == 1


def test_file_of_a_request_that_ended_a_month_ago_is_destroyed(
    cast: Cast, visit: Visit, django_capture_on_commit_callbacks: object
) -> None:
    now = timezone.now()
    upload = give(visit, "a", now - LONG_AGO)
    withdraw_request(by=cast.ada, request=visit.request, now=now - timedelta(days=29))
    assert sweep_uploads(now=now) == 0
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's fixture
        assert sweep_uploads(now=now + timedelta(days=2)) == 1
    assert not custody.vault().exists(upload.file)


def test_file_of_a_writer_who_said_no_a_month_ago_is_destroyed_unless_they_said_yes_since(
    visit: Visit,
) -> None:
    now = timezone.now()
    give(visit, "a", now - LONG_AGO)
    then = now - timedelta(days=29)
    record_answer(visit=visit, said="taken_back", today=then.date(), now=then)
    assert sweep_uploads(now=now) == 0
    record_answer(visit=visit, said="yes", today=now.date(), now=now)
    assert sweep_uploads(now=now + timedelta(days=40)) == 0
    record_answer(visit=visit, said="taken_back", today=now.date(), now=now)
    assert sweep_uploads(now=now + timedelta(days=40)) == 1


def test_file_that_nobody_sealed_within_a_year_is_destroyed(visit: Visit) -> None:
    now = timezone.now()
    give(visit, "a", now)
    assert sweep_uploads(now=now + timedelta(days=364)) == 0
    assert sweep_uploads(now=now + timedelta(days=366)) == 1


def test_sealed_file_stays(visit: Visit, letter_file: bytes) -> None:
    then = timezone.now() - LONG_AGO
    checked = inspect_file(letter_file, "letter.pdf")
    assert isinstance(checked, CheckedFile)
    upload = upload_letter(visit=visit, checked=checked, now=then)
    prepared = prepare_seal(visit=visit, letter=upload.letter, writer_name="Ben Okafor", now=then)
    seal_letter(visit=visit, prepared=prepared, now=then)
    assert sweep_uploads(now=timezone.now()) == 0


@pytest.fixture
def letter_file() -> bytes:
    from vouchsafe.adapters.pdf.fake import PLAIN_PDF

    return PLAIN_PDF


def test_file_of_contacts_is_deleted_after_a_week_however_far_its_review_came(cast: Cast) -> None:
    now = timezone.now()
    rows = [
        read_contact_file(by=cast.ada, data=f"Name,Email\nKim{days},kim{days}@x.example\n".encode(), name="a.csv", now=now - timedelta(days=days))
        for days in (0, 6, 8, 50)
    ]  # fmt: skip
    ContactImport.objects.filter(pk=rows[3].pk).update(kept_at=now - timedelta(days=50))
    assert sweep_imports(now=now) == 2
    assert set(ContactImport.objects.values_list("key", flat=True)) == {rows[0].key, rows[1].key}


def test_worker_looks_once_an_hour(cast: Cast, django_assert_num_queries: object) -> None:
    now = timezone.now()
    read_contact_file(by=cast.ada, data=b"Name,Email\nKim,kim@x.example\n", name="a.csv", now=now - LONG_AGO)
    assert sweep_if_due("sweeper", now) == 1
    assert sweep_if_due("sweeper", now) == 0
    with django_assert_num_queries(0):  # type: ignore[operator]  # pytest-django's fixture
        assert sweep_if_due("sweeper", now + timedelta(minutes=59)) == 0
    read_contact_file(by=cast.ada, data=b"Name,Email\nKim,kim@x.example\n", name="a.csv", now=now - LONG_AGO)
    assert sweep_if_due("sweeper", now + timedelta(minutes=61)) == 1
