"""T02: the ask greets, or is signed by, somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.composing.facts import AskFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.names import could_be, parts_of
from vouchsafe.core.lint.prose import CLOSING, Prose
from vouchsafe.core.lint.wordsets import word_set
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

GREETED = late(
    r"^\s*(?:dear|hello|hi|hey|good\s+(?:morning|afternoon|evening))\s+(?P<name>[^,;:!\n]{1,60}?)\s*(?:[,;:!]|$|\s[-–—])",
    re.IGNORECASE,
)
NOBODY = word_set(
    "sir madam sirs all team both colleague friend recipient hiring manager there "
    "everyone teacher mentor coach boss supervisor prof professor dr doctor or madam whom it may concern or miss whom it may concern"
)


def find(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    """The greeting must fit the writer's name or the salutation given, the signature the applicant's."""
    yield from _greeted(prose, facts)
    yield from _signed(prose, facts)


def _greeted(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    start, end = prose.greeting_span
    found = GREETED.match(prose.text[start:end])
    if found is None:
        return
    said = parts_of(found.group("name"))
    right = [parts for parts in (parts_of(facts.writer), parts_of(facts.salutation)) if parts]
    if not said or not right or set(said) <= NOBODY or any(could_be(said, parts) for parts in right):
        return
    at = start + found.start("name")
    yield Spot(at, at + len(found.group("name")), {"said": found.group("name"), "right": facts.greeting_name})


def _signed(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    """The first line under the body that is a name and nothing else."""
    about = parts_of(facts.applicant)
    at = prose.closing_start
    for line in prose.closing.splitlines(keepends=True):
        name = line.strip().rstrip(".,")
        if NAME_LINE.match(name) and not CLOSING.match(line.rstrip("\n")) and about:
            if not could_be(parts_of(name), about):
                start = at + line.index(name)
                yield Spot(start, start + len(name), {"said": name, "right": facts.applicant})
            return
        at += len(line)


NAME_LINE = late(
    r"^[^\W\d_a-z][\w'’.-]*(?:\s+(?:(?:van|von|de|der|den|la|del|bin|al|da|dos)\s+)*[^\W\d_a-z][\w'’.-]*){0,3}$"
)


RULE: Rule[AskFacts] = Rule(
    code="T02",
    slug="ask-wrong-name",
    level=Level.CONFIRM,
    sentence=msg("“{said}” stands where {right} should."),
    hint=msg("Change the name if it is left over from another ask."),
    find=find,
)
