"""What a file is, from its content: the name is what somebody called it."""

from __future__ import annotations

import zipfile
from io import BytesIO

from vouchsafe.core.reading.zip_damage import ZIP_DAMAGE

_HEAD = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIC_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"avif")
_FAMILY = {
    ".pdf": {"pdf"},
    ".docx": {"docx", "odt", "ole"},
    ".docm": {"docx", "ole"},
    ".doc": {"docx", "odt", "ole"},
    ".odt": {"docx", "odt"},
    ".jpg": {"jpeg", "png", "heic"},
    ".jpeg": {"jpeg", "png", "heic"},
    ".png": {"jpeg", "png", "heic"},
    ".heic": {"jpeg", "png", "heic"},
    ".heif": {"jpeg", "png", "heic"},
}


def kind_of(data: bytes) -> str:
    """`pdf`, `docx`, `odt`, `jpeg`, `png`, `heic`, `ole` (an old or encrypted Word file) or `unknown`."""
    head = data[:_HEAD]
    if head.startswith(b"PK\x03\x04"):
        return _archive_kind(data)
    if head.startswith(_OLE):
        return "ole"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return "heic"
    # Readers allow some junk before the header; so many real files have it.
    return "pdf" if b"%PDF-" in head else "unknown"


def wrong_ending(name: str, kind: str) -> str | None:
    """The name's ending when it promises something else than the content is, else None."""
    dot = name.rfind(".")
    ending = name[dot:].lower() if dot >= 0 else ""
    promised = _FAMILY.get(ending)
    return ending if promised and kind not in promised and kind != "unknown" else None


def _archive_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names or any(n.startswith("word/document") for n in names):
                return "docx"
            if "content.xml" in names and "mimetype" in names:
                with archive.open("mimetype") as kind:
                    return (
                        "odt"
                        if kind.read(64).startswith(b"application/vnd.oasis.opendocument.text")
                        else "unknown"
                    )
    except ZIP_DAMAGE:
        return "unknown"
    return "unknown"
