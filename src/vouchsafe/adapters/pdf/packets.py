"""What a reader is handed: a cover with the sealed originals attached, or one merged reading copy.

The originals travel inside the cover byte for byte, so each can still be verified. A merged file cannot
keep their seals, and says on every page that it is a reading copy.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vouchsafe.adapters.pdf.faces import fonts
from vouchsafe.adapters.pdf.processes import run_limited
from vouchsafe.adapters.pdf.typesetting import (
    SEAL_GREEN,
    TEMPLATES,
    compile_pdf,
    missing_character,
)
from vouchsafe.core.sealing.letter import Paper
from vouchsafe.core.sealing.seal_picture import seal_svg
from vouchsafe.core.sealing.seal_words import seal_words

_MEMORY_DISK = Path("/dev/shm")  # noqa: S108 - a folder of our own is made inside it


@dataclass(frozen=True, slots=True)
class PacketLetter:
    """A sealed letter in a packet: its file, what identifies it, and who wrote it."""

    pdf: bytes
    number: str
    digest: bytes
    writer: str
    lines: tuple[str, ...]
    address: str

    @property
    def file_name(self) -> str:
        return f"letter-{self.number}.pdf"


@dataclass(frozen=True, slots=True)
class CoverPage:
    """The words of a cover, already in the reader's language: title, facts, and notes at the end."""

    title: str
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    author: str = "Vouchsafe"
    language: str = "en"
    paper: Paper = Paper.A4
    check: str = "Letter {number}. Check it at {address}"
    """Said under each letter."""
    picture: str = "The seal picture of letter {number}"
    """What stands for the picture where it can't be seen."""


def cover_packet(
    cover: CoverPage, letters: Sequence[PacketLetter], *, when: datetime, attach: bool = True
) -> bytes:
    """The cover as PDF/A-3a with PDF/UA-1, the sealed originals attached unchanged unless `attach` is False."""
    import typst

    # The typesetter reads attachments from files. They lie in memory where the machine has such a disk, in a
    # folder only this user can enter, and are gone before this returns.
    needed = sum(len(letter.pdf) for letter in letters)
    with tempfile.TemporaryDirectory(prefix="vouchsafe-cover-", dir=_memory_disk(needed)) as folder:
        root = Path(folder)
        shutil.copy(TEMPLATES / "cover.typ", root)
        if attach:
            for place, letter in enumerate(letters):
                (root / f"{place}.pdf").write_bytes(letter.pdf)
        compiler = typst.Compiler(str(root / "cover.typ"), root=folder, font_paths=fonts())
        try:
            made = compiler.compile(
                format="pdf",
                sys_inputs={"data": json.dumps(_cover_data(cover, letters, attach=attach))},
                pdf_standards=["a-3a", "ua-1"],
                timestamp=int(when.timestamp()),
            )
        except RuntimeError as failure:
            raise missing_character(failure) from failure
    if not isinstance(made, bytes):
        raise TypeError("the typesetter returned no PDF")
    return made


def merge_reading_copy(
    letters: Sequence[PacketLetter],
    *,
    title: str,
    reader: str,
    when: datetime,
    cover: CoverPage | None = None,
    line: str = "Reading copy of letter {number} for {reader}. The sealed letter can be checked at {address}",
) -> bytes:
    """One file for reading on, with a line and the reader's name over every page of every letter."""
    lines = [
        line.format(number=letter.number, reader=reader, address=_plain(letter.address)) for letter in letters
    ]
    marks = compile_pdf(
        "marks.typ", {"title": title, "reader": reader, "lines": lines}, when=when, standards=["a-2a"]
    )
    front = cover_packet(cover, letters, when=when, attach=False) if cover else b""
    titles = [f"{letter.writer}, letter {letter.number}" for letter in letters]
    _, made = run_limited(
        "vouchsafe.adapters.pdf.assembling:merge_job",
        {"title": title, "titles": titles},
        [marks, front, *(letter.pdf for letter in letters)],
    )
    return made[0]


def _memory_disk(needed: int) -> str | None:
    """The machine's disk in memory where it has one with room to spare, else wherever temporary files go."""
    if _MEMORY_DISK.is_dir() and shutil.disk_usage(_MEMORY_DISK).free > 2 * needed + 1024 * 1024:
        return str(_MEMORY_DISK)
    return None


def _cover_data(cover: CoverPage, letters: Sequence[PacketLetter], *, attach: bool) -> dict[str, object]:
    return {
        "title": cover.title,
        "author": cover.author,
        "lang": cover.language.partition("-")[0],
        "paper": "a4" if cover.paper is Paper.A4 else "us-letter",
        "facts": list(cover.facts),
        "notes": list(cover.notes),
        "letters": [
            {
                "picture": seal_svg(letter.digest, letter.number, colour=SEAL_GREEN),
                "picture_alt": cover.picture.format(number=letter.number),
                "writer": letter.writer,
                "lines": list(letter.lines),
                "words": list(seal_words(letter.digest)),
                "check": cover.check.format(number=letter.number, address=_plain(letter.address)),
            }
            for letter in letters
        ],
        "attached": [
            {
                "name": letter.file_name,
                "path": f"/{place}.pdf",
                "description": f"Letter {letter.number}, as sealed",
            }
            for place, letter in enumerate(letters)
        ]
        if attach
        else [],
    }


def _plain(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://")
