"""A letter becomes pages: one template for the sealed PDF and for the live page, so their lines agree.

Always PDF/A-2a with PDF/UA-1: besides what it gives readers, it is the one mode in which the typesetter
reports a character no font can draw. In plain PDF it would vanish without a word.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from vouchsafe.adapters.pdf.faces import faces, fonts
from vouchsafe.adapters.pdf.pictures import picture_in_svg, qr_svg
from vouchsafe.core.sealing.letter import Block, Foot, LetterPage, Paper, Paragraph, Run
from vouchsafe.core.sealing.scripts import runs_right_to_left
from vouchsafe.core.sealing.seal_picture import seal_svg
from vouchsafe.core.words import Refusal, msg

if TYPE_CHECKING:
    import typst

TEMPLATES = Path(__file__).parent / "templates"
SEAL_GREEN = "#076246"
MAX_CHARACTERS = 60_000

_PAPER = {Paper.A4: "a4", Paper.US_LETTER: "us-letter"}
# A sign for private use may have a glyph in some font; the archive standard refuses it all the same.
_MISSING_GLYPH = re.compile(
    r"the (?:text|PDF contains the codepoint) `\"(?P<text>.*?)\"`(?: could not be displayed|$|\s)", re.DOTALL
)
_ESCAPED = re.compile(r"\\u\{(?P<code>[0-9a-f]+)\}")  # how the typesetter tells of what can't be printed
# The script face holds Latin-1 letters; a name with others is set in serif italic as a whole.
_SCRIPT_FACE_LAST = "\u00ff"
_compilers = threading.local()

Standard = Literal["a-2a", "a-3a", "ua-1"]


class CharacterMissing(Refusal):
    code = "character-missing"
    msgid = msg("No font here can draw “{text}”.")
    hint_msgid = msg(
        "Write it another way, or ask the people who run this site to install a font that has it."
    )


class LetterTooLong(Refusal):
    code = "letter-too-long"
    msgid = msg("This letter is too long to typeset: {characters} characters.")
    hint_msgid = msg("A letter may have {most} characters. Most readers stop after two pages.")


@dataclass(frozen=True, slots=True)
class Typeset:
    """A letter as pages: the PDF, its number of pages, and each page as SVG."""

    pdf: bytes
    pages: int
    svg_pages: tuple[str, ...]


def typeset(
    letter: LetterPage, *, foot: Foot | None, title: str, when: datetime, footless: bool = False
) -> Typeset:
    """Set a letter. With a foot it is ready to be signed; `when` is the only date in the file.

    Without one the foot says that it is not sealed yet, or, `footless`, there is none: a letter from elsewhere.

    The same arguments give the same bytes. CharacterMissing names what no font can draw.
    """
    inputs = {**inputs_of(letter, foot, title), "footless": footless}
    pdf = compile_pdf("letter.typ", inputs, when=when, standards=["a-2a", "ua-1"])
    svg_pages = svg_of("letter.typ", inputs)
    return Typeset(pdf, len(svg_pages), svg_pages)


def preview_svg(letter: LetterPage, *, foot: Foot | None = None) -> tuple[str, ...]:
    """Every page as SVG, from the sealed PDF's own template: the live page while somebody writes."""
    return svg_of("letter.typ", inputs_of(letter, foot, "Letter"))


def foot_data(foot: Foot, note: str = "") -> dict[str, Any]:
    """What the templates need to draw a foot."""
    return {
        "picture": seal_svg(foot.digest, foot.number, colour=SEAL_GREEN),
        "picture_alt": f"The seal picture of letter {foot.number}",
        "words": list(foot.words),
        "number": foot.number,
        "note": note,
        "address": foot.address.removeprefix("https://").removeprefix("http://"),
        "qr": qr_svg(foot.address),
        "qr_alt": f"A QR code of {foot.address}",
    }


