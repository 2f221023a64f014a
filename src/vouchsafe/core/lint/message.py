"""The check of a message that goes to several people at once: what holds whoever reads it."""

from __future__ import annotations

from vouchsafe.core.composing.facts import AskFacts
from vouchsafe.core.lint.findings import Finding
from vouchsafe.core.lint.prose import Prose


def check_message(text: str, applicant: str) -> tuple[Finding, ...]:
    """Places left to fill, pressure and empty praise, in the order of the text."""
    from vouchsafe.core.lint.rules.ask_flattery import RULE as ASK_FLATTERY
    from vouchsafe.core.lint.rules.ask_placeholder import RULE as ASK_PLACEHOLDER
    from vouchsafe.core.lint.rules.ask_pressure import RULE as ASK_PRESSURE

    prose, facts = Prose(text), AskFacts(applicant=applicant, writer="")
    found = [
        finding
        for rule in (ASK_PLACEHOLDER, ASK_PRESSURE, ASK_FLATTERY)
        for finding in rule.check(prose, facts)
    ]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end, finding.code)))
