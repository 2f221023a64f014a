"""S12: a list of adjectives in the place of an episode."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.phrases import is_negated, phrases, said_in
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

QUALITY = (
    r"(?:\w+ly )?(?:(?:hard|well|self|team|detail|goal|result|results|open|quick|easy|kind|level|forward|out|highly|strong|warm|good|like|single|clear|deep)[- ](?:\w+)"
    r"|\w+(?:ful|ous|ive|ent|ant|able|ible|ic|ical|al|ate|some|worthy|less|hearted|minded|spoken|driven|oriented|going)"
    r"|diligent|honest|kind|smart|bright|clever|warm|calm|punctual|loyal|humble|modest|polite|tactful|friendly|gentle|patient|keen|eager|skilled|gifted|talented|dedicated|committed|motivated"
    r"|determined|organi[sz]ed|disciplined|focused|experienced|educated|accomplished|devoted|hardworking|trusted|driven|tireless|curious|thorough|sincere|mature|brave|bold|fair|firm|steady|sharp|quick|witty"
    r"|inspiring|caring|outstanding|engaging|outgoing|understanding|daring|hard working|cheerful|trustworthy|wise|strong|generous|articulate|passionate|considerate|energetic|enthusiastic|charismatic|fun)"
)
SERIES = phrases(
    rf"{QUALITY}, (?:and )?(?:\w+ly )?{QUALITY},? (?:and|&) (?:an? |very |highly |truly |always )?{QUALITY}",
    rf"{QUALITY}, {QUALITY}, {QUALITY}",
)


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    """Three qualities in a row, unless the sentence goes on to show one (a because, a when, a figure)."""
    for found in said_in(prose, SERIES, start=prose.body_start, end=prose.closing_start):
        sentence = prose.passage_at(found.start())
        rest = prose.text[found.end() : sentence.end]
        if not (SHOWN.search(rest) or is_negated(prose, found.start()) or THINGS.match(rest)):
            yield Spot(found.start(), found.end(), {"said": " ".join(found.group().split())})


SHOWN = late(
    r"\b(?:when|because|as\s+(?:in|when|shown)|for\s+(?:example|instance)|the\s+day|once|after)\b|[:;–—(]|\d",
    re.IGNORECASE,
)
THINGS = late(
    r"^\s+(?:funds?|money|bodies|methods?|models?|tests?|systems?|data|materials?|drugs?|techniques?|sources?|languages?|regions?|markets?|events?|projects?|problems?|topics?|services?|chemistry|styles?|files?|papers?|literatures?|law|sciences?|issues?|stages?|areas?|fields?|tools?|dishes|meals|genres?|history|analyses|analysis|studies|reports?|contexts?|texts?|products?|structures?|factors?|reasons?|aspects?|components?|measures?|changes?|music|theatre|roles?|responsibilities|disciplines?|courses?|subjects?|equipment|surgery|patients)\b",
    re.IGNORECASE,
)


RULE: Rule[LetterFacts] = Rule(
    code="S12",
    slug="letter-adjective-list",
    level=Level.ADVICE,
    sentence=msg("“{said}” lists qualities."),
    hint=msg("Keep the one that matters most here, and say what you saw that shows it."),
    find=find,
)
