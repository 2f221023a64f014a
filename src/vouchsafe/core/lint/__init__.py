"""Lint that advises and never blocks: tact for the ask, substance for the letter."""

from vouchsafe.core.composing.facts import AskFacts
from vouchsafe.core.lint.check import check_ask, check_text
from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Finding, Level

__all__ = ["AskFacts", "Finding", "LetterFacts", "Level", "check_ask", "check_text"]
