"""Every rule of both families."""

from __future__ import annotations

from vouchsafe.core.composing.facts import AskFacts
from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Rule
from vouchsafe.core.lint.substance import SUBSTANCE
from vouchsafe.core.lint.tact import TACT

RULES: tuple[Rule[AskFacts] | Rule[LetterFacts], ...] = (*TACT, *SUBSTANCE)
