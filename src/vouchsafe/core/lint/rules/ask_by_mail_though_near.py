"""T18: a mail to someone met every week."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.composing.facts import AskFacts, Channel
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.words import msg


def find(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    """Silent once they have spoken of it, and for anything but a mail."""
    if (
        facts.channel is Channel.MAIL
        and facts.meets_weekly
        and not facts.met.strip()
        and not facts.said.strip()
    ):
        yield Spot(0, 0)


RULE: Rule[AskFacts] = Rule(
    code="T18",
    slug="ask-by-mail-though-near",
    level=Level.ADVICE,
    sentence=msg("You see each other every week. A word in person comes first."),
    hint=msg("Ask when you next meet, then send this the same day. The brief holds what to say."),
    find=find,
    any_language=True,
)
