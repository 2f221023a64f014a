"""T17: the same person was asked less than 48 hours ago."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from vouchsafe.core.composing.facts import AskFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.words import msg

PAUSE = timedelta(hours=48)
"""Never two within 48 hours (writers' policies)."""


def find(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    if facts.last_asked_at is None or facts.now is None:
        return
    since = facts.now - facts.last_asked_at
    if timedelta(0) <= since < PAUSE:
        hours = int(since / timedelta(hours=1))
        yield Spot(0, 0, {"hours": hours})


RULE: Rule[AskFacts] = Rule(
    code="T17",
    slug="ask-again-soon",
    level=Level.ADVICE,
    sentence=msg("The same person was asked {hours} hours ago."),
    hint=msg("Give it two days at least. Two mails in two days feel like three."),
    find=find,
    any_language=True,
)
