"""S02: somebody else stands where the applicant should: a letter left over from another person."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.names import Mention, could_be, mentions, parts_of
from vouchsafe.core.lint.people import is_slip, right_names, strangers
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.words import msg


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    found = {(one.start, one.end): one for one in strangers(prose, facts) if not is_slip(one, facts)}
    found.update({(one.start, one.end): one for one in _left_over(prose, facts)})
    for mention in sorted(found.values(), key=lambda one: one.start):
        yield Spot(mention.start, mention.end, {"said": mention.text, "about": facts.about})


def _left_over(prose: Prose, facts: LetterFacts) -> Iterator[Mention]:
    """Somebody else this writer wrote for, named so that nobody else is meant: in full, or by a part alone.

    A part alone counts only beside the full name somewhere, or where it is not part of the applicant's own name:
    first names are shared.
    """
    right = {part for parts in right_names(facts) for part in parts}
    others = [parts_of(name) for name in facts.other_people]
    named = mentions(prose)
    for other in (parts for parts in others if parts):
        in_full = [one for one in named if len(one.parts) > 1 and could_be(one.parts, other)]
        if in_full:
            yield from (one for one in named if could_be(one.parts, other) and not set(one.parts) & right)
        else:
            yield from (one for one in named if one.parts == other[-1:] and not set(one.parts) & right)


RULE: Rule[LetterFacts] = Rule(
    code="S02",
    slug="letter-wrong-name",
    level=Level.CONFIRM,
    sentence=msg("This place speaks of {said}, and the letter is for {about}."),
    hint=msg(
        "If this text began as a letter for someone else, change the name here and read on from this place."
    ),
    find=find,
)
