"""Pages as pictures, where a portal takes only small files. For the child only: everything is imported at once,
since nothing may be opened once the child has taken its work.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdfium2
from PIL import JpegImagePlugin, PdfImagePlugin

PLUGINS = (JpegImagePlugin, PdfImagePlugin)  # what saving a PDF would load late


def picture_pages_job(head: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """One PDF in; out: one whose pages are pictures of that many dots an inch. Smaller, and without text."""
    document = pypdfium2.PdfDocument(blobs[0])
    dots = int(head["dots"])
    pictures = [page.render(scale=dots / 72).to_pil().convert("L") for page in document]
    out = BytesIO()
    pictures[0].save(
        out,
        "PDF",
        save_all=True,
        append_images=pictures[1:],
        resolution=dots,
        quality=60,
        title=head["title"],
    )
    return {}, [out.getvalue()]
