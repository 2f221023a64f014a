"""The faces a letter is set in: our own for Latin, Greek and Cyrillic, Noto's where the system has them.

Looking through a system's fonts takes a fifth of a second, so it is done once a process.
"""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

FONTS = Path(__file__).parent / "fonts"
_OWN = "Source Serif Pro"
_BUILT_IN = "Libertinus Serif"
_BEYOND = ("Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Serif Devanagari")
# One character of Chinese, Japanese and Korean is drawn in three ways: the letter's own language goes first.
_EAST = {"zh": "SC", "zh-tw": "TC", "zh-hant": "TC", "zh-hk": "HK", "ja": "JP", "ko": "KR"}
_lock = threading.Lock()


def fonts() -> typst.Fonts:
    """Every font there is: ours, the typesetter's own, the system's."""
    with _lock:
        return _fonts()


@cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(font_paths=[str(FONTS)])


@cache
def _families() -> frozenset[str]:
    return frozenset(fonts().families())


@cache
def faces(language: str) -> tuple[str, ...]:
    """The families to try one after the other for a letter in that language; whatever else there is comes last."""
    low = language.lower()
    first = _EAST.get(low) or _EAST.get(low.partition("-")[0], "SC")
    east = [first, *(region for region in ("SC", "JP", "KR") if region != first)]
    wanted = (
        _OWN,
        *_BEYOND,
        _BUILT_IN,
        *(f"Noto {style} CJK {region}" for region in east for style in ("Serif", "Sans")),
    )
    return tuple(family for family in wanted if family in _families())
