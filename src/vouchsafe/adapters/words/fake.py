"""A reader for other rooms' tests: takes words, and makes the PDF it was given of every document."""

from __future__ import annotations


class FakeWordReader:
    words_job = "vouchsafe.adapters.words.reading:words_job"

    def __init__(self, pdf: bytes | None = None) -> None:
        self.pdf = pdf
        self.asked: list[str] = []

    def to_pdf(self, data: bytes, kind: str) -> bytes | None:
        self.asked.append(kind)
        return self.pdf
