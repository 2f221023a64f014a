"""PDFs for other rooms' tests, made at once and without a child process.

`inspected` is what `inspect_upload` would say of a plain letter; `FakeSigner` stands in for `seal_pdf` where
a test is about something else than the signature. It marks the bytes, so a test sees that signing happened.
"""

from __future__ import annotations

from datetime import datetime

from vouchsafe.adapters.pdf.inspection import Inspection, Taken

# One empty A4 page; small, valid, and with nothing in it that acts.
PLAIN_PDF = (
    b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\n"
    b"endobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \ntrailer\n<</Size 4/Root 1 0 R>>\nstartxref\n"
    b"169\n%%EOF\n"
)
MARK = b"% signed by the fake\n"


def inspected(
    pdf: bytes = PLAIN_PDF, *, pages: int = 1, text: str = "", verdict: Taken = Taken.ACCEPTED
) -> Inspection:
    return Inspection(verdict, "pdf", pages, clean=pdf, text=text, pictures=(b"\xff\xd8\xff",) * pages)


class FakeSigner:
    """Called like `seal_pdf`; remembers what it signed."""

    def __init__(self) -> None:
        self.signed: list[tuple[bytes, datetime]] = []

    def __call__(self, pdf: bytes, identity: object, *, when: datetime, **_: object) -> bytes:
        self.signed.append((pdf, when))
        return pdf + MARK