def compile_pdf(template: str, data: dict[str, Any], *, when: datetime, standards: list[Standard]) -> bytes:
    """One of our templates with its data, as PDF."""
    try:
        made = _compiler(template).compile(
            format="pdf",
            sys_inputs={"data": json.dumps(data)},
            pdf_standards=[*standards],
            timestamp=int(when.timestamp()),
        )
    except RuntimeError as failure:
        raise missing_character(failure) from failure
    if not isinstance(made, bytes):
        raise TypeError("the typesetter returned no PDF")
    return made


def missing_character(failure: RuntimeError) -> Exception:
    """The refusal that names a character no font has; any other failure stays what it was."""
    found = _MISSING_GLYPH.search(str(failure))
    if found is None:
        return failure
    return CharacterMissing(text=_ESCAPED.sub(lambda code: f"U+{code['code'].upper():0>4}", found["text"]))


def svg_of(template: str, data: dict[str, Any]) -> tuple[str, ...]:
    """One of our templates with its data, each page as SVG. A character no font has vanishes here without a word."""
    made = _compiler(template).compile(format="svg", sys_inputs={"data": json.dumps(data)})
    pages = made if isinstance(made, list) else [made]
    return tuple(page.decode() for page in pages if page is not None)


def _compiler(template: str) -> typst.Compiler:
    # A compiler keeps its fonts and cache, but serves one thread at a time.
    import typst

    kept: dict[str, typst.Compiler] | None = getattr(_compilers, "kept", None)
    if kept is None:
        kept = _compilers.kept = {}
    if template not in kept:
        kept[template] = typst.Compiler(str(TEMPLATES / template), root=str(TEMPLATES), font_paths=fonts())
    return kept[template]


def inputs_of(letter: LetterPage, foot: Foot | None, title: str) -> dict[str, Any]:
    """A letter as its template reads it."""
    characters = len(letter.plain_text)
    if characters > MAX_CHARACTERS:
        raise LetterTooLong(characters=characters, most=MAX_CHARACTERS)
    language, _, region = letter.language.partition("-")
    signature = letter.signature
    return {
        "title": title,
        "author": signature.name or "",
        "lang": language.lower() or "en",
        "region": region.upper() if len(region) == 2 else None,
        "fonts": faces(letter.language),
        "rtl": {
            "letterhead": runs_right_to_left(letter.letterhead),
            "dated": runs_right_to_left([letter.dated]),
            "addressee": runs_right_to_left(letter.addressee),
            "opening": runs_right_to_left([letter.opening]),
            "closing": runs_right_to_left([letter.closing]),
            "signature": runs_right_to_left([signature.name, *signature.lines]),
        },
        "paper": _PAPER[letter.paper],
        "letterhead": [line for line in letter.letterhead if line.strip()],
        "dated": letter.dated,
        "addressee": [line for line in letter.addressee if line.strip()],
        "opening": letter.opening,
        "body": [_block(block) for block in letter.body],
        "closing": letter.closing,
        "signature": {
            "name": signature.name,
            "lines": [line for line in signature.lines if line.strip()],
            "typed": signature.typed,
            "script": all(character <= _SCRIPT_FACE_LAST for character in signature.typed),
            "picture": picture_in_svg(signature.picture) if signature.picture else "",
            "alt": f"The signature of {signature.name}",
        },
        "foot": foot_data(foot) if foot else None,
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"block": "paragraph", "runs": _runs(block.runs), "rtl": _rtl(block.runs)}
    return {
        "block": "list",
        "numbered": block.numbered,
        "items": [_runs(item) for item in block.items],
        "rtl": _rtl(run for item in block.items for run in item),
    }


def _rtl(runs: Iterable[Run]) -> bool | None:
    return runs_right_to_left(run.text for run in runs)


def _runs(runs: tuple[Run, ...]) -> list[dict[str, Any]]:
    return [{"text": run.text, "bold": run.bold, "italic": run.italic} for run in runs]
