"""What the editor keeps of a letter: plain fields, the text in light marks. Becomes a `LetterPage` to be set."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from vouchsafe.core.sealing import LetterPage, Paper, Signature, blocks_from_marks
from vouchsafe.core.sealing.scripts import language_of

CONTEXT = "draft"  # what the encrypted column holds


@dataclass(frozen=True, slots=True)
class DraftBody:
    """The fields of the editor. `text` carries the marks; `picture` is a drawn or scanned signature."""

    text: str = ""
    letterhead: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    dated: str = ""
    opening: str = ""
    closing: str = ""
    name: str = ""
    lines: tuple[str, ...] = ()
    typed: str = ""
    picture: bytes = field(default=b"", repr=False)
    language: str = "en-GB"
    paper: str = "a4"

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()

    def page(self) -> LetterPage:
        return LetterPage(
            body=blocks_from_marks(self.text),
            signature=Signature(name=self.name, lines=self.lines, typed=self.typed, picture=self.picture),
            letterhead=self.letterhead,
            addressee=self.addressee,
            dated=self.dated,
            opening=self.opening,
            closing=self.closing,
            language=language_of(self.text, self.language),
            paper=Paper(self.paper),
        )

    def dump(self) -> bytes:
        plain = asdict(self)
        plain["picture"] = b64encode(self.picture).decode("ascii")
        return json.dumps(plain, ensure_ascii=False).encode()

    @classmethod
    def load(cls, data: bytes) -> DraftBody:
        plain = json.loads(data)
        plain["picture"] = b64decode(plain["picture"])
        known = {one.name for one in fields(cls)}
        kept: dict[str, Any] = {name: _frozen(value) for name, value in plain.items() if name in known}
        return cls(**kept)


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
