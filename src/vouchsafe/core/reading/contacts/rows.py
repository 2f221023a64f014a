"""A text to the rows of a table, each with the line it begins on; a broken row costs itself, not the rest."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vouchsafe.core.words import Sentence, say

SEPARATORS = (",", ";", "\t", "|")
_MAX_LINES = 100
"""Lines one row may span; an opening quote without its end is given up after these."""
_NAMED_SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.I)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, or the reason why there are none."""

    line: int
    cells: tuple[str, ...]
    why: Sentence | None = None

    @property
    def blank(self) -> bool:
        return self.why is None and not any(cell.strip() for cell in self.cells)


def cut_lines(text: str) -> list[str]:
    """Lines as files count them, at CR, LF or both; no other character ends one."""
    return list(io.StringIO(text, newline=""))


def named_separator(lines: Sequence[str]) -> str | None:
    """Excel's own first line `sep=;`."""
    found = _NAMED_SEPARATOR.fullmatch(lines[0]) if lines else None
    return found[1] if found else None


def cut_rows(lines: Sequence[str], separator: str) -> Iterator[Row]:
    """All rows of a table, the blank ones too."""
    at = 1 if named_separator(lines) else 0
    while at < len(lines):
        if '"' not in lines[at]:
            yield Row(at + 1, tuple(lines[at].rstrip("\r\n").split(separator)))
            at += 1
            continue
        reader = csv.reader(
            lines[at : at + _MAX_LINES], delimiter=separator, strict=True, skipinitialspace=True
        )
        try:
            cells = next(reader)
        except (csv.Error, StopIteration):
            yield _broken_row(at + 1, lines[at], separator)
            at += 1
            continue
        yield Row(at + 1, tuple(cells))
        at += reader.line_num


def _broken_row(number: int, line: str, separator: str) -> Row:
    """A quote where none belongs: `"Bob" Wilson;…` can still be read, an open one can't."""
    if line.count('"') % 2 == 0:
        try:
            return Row(number, tuple(next(csv.reader([line], delimiter=separator, skipinitialspace=True))))
        except (csv.Error, StopIteration):
            pass
    return Row(
        number, (), say("The quotation marks in this row don't pair up, so its values can't be told apart.")
    )
