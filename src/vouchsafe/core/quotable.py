"""The sentences of a letter that may be put on a wall: whole ones, of its body, word for word.

A letter's pages are read off its PDF: lines are broken where the page is, and the foot repeats its number. What a page
breaks in two is left out rather than mended, for a sentence that nobody wrote must never be shown as somebody's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.patterns import late

SHORTEST = 3
"""Words from which on a sentence says something by itself."""
LONGEST = 400
"""Characters a card holds."""

_BULLET = late(r"^[\u2022\u2023\u25aa\u25cf\u25e6\u00b7]\s*")
"""Before an item of a list: drawn by the page, not said by anybody."""
_ENDS = late(r"[.!?…。！？؟।][\"”’»“')\]]*$")
_BROKEN = late(r"(?<=\w)(?:\u00ad|\u2010|\x02|\ufffe)\r?\n?(?=\w)")
_UNSPACED = late(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


def quotable(pages: Sequence[str], number: str = "") -> tuple[str, ...]:
    """Every whole sentence in the order of the pages, each once. A line that holds the letter's `number` is its foot."""
    found: dict[str, None] = {}
    for page in pages:
        text = _BROKEN.sub("", page.replace("\r\n", "\n").replace("\r", "\n"))
        for passage in Prose(text).sentences:
            sentence = _BULLET.sub("", " ".join(passage.text.split()))
            if _stands_alone(sentence) and not (number and number in sentence):
                found[sentence] = None
    return tuple(found)


def _stands_alone(sentence: str) -> bool:
    if len(sentence) > LONGEST or not _ENDS.search(sentence):
        return False
    first = next((sign for sign in sentence if sign.isalnum()), "")
    if not first or first.islower():
        return False
    return len(re.findall(r"\w+", sentence)) >= SHORTEST or bool(_UNSPACED.search(sentence))
