"""Patterns that cost nothing until they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property


class Phrases:
    """Alternatives of one pattern, case ignored, compiled when first asked.

    Most postings never speak of letters, and the commands must start at once.
    """

    def __init__(self, *parts: str) -> None:
        self.parts = parts

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{part})" for part in self.parts), re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        return self._pattern.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        return self._pattern.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self._pattern.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self._pattern.finditer(text)

    def sub(self, put: str, text: str) -> str:
        return self._pattern.sub(put, text)
