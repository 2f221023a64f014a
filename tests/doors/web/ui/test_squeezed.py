"""Pages travel compressed, files as they are."""

from __future__ import annotations

import gzip

import pytest
from django.http import FileResponse, HttpResponse
from django.test import Client, RequestFactory

from vouchsafe.doors.web.ui.squeezed import Squeezed

WORDS = b"A letter for Maya. " * 100
GZIP = {"Accept-Encoding": "gzip, br"}


def travelling(answer: HttpResponse | FileResponse, **headers: str) -> HttpResponse:
    request = RequestFactory().get("/", headers=headers)
    return Squeezed(lambda _: answer)(request)  # type: ignore[return-value]  # of the sort it is given


def test_page_is_a_fraction_of_its_length_and_says_the_same(db: None) -> None:
    client = Client()
    plain, squeezed = client.get("/help/"), client.get("/help/", headers=GZIP)
    assert squeezed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in squeezed["Vary"]
    assert int(squeezed["Content-Length"]) == len(squeezed.content) < len(plain.content) / 2
    assert b"<h1" in gzip.decompress(squeezed.content)
    assert "Content-Encoding" not in plain


def test_same_page_has_another_length_each_time() -> None:
    """What is guessed into a page can't be told by its length."""
    lengths = {len(travelling(HttpResponse(WORDS), **GZIP).content) for _ in range(40)}
    assert len(lengths) > 5


@pytest.mark.parametrize("kind", ["application/pdf", "application/zip", "image/png"])
def test_file_stays_as_it_is(kind: str) -> None:
    answer = travelling(HttpResponse(WORDS, content_type=kind), **GZIP)
    assert (answer.content, "Content-Encoding" in answer) == (WORDS, False)


def test_streamed_answer_keeps_its_length() -> None:
    answer = FileResponse(iter([WORDS]), content_type="text/csv")
    answer["Content-Length"] = str(len(WORDS))
    assert travelling(answer, **GZIP)["Content-Length"] == str(len(WORDS))


def test_who_cannot_unpack_gets_it_plain() -> None:
    assert travelling(HttpResponse(WORDS)).content == WORDS
