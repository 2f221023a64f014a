"""S21: text the applicant supplied stands unchanged."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.prose import WORD, Prose
from vouchsafe.core.words import msg

RUN = 8
"""Words in a row. Eight the same is no coincidence; a course title or a job's name may be shorter."""


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    """Every longest run of at least eight words shared with what the applicant supplied, outside quotations."""
    tokens = [(found.group().casefold(), *found.span()) for found in WORD.finditer(prose.text)]
    theirs = {
        run
        for text in facts.applicant_points
        for run in _runs([word.casefold() for word in WORD.findall(text)])
    }
    covered = [False] * len(tokens)
    for at in range(len(tokens) - RUN + 1):
        if tuple(word for word, _, _ in tokens[at : at + RUN]) in theirs:
            covered[at : at + RUN] = [True] * RUN
    for first, last in _stretches(covered):
        start, end = tokens[first][1], tokens[last][2]
        if not prose.is_quoted(start, end):
            yield Spot(start, end, {"said": " ".join(prose.text[start:end].split())})


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    for at in range(len(words) - RUN + 1):
        yield tuple(words[at : at + RUN])


def _stretches(covered: list[bool]) -> Iterator[tuple[int, int]]:
    first = None
    for at, here in enumerate([*covered, False]):
        if here and first is None:
            first = at
        elif not here and first is not None:
            yield first, at - 1
            first = None


RULE: Rule[LetterFacts] = Rule(
    code="S21",
    slug="letter-applicants-words",
    level=Level.ADVICE,
    sentence=msg("These words are the applicant’s own, unchanged: “{said}”."),
    hint=msg(
        "Say it in your words, from what you saw. Readers notice when a letter and a résumé speak with one voice."
    ),
    find=find,
    any_language=True,
)
