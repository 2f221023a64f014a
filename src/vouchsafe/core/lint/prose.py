"""A text made ready for rules: its zones, sentences and quotations, with offsets into the original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from vouchsafe.core.lint.wordsets import word_set
from vouchsafe.core.patterns import late

WORD = late(r"[^\W_]+(?:['’\-‐‑][^\W_]+)*")
GREETING = late(
    r"^[ \t]*(?:dear|to whom|hello|hi|hey|good (?:morning|afternoon|evening)|to the(?=[^.\n]{0,70}$)|attention|attn)\b[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
CLOSING = late(
    r"^[ \t]*(?:(?:yours?|very|most|kind(?:est)?|warm(?:est|ly)?|best|with|many|all|sincerely|respectfully"
    r"|faithfully|cordially|regards|cheers|thanks|thank you|gratefully|love)"
    r"(?:[ \t]+(?:yours|sincerely|faithfully|truly|respectfully|cordially|gratefully|regards|wishes|the|best"
    r"|kind|warm|thanks|very|much|many|again|and|you|in|advance|appreciation|respect|gratitude))*)[ \t]*[,.!]?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
STOP = late(r"(?<=[.!?…])[\"”’')\]]*(?=\s)|\n[ \t]*\n|\n(?=[ \t]*[-*•–])")
ABBREVIATION = late(
    r"(?:\b(?:dr|mr|mrs|ms|mx|prof|st|jr|sr|e\.g|i\.e|etc|vs|approx|dept|univ|no|fig|vol|al|inc|ltd|co"
    r"|ph\.d|m\.d|b\.a|m\.a|b\.sc|m\.sc)|(?:^|[\s.(])[^\W\d_])\.$",
    re.IGNORECASE,
)
QUOTED = late(r"“[^”\n]{1,600}”|«[^»\n]{1,600}»|(?<!\w)\"[^\"\n]{1,600}\"(?!\w)|^>.*$", re.MULTILINE)
ENGLISH = word_set(
    """
    the of and to in a is that for it as was with be by on not he his but at are this have from or
    her she an they i my me you your we our will would has had if please thank could write letter
    """
)
SHORT_LINE = 55
"""A line shorter than this ends what it says (an address, a signature); a longer one was wrapped."""


LONGEST_SENTENCE = 1500
"""Characters. What runs on longer is no sentence; cut, so that no text takes long to look over."""


class Zone(StrEnum):
    HEADING = "heading"
    GREETING = "greeting"
    BODY = "body"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence or line, with its offsets and the zone it stands in."""

    text: str
    start: int
    end: int
    zone: Zone


