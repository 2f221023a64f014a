"""T08: the ask gives a date without time or zone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.composing.facts import AskFacts, Channel
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.lint.rules.ask_no_date import find as no_date
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

ZONE = late(
    r"\b(?:UTC|GMT|BST|CET|CEST|EET|EEST|WET|WEST|MSK|IST|EST|EDT|CST|CDT|MST|MDT|PST|PDT|AKST|HST|JST|KST|AEST|AEDT|NZST|NZDT|SAST|WAT|CAT|EAT|AoE)\b"
    r"|\b[A-Z][a-z]+/[A-Z][A-Za-z_]+|(?<![.!?]\s)(?<!\n)\b[A-Z][\w.]+(?:\s[A-Z]\w+)?\s+time\b"
    r"|(?i:\banywhere\s+on\s+earth|\btime\s+zone|\b(?:local|our|eastern|central|mountain|pacific|summer|standard)\s+time\b|\bany\s+(?:time|hour)\s+(?:(?:on|of)\s+)?(?:that|the)\s+day"
    r"|\bend\s+of\s+(?:that|the)\s+day|\bclose\s+of\s+business|\bmidnight\s+(?:here|there|in)\b|\b(?:here|there)\s+in\s+[A-Z])"
)


def find(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    """Only by mail, and only where a date is given at all: T07 speaks where there is none."""
    if (
        facts.channel is not Channel.MAIL
        or not prose.body_words
        or next(no_date(prose, facts), None) is not None
    ):
        return
    if not any(
        not prose.is_quoted(*found.span()) for found in ZONE.finditer(prose.body)
    ) and not NO_DATE.search(prose.body):
        yield Spot(prose.body_end, prose.body_end)


NO_DATE = late(
    r"\b(?:no\s+(?:fixed\s+)?(?:deadline|date|hurry|rush)|whenever\s+(?:it\s+)?suits)", re.IGNORECASE
)


RULE: Rule[AskFacts] = Rule(
    code="T08",
    slug="ask-no-zone",
    level=Level.NOTE,
    sentence=msg("It gives a day, but not until what hour or in which time zone."),
    hint=msg(
        "“17:00, London time” spares a writer elsewhere the doubt. If any time that day will do, say so."
    ),
    find=find,
)
