"""The two doors of the lint: an ask for its applicant, a letter for its writer alone."""

from __future__ import annotations

from collections.abc import Iterable

from vouchsafe.core.composing.facts import AskFacts
from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Finding
from vouchsafe.core.lint.prose import Prose


def check_ask(text: str, facts: AskFacts) -> tuple[Finding, ...]:
    """Tact: what an ask, a mail or talking points, could do better. In the order of the text."""
    from vouchsafe.core.lint.tact import TACT  # each family compiles only when it is asked for

    prose = Prose(text)
    return _ordered(finding for rule in TACT for finding in rule.check(prose, facts))


def check_text(text: str, facts: LetterFacts) -> tuple[Finding, ...]:
    """Substance: what a letter's writer may want to look at again. Never shown to anyone else."""
    from vouchsafe.core.lint.substance import SUBSTANCE

    prose = Prose(text)
    return _ordered(finding for rule in SUBSTANCE for finding in rule.check(prose, facts))


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.start, finding.end, finding.code)))