class Prose:
    """The text and what can be read off it. Offsets always count characters of the given text."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def body_start(self) -> int:
        return self._greeting[1] if self._greeting else 0

    @cached_property
    def _greeting(self) -> tuple[int, int] | None:
        """The first line that greets, unless half the text is over by then."""
        found = GREETING.search(self.text)
        if found is None or (found.start() > 900 and found.start() > len(self.text) // 2):
            return None
        return found.start(), _greeting_end(found)

    @cached_property
    def closing_start(self) -> int:
        """Where the closing formula begins; the end of the text if there is none."""
        last = None
        for found in CLOSING.finditer(self.text, self.body_start):
            after = self.text[found.end() :]
            if len(WORD.findall(after)) <= 60:
                last = found
                break
        return last.start() if last else self._unclosed_signature()

    def _unclosed_signature(self) -> int:
        """Without a closing formula, short last lines with no stop are a signature."""
        at = len(self.text.rstrip())
        body = self.text[:at]
        while (line_start := body.rfind("\n", self.body_start, at) + 1) > self.body_start:
            line = body[line_start:at].strip()
            if line and (len(line) > SHORT_LINE or line[-1] in ".!?,;:…" or len(WORD.findall(line)) > 6):
                break
            if line.startswith(("-", "*", "•")):
                break
            at = line_start - 1
        rest = body[at:].strip()
        return at if rest and at > self.body_start else len(self.text)

    @cached_property
    def has_closing_formula(self) -> bool:
        return CLOSING.match(self.text, self.closing_start) is not None

    @cached_property
    def greeting(self) -> str:
        return self.text[slice(*self._greeting)] if self._greeting else ""

    @cached_property
    def greeting_span(self) -> tuple[int, int]:
        return self._greeting or (0, 0)

    @cached_property
    def body(self) -> str:
        return self.text[self.body_start : self.closing_start]

    @cached_property
    def body_end(self) -> int:
        return self.body_start + len(self.body.rstrip())

    @cached_property
    def heading(self) -> str:
        return self.text[: self._greeting[0]] if self._greeting else ""

    @cached_property
    def closing(self) -> str:
        return self.text[self.closing_start :]

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every sentence in order, over all zones."""
        bounds = (
            (0, self._greeting[0] if self._greeting else 0, Zone.HEADING),
            (*self.greeting_span, Zone.GREETING),
            (self.body_start, self.closing_start, Zone.BODY),
            (self.closing_start, len(self.text), Zone.CLOSING),
        )
        return tuple(
            Passage(self.text[start:end], start, end, zone)
            for zone_start, zone_end, zone in bounds
            for start, end in self._split(zone_start, zone_end, lines=zone in (Zone.HEADING, Zone.CLOSING))
        )

    @cached_property
    def sentences(self) -> tuple[Passage, ...]:
        """The sentences of the body."""
        return tuple(passage for passage in self.passages if passage.zone is Zone.BODY)

    def _split(self, start: int, end: int, *, lines: bool) -> Iterator[tuple[int, int]]:
        at = start
        for stop in (*self._stops(start, end, lines=lines), end):
            while stop - at > LONGEST_SENTENCE:
                cut = self.text.rfind(" ", at + 1, at + LONGEST_SENTENCE)
                cut = cut if cut > at else at + LONGEST_SENTENCE
                yield from _trimmed(self.text, at, cut)
                at = cut
            yield from _trimmed(self.text, at, stop)
            at = max(at, stop)

    def _stops(self, start: int, end: int, *, lines: bool) -> list[int]:
        stops = [
            found.end()
            for found in STOP.finditer(self.text, start, end)
            if not ABBREVIATION.search(self.text[max(start, found.start() - 12) : found.start()])
        ]
        line_start = start
        for found in re.finditer(r"\n", self.text[start:end]):
            at = start + found.start()
            if lines or at - line_start < SHORT_LINE:
                stops.append(at)
            line_start = at + 1
        return sorted(stops)

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        return tuple(found.span() for found in QUOTED.finditer(self.text))

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether the span lies inside a quotation: what someone else said is not what the text says."""
        return any(left <= start and end <= right for left, right in self.quotations)

    def passage_at(self, offset: int) -> Passage:
        for passage in self.passages:
            if passage.start <= offset < passage.end:
                return passage
        return Passage("", offset, offset, Zone.BODY)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(WORD.findall(self.text))

    @cached_property
    def body_words(self) -> tuple[str, ...]:
        return tuple(WORD.findall(self.body))

    @cached_property
    def is_english(self) -> bool:
        """Whether the rules that know English words may speak. An empty text counts as English."""
        words = [word.lower() for word in self.words]
        letters = sum(character.isalpha() for character in self.text)
        latin = sum(character.isalpha() and character < "ɐ" for character in self.text)
        if not words:
            return letters == 0
        common = sum(word in ENGLISH for word in words)
        return latin * 2 > letters and (common * 9 >= len(words) or len(words) < 12)


def _greeting_end(found: re.Match[str]) -> int:
    """A greeting may run on into the first sentence (`Dear Ben, thank you…`): it ends at its comma."""
    line = found.group()
    if len(line) <= SHORT_LINE + 15 and line.rstrip().endswith((",", ":", ";")):
        return found.end()
    comma = re.search(r"[,:;.!]\s", line)
    if comma is None:
        return found.end() if len(line) <= SHORT_LINE else found.start()
    return found.start() + comma.end() - 1


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
