"""A letter as structure: what the editor keeps, the typesetter prints and the seal fixes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Paper(StrEnum):
    A4 = "a4"
    US_LETTER = "us-letter"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. A newline inside it is a line break of the letter."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    items: tuple[tuple[Run, ...], ...]
    numbered: bool = False


Block = Paragraph | ListBlock


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and how it looks: `typed` in a script face, or a `picture` (PNG or JPEG bytes)."""

    name: str
    lines: tuple[str, ...] = ()
    typed: str = ""
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class LetterPage:
    """Everything that is printed on a letter written in the editor, save the foot.

    `letterhead` begins with the institution's or writer's name; `dated` is the date as it is printed;
    `language` is a BCP 47 tag such as `en-GB`.
    """

    body: tuple[Block, ...]
    signature: Signature
    letterhead: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    dated: str = ""
    opening: str = ""
    closing: str = ""
    language: str = "en-GB"
    paper: Paper = Paper.A4

    @property
    def plain_text(self) -> str:
        """The words of the letter, a blank line between its parts."""
        parts = ["\n".join(self.letterhead), self.dated, "\n".join(self.addressee), self.opening]
        for block in self.body:
            parts.extend(_block_texts(block))
        parts += [self.closing, "\n".join((self.signature.name, *self.signature.lines))]
        return "\n\n".join(part for part in parts if part.strip())


@dataclass(frozen=True, slots=True)
class UploadedPages:
    """An uploaded letter, named by its clean revision: its SHA-256, its length and its pages."""

    sha256: bytes
    size: int
    pages: int
    kind: str = "pdf"


@dataclass(frozen=True, slots=True)
class Foot:
    """What the foot of every page says: the seal picture and words, the number, where to check it."""

    digest: bytes
    number: str
    words: tuple[str, ...]
    address: str


def _block_texts(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return ["".join(run.text for run in block.runs)]
    return ["\n".join("".join(run.text for run in item) for item in block.items)]
