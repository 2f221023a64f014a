"""The editor's light marks, read into blocks and written back.

`**bold**`, `*italic*`, `***both***`; a line that begins with `- ` or `1. ` is a list item; a blank line
ends a paragraph, a single line end stays a line break only where two spaces or a backslash end the line.
Marks that do not close are ordinary characters: what somebody typed is never lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vouchsafe.core.sealing.letter import Block, ListBlock, Paragraph, Run

_ITEM = re.compile(r"^\s{0,3}(?:(?P<bullet>[-•*])|(?P<number>\d{1,3})[.)])\s+(?P<text>.*)$")
_STAR = re.compile(r"\\(?P<escaped>[\\*])|(?P<stars>\*{1,3})")


def blocks_from_marks(text: str) -> tuple[Block, ...]:
    """Read what the editor holds into the blocks of a letter."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    blocks: list[Block] = []
    for chunk in re.split(r"\n[ \t]*\n", clean):
        blocks.extend(_chunk_blocks([line for line in chunk.split("\n") if line.strip()]))
    return tuple(blocks)


def marks_from_blocks(blocks: Sequence[Block]) -> str:
    """The text that reads back into these blocks."""
    return "\n\n".join(_block_marks(block) for block in blocks)


def _chunk_blocks(lines: list[str]) -> Iterable[Block]:
    words: list[str] = []
    items: list[str] = []
    numbered = False
    for line in lines:
        found = _ITEM.match(line)
        if found is None:
            if items and line[:1].isspace():
                items[-1] += " " + line.strip()
            else:
                if items:
                    yield _list(items, numbered)
                    items = []
                words.append(line)
            continue
        if words:
            yield Paragraph(_runs(_joined(words)))
            words = []
        is_number = found["number"] is not None
        if items and is_number != numbered:
            yield _list(items, numbered)
            items = []
        numbered = is_number
        items.append(found["text"].strip())
    if words:
        yield Paragraph(_runs(_joined(words)))
    if items:
        yield _list(items, numbered)


def _list(items: list[str], numbered: bool) -> ListBlock:
    return ListBlock(tuple(_runs(item) for item in items), numbered)


def _joined(lines: list[str]) -> str:
    out = ""
    for place, line in enumerate(lines):
        last = place == len(lines) - 1
        breaks = line.endswith("  ") or (line.endswith("\\") and not line.endswith("\\\\"))
        out += line.strip().removesuffix("\\") if breaks and line.endswith("\\") else line.strip()
        if not last:
            out += "\n" if breaks else " "
    return out


def _runs(text: str) -> tuple[Run, ...]:
    pieces = _pieces(text)
    bold = italic = False
    runs: list[Run] = []
    for place, (stars, word) in enumerate(pieces):
        if not stars:
            runs.append(Run(word, bold, italic))
        elif _toggles(pieces, place, bold, italic):
            bold ^= len(word) >= 2
            italic ^= len(word) % 2 == 1
        else:
            runs.append(Run(word, bold, italic))
    return _merged(runs)


def _pieces(text: str) -> list[tuple[bool, str]]:
    pieces: list[tuple[bool, str]] = []
    at = 0
    for found in _STAR.finditer(text):
        if found.start() > at:
            pieces.append((False, text[at : found.start()]))
        escaped = found["escaped"]
        pieces.append((False, escaped) if escaped else (True, found["stars"]))
        at = found.end()
    if at < len(text):
        pieces.append((False, text[at:]))
    return pieces


def _toggles(pieces: list[tuple[bool, str]], place: int, bold: bool, italic: bool) -> bool:
    """A mark counts when it closes what is open, or opens something that is closed again later."""
    word = pieces[place][1]
    wants_bold, wants_italic = len(word) >= 2, len(word) % 2 == 1
    closes = (wants_bold <= bold) and (wants_italic <= italic)
    before = pieces[place - 1][1][-1:] if place else ""
    after = pieces[place + 1][1][:1] if place + 1 < len(pieces) else ""
    if closes:
        return bool(before) and not before.isspace()
    opens = not (wants_bold and bold) and not (wants_italic and italic)
    if not opens or not after or after.isspace():
        return False
    return any(
        stars and other == word and not pieces[later - 1][1][-1:].isspace()
        for later, (stars, other) in enumerate(pieces)
        if later > place
    )


def _merged(runs: list[Run]) -> tuple[Run, ...]:
    merged: list[Run] = []
    for run in runs:
        if merged and (merged[-1].bold, merged[-1].italic) == (run.bold, run.italic):
            merged[-1] = Run(merged[-1].text + run.text, run.bold, run.italic)
        elif run.text:
            merged.append(run)
    return tuple(merged)


def _block_marks(block: Block) -> str:
    if isinstance(block, Paragraph):
        text = _run_marks(block.runs)
        # A paragraph that only looks like a list item is kept a paragraph by a zero-width joiner.
        return "\u2060" + text if _ITEM.match(text) else text
    lines = []
    for place, item in enumerate(block.items, 1):
        lines.append(f"{place}. {_run_marks(item)}" if block.numbered else f"- {_run_marks(item)}")
    return "\n".join(lines)


def _run_marks(runs: Sequence[Run]) -> str:
    out = ""
    for run in runs:
        stars = "*" * (2 * run.bold + run.italic)
        text = run.text.replace("\\", "\\\\").replace("*", "\\*").replace("\n", "  \n")
        inner = text.strip(" ")
        if not stars or not inner:
            out += text
            continue
        lead, tail = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
        out += f"{lead}{stars}{inner}{stars}{tail}"
    return out
