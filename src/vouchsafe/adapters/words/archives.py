"""What a Word or OpenDocument file holds beside its words, read from its parts without trusting any.

Standard library, lxml and one tuple of the core; runs in the limited child.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from vouchsafe.core.reading.zip_damage import ZIP_DAMAGE

MAX_PARTS = 2_000
MAX_UNPACKED = 64 * 1024 * 1024

_FETCHING_FIELD = re.compile(rb"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT)\b")
_FIELD_TEXT = re.compile(rb"<w:instrText[^>]*>([^<]*)</w:instrText>|w:instr=\"([^\"]*)\"")
_OUTSIDE = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*\"External\"[^>]*>", re.IGNORECASE)
_HYPERLINK = re.compile(rb"Type\s*=\s*\"[^\"]*/hyperlink\"")
_ODT_OUTSIDE = re.compile(
    rb"<(?:draw:image|text:section-source|draw:object|draw:object-ole|draw:plugin|table:table-source)\b"
    rb"[^>]*xlink:href\s*=\s*\"(?!#|\./|Pictures/|Object|ObjectReplacements/|media/)"
)


class ArchiveUnusable(ValueError):
    """The file is no sound archive, or unpacks to more than a letter could need."""


def read_parts(data: bytes) -> dict[str, bytes]:
    """Every part by name, unpacked within a budget."""
    parts: dict[str, bytes] = {}
    spent = 0
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MAX_PARTS:
                raise ArchiveUnusable("too many parts")
            for member in members:
                with archive.open(member) as part:
                    # What the archive says of its sizes is not believed: count what really comes out.
                    content = part.read(MAX_UNPACKED - spent + 1)
                spent += len(content)
                if spent > MAX_UNPACKED:
                    raise ArchiveUnusable("unpacks too large")
                parts[member.filename] = content
    except ZIP_DAMAGE as damage:
        raise ArchiveUnusable(str(damage)) from damage
    return parts


def active_parts(parts: dict[str, bytes]) -> list[str]:
    """Codes of what acts or reaches outside: `dde`, `macros`, `embedded`, `outside`."""
    found = set()
    for name, content in parts.items():
        low = name.lower()
        if low.endswith(("vbaproject.bin", "vbadata.xml")) or low.startswith(("basic/", "scripts/")):
            found.add("macros")
        if "/embeddings/" in low or "/activex/" in low or low.endswith(".ole"):
            found.add("embedded")
        if low.endswith(".rels") and any(not _HYPERLINK.search(one) for one in _OUTSIDE.findall(content)):
            found.add("outside")
        if low.startswith("word/") and low.endswith(".xml") and _has_fetching_field(content):
            found.add("dde")
        if low in ("content.xml", "styles.xml") and _ODT_OUTSIDE.search(content):
            found.add("outside")
        if low == "content.xml" and b"<text:dde-connection" in content:
            found.add("dde")
    return sorted(found)


def has_pictures(parts: dict[str, bytes]) -> bool:
    return any(name.lower().startswith(("word/media/", "pictures/")) for name in parts)


def _has_fetching_field(content: bytes) -> bool:
    # A field's name may be split over several runs: look at all of them joined.
    joined = b"".join(text or instruction for text, instruction in _FIELD_TEXT.findall(content))
    return bool(_FETCHING_FIELD.search(joined))
