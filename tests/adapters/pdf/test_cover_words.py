from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pypdfium2 as pdfium

from vouchsafe.adapters.pdf.packets import CoverPage, PacketLetter, cover_packet


def test_cover_says_everything_in_the_words_it_was_given() -> None:
    letter = PacketLetter(
        pdf=b"", number="AB12-CD34", digest=bytes(32), writer="Ben Okafor", lines=("Versiegelt am 1. Mai 2026",),
        address="https://letters.example/verify/AB12-CD34",
    )  # fmt: skip
    cover = CoverPage(
        title="Ein Schreiben",
        language="de",
        check="Schreiben {number}. Prüfen unter {address}",
        picture="Das Siegelbild von {number}",
    )
    made = cover_packet(cover, [letter], when=datetime(2026, 5, 1, tzinfo=UTC), attach=False)
    page = pdfium.PdfDocument(BytesIO(made))[0]
    said = " ".join(page.get_textpage().get_text_range().split())
    assert "Schreiben AB12-CD34. Prüfen unter letters.example/verify/AB12-CD34" in said
    assert "Check it" not in said
