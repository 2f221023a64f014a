"""Tables that open safely in a spreadsheet: no cell of ours is ever taken for a formula.

The leading characters are those of OWASP's "CSV injection" (= + - @, tab, return) and, beyond it, line feed and the
full-width forms some programs fold into them. A quotation mark before them makes a spreadsheet show the text as it is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = "0123456789.,"


def safe_cell(value: object) -> str:
    """The value as a cell. NUL bytes go; a plain negative number stays a number."""
    text = "" if value is None else str(value).replace("\x00", "")
    if not text.lstrip(" \u00a0\ufeff").startswith(_DANGEROUS):
        return text
    if text[0] == "-" and text[1:] and all(each in _NUMBER for each in text[1:]):
        return text
    return "'" + text


def to_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a byte order mark, as Excel wants it, every cell quoted and safe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([safe_cell(head) for head in heads])
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
    return out.getvalue().encode("utf-8-sig")
