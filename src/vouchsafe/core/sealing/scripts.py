"""In which writing a letter is, from its words: that settles its language tag, its direction and its fonts.

A writer is not asked for it. What the letters of the Latin alphabet can't tell (English or German) stays as it was.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

# The first code of each range, its end, and the writing. Only writings we set in a face of our own choice.
_RANGES = (
    (0x0370, 0x03FF, "greek"),
    (0x1F00, 0x1FFF, "greek"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0590, 0x05FF, "hebrew"),
    (0x0600, 0x06FF, "arabic"),
    (0x0750, 0x077F, "arabic"),
    (0x08A0, 0x08FF, "arabic"),
    (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFC, "arabic"),
    (0x0900, 0x097F, "devanagari"),
    (0x3040, 0x30FF, "kana"),
    (0x1100, 0x11FF, "hangul"),
    (0xAC00, 0xD7AF, "hangul"),
    (0x3400, 0x4DBF, "han"),
    (0x4E00, 0x9FFF, "han"),
    (0x20000, 0x323AF, "han"),
)
_LANGUAGES = {"greek": "el", "hebrew": "he", "devanagari": "hi", "kana": "ja", "hangul": "ko", "han": "zh"}
# Letters that only one of the languages of a writing has, in the order in which they are looked for.
_TELLING = {
    "arabic": (("ur", "ٹڈڑےںھ"), ("fa", "پچژگ")),
    "cyrillic": (("uk", "іїєґ"), ("be", "ў"), ("sr", "ђћџљњ"), ("mk", "ѓќѕ")),
}
_OTHERWISE = {"arabic": "ar", "cyrillic": "ru"}
_LATIN = frozenset({"en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "fi", "cs"})


def scripts_of(text: str) -> Counter[str]:
    """How many letters of each writing a text has, `latin` and those named above."""
    found: Counter[str] = Counter()
    for letter, many in Counter(text).items():
        if letter.isalpha():
            found[_script(ord(letter))] += many
    return found


def language_of(text: str, otherwise: str = "en-GB") -> str:
    """The language tag of a text: `otherwise`, unless most of its letters are of a writing that it can't be.

    Han beside a tenth as much kana is Japanese, beside as much Hangul Korean.
    """
    found = scripts_of(text)
    together = found["han"] + found["kana"] + found["hangul"]
    if together and together * 2 > found.total():
        script = next((one for one in ("kana", "hangul") if found[one] * 10 >= together), "han")
    else:
        script = found.most_common(1)[0][0] if found else "latin"
    if script == "latin" or script == "other":
        return otherwise
    if otherwise.partition("-")[0] not in _LATIN:
        return otherwise
    if script in _LANGUAGES:
        return _LANGUAGES[script]
    folded = set(text.casefold())
    for language, letters in _TELLING[script]:
        if folded.intersection(letters):
            return language
    return _OTHERWISE[script]


def runs_right_to_left(texts: Iterable[str]) -> bool | None:
    """Whether words run from right to left, by the first letter that says so; None when none does."""
    for text in texts:
        for letter in text:
            direction = unicodedata.bidirectional(letter)
            if direction in ("R", "AL"):
                return True
            if direction == "L":
                return False
    return None


def _script(code: int) -> str:
    if code < 0x0250 or 0x1E00 <= code <= 0x1EFF:
        return "latin"
    return next((script for first, last, script in _RANGES if first <= code <= last), "other")
