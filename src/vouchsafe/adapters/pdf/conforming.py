"""A copy that meets a portal's limits: its paper, its size. Each page says that it is a copy and where to check.

The sealed file itself is never changed; what a portal takes is made from it anew.
"""

from __future__ import annotations

from datetime import datetime

from vouchsafe.adapters.pdf.processes import run_limited
from vouchsafe.adapters.pdf.typesetting import compile_pdf
from vouchsafe.core.words import Refusal, msg

SHARPNESS = (150, 110, 80)  # dots an inch; below the last a letter can't be read any more


class CopyTooLarge(Refusal):
    code = "copy-too-large"
    msgid = msg("The letter can’t be made smaller than {size} MB and stay readable; they take {most} MB.")
    hint_msgid = msg("Ask there whether they take a larger file, or seal a letter with fewer pictures.")


def conforming_copy(
    pdf: bytes, *, line: str, title: str, paper: str = "", most_bytes: int | None = None, when: datetime
) -> bytes:
    """The letter on that paper ("a4", "us-letter", or its own), with `line` at the head of each page.

    Its text stays text. Only where that is too large are its pages drawn as pictures, the sharpest that fit, with the
    words unseen over them; and only where none fits with its words, without them. Refuses a size that no readable
    copy has.
    """
    marks = compile_pdf(
        "marks.typ", {"title": title, "reader": "", "lines": [line]}, when=when, standards=["a-2a"]
    )
    _, made = run_limited(
        "vouchsafe.adapters.pdf.assembling:conform_job", {"title": title, "paper": paper}, [marks, pdf]
    )
    copy = made[0]
    smallest = len(copy)
    if most_bytes is None or smallest <= most_bytes:
        return copy
    without_words = b""
    for dots in SHARPNESS:
        _, (worded, wordless) = run_limited(
            "vouchsafe.adapters.pdf.drawn_pages:picture_pages_job", {"dots": dots, "title": title}, [copy]
        )
        smallest = min(smallest, len(wordless))
        if len(worded) <= most_bytes:
            return worded
        if len(wordless) <= most_bytes:
            without_words = without_words or wordless
    if without_words:
        return without_words
    raise CopyTooLarge(size=f"{smallest / 1e6:.2f}", most=f"{most_bytes / 1e6:.2f}")
