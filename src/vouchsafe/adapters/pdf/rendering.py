"""Every page as a picture and as words: the proof that a reader will be able to open it. For the child only."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdfium2

from vouchsafe.adapters.pdf.looks import looks_of

FIT_WIDTH, FIT_HEIGHT = 893, 1263
MAX_TEXT = 40_000


def render_job(_head: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """One PDF in; out: its words by page, what a glance at it shows, and a JPEG of each page."""
    document = pypdfium2.PdfDocument(blobs[0])
    texts, pictures = [], []
    for page in document:
        width, height = page.get_size()
        scale = min(FIT_WIDTH / max(width, 1), FIT_HEIGHT / max(height, 1))
        out = BytesIO()
        page.render(scale=scale).to_pil().convert("RGB").save(out, "JPEG", quality=80)
        pictures.append(out.getvalue())
        words = page.get_textpage()
        texts.append(words.get_text_bounded()[:MAX_TEXT].replace("\r\n", "\n"))
        words.close()
        page.close()
    return {"texts": texts, "looks": looks_of(document)}, pictures
