"""The file that gettext reads. Written here, for Babel's holds the day and its own version: ours differ only with the words."""

from __future__ import annotations

import struct
from collections.abc import Mapping

MAGIC = 0x950412DE
_HEAD = "<7I"
_PAIR = "<2I"


def mo_bytes(
    translations: Mapping[tuple[str, ...], tuple[str, ...]], *, language: str, plural_forms: str
) -> bytes:
    """From (context, sentence[, plural]) to its forms; the same sentences give the same bytes."""
    header = (
        f"Language: {language}\nPlural-Forms: {plural_forms}\nContent-Type: text/plain; charset=utf-8\n"
        "Content-Transfer-Encoding: 8bit\n"
    )
    rows = [(b"", header.encode())]
    for (context, *ids), forms in translations.items():
        key = "\0".join(ids).encode()
        rows.append((context.encode() + b"\4" + key if context else key, "\0".join(forms).encode()))
    rows.sort()
    start = struct.calcsize(_HEAD)
    pair = struct.calcsize(_PAIR)
    at = start + 2 * pair * len(rows)
    tables, texts = [], []
    for column in (0, 1):
        for row in rows:
            tables.append(struct.pack(_PAIR, len(row[column]), at))
            texts.append(row[column] + b"\0")
            at += len(row[column]) + 1
    head = struct.pack(_HEAD, MAGIC, 0, len(rows), start, start + pair * len(rows), 0, 0)
    return b"".join((head, *tables, *texts))
