"""Take the words of a Word or OpenDocument file: paragraphs, bold, italic, lists. Never comments.

Runs in the limited child, by the name `vouchsafe.adapters.words.reading:words_job`.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from vouchsafe.adapters.words.archives import ArchiveUnusable, active_parts, has_pictures, read_parts

Answer = tuple[dict[str, Any], list[bytes]]


def words_job(head: dict[str, Any], blobs: list[bytes]) -> Answer:
    """One document in; out: its blocks, the codes of what acts in it, and of what was left out."""
    try:
        parts = read_parts(blobs[0])
    except ArchiveUnusable:
        return {"refused": "word-unreadable", "facts": {}}, []
    try:
        blocks = _word_blocks(blobs[0]) if head["kind"] == "docx" else _open_document_blocks(parts)
    except Exception:  # a damaged document can break its reader anywhere; this child does nothing else
        return {"refused": "word-unreadable", "facts": {}}, []
    left_out = ["pictures"] if has_pictures(parts) else []
    return {"blocks": blocks, "active": active_parts(parts), "left_out": left_out}, []


def _word_blocks(data: bytes) -> list[dict[str, Any]]:
    import mammoth
    from lxml import html

    from vouchsafe.adapters.words.blocks import blocks_from_html

    # mammoth leaves comments out unless asked for them, and follows no link.
    made = mammoth.convert_to_html(
        BytesIO(data), convert_image=mammoth.images.img_element(lambda _: {"src": ""})
    )
    if not made.value.strip():
        return []
    return blocks_from_html(html.fragment_fromstring(made.value, create_parent="div"))


def _open_document_blocks(parts: dict[str, bytes]) -> list[dict[str, Any]]:
    from vouchsafe.adapters.words.open_document import blocks_from_content

    return blocks_from_content(parts["content.xml"])
