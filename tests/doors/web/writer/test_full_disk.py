"""Promise 30, the disk: a file that has no room is refused truthfully, and neither a row nor half a file is left."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import Cast
from tests.factories import make_opportunity, make_purpose
from tests.sealing import plain_pdf

from vouchsafe.adapters.vault.storage import FolderStorage
from vouchsafe.asks.actions.make_link import make_link, token_of
from vouchsafe.asks.models import Answer, Link, Start
from vouchsafe.letters.models import Upload


@contextmanager
def no_room_in_files(size: int) -> Iterator[None]:
    """The system refuses every byte of a file behind `size`, as it does where a disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def files() -> set[Path]:
    return {path for path in (settings.DATA_FOLDER / "vault").rglob("*") if path.is_file()}


@pytest.fixture
def ben(cast: Cast) -> tuple[Client, str]:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    link = make_link(
        request=purpose.request, kind=Link.Kind.MAILED, mailbox="ben@writers.example", now=purpose.added_at
    )
    browser = Client()
    browser.post(f"/r/{token_of(link)}", {"act": "yes"})
    assert Answer.objects.filter(request=purpose.request).exists()
    return browser, f"/requests/{purpose.request.key}/file"


def give(browser: Client, path: str) -> int:
    given = SimpleUploadedFile("letter.pdf", plain_pdf("x" * 4000), "application/pdf")
    return int(browser.post(path, {"file": given}).status_code)


def test_file_that_has_no_room_is_refused_and_nothing_of_it_is_left(
    ben: tuple[Client, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, path = ben
    before = files()
    keep = FolderStorage._write

    def without_room(self: FolderStorage, place: Path, data: bytes) -> None:
        with no_room_in_files(100):  # for the vault's file alone: what watches this test writes files too
            keep(self, place, data)

    with monkeypatch.context() as patch:
        patch.setattr(FolderStorage, "_write", without_room)
        assert give(browser, path) == 503
    assert files() == before
    assert not Upload.objects.exists()
    assert not Start.objects.exists()  # the applicant is not told that the writer has begun
    assert "letter.pdf" not in browser.get(path.removesuffix("file")).content.decode()
    assert give(browser, path) == 302
    assert Upload.objects.get().pages == 1
    assert len(files()) > len(before)
