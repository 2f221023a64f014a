"""S17: nobody signs the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.prose import WORD, Prose
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

CLOSERS = late(
    r"^(?:yours?|very|most|kind(?:est)?|warm(?:est|ly)?|best|with|many|all|sincerely|respectfully|faithfully|cordially|regards|cheers|thanks|thank|gratefully|love|truly|wishes|and|you|the|again|in|advance|appreciation|respect)$",
    re.IGNORECASE,
)


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    """A name is a line under the body that begins with a capital and is no closing formula."""
    if prose.body_words and not any(_is_name(line) for line in prose.closing.splitlines()):
        end = len(prose.text.rstrip())
        yield Spot(end, end)


def _is_name(line: str) -> bool:
    words = WORD.findall(re.sub(r"\[[^\]]*\]|_{2,}|https?://\S+|\S+@\S+", " ", line))
    named = [word for word in words if word[:1].isupper() or not word[:1].islower()]
    if not named or len(words) > 12 or any(character.isdigit() for character in "".join(words[:1])):
        return False
    return not all(CLOSERS.match(word) for word in words) and LABEL.match(line.strip()) is None


LABEL = late(
    r"^(?:date|signed|signature|name|enc(?:losures?|l)?|cc|p\.?s\.?|phone|tel(?:ephone)?|e-?mail|fax|sent from|attachments?)\b[^A-Z]{0,3}.*$",
    re.IGNORECASE,
)


RULE: Rule[LetterFacts] = Rule(
    code="S17",
    slug="letter-unsigned",
    level=Level.ADVICE,
    sentence=msg("The letter ends without a name."),
    hint=msg("Close with your name and what you are: readers must know who speaks."),
    find=find,
)
