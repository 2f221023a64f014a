"""Word and OpenDocument: to PDF by LibreOffice where it is installed, else their words as a draft."""

from __future__ import annotations


class WordReader:
    """Reads office documents. With `convert=False` only their words are ever taken."""

    words_job = "vouchsafe.adapters.words.reading:words_job"

    def __init__(self, *, convert: bool = True) -> None:
        self._convert = convert

    def to_pdf(self, data: bytes, kind: str) -> bytes | None:
        """The document as PDF, or None where LibreOffice is missing or gives up."""
        if not self._convert:
            return None
        from vouchsafe.adapters.words.libreoffice import convert_to_pdf

        return convert_to_pdf(data, kind)
