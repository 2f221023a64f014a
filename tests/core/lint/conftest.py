"""Each rule's test file holds CODE and CASES: facts, hits and near misses, one text a line.

A ` / ` in a case is a new line. Cases were written from what the rule is for, not from its code:
with negation, condition and quotation among the near misses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from vouchsafe.core.composing.read_facts import read_facts
from vouchsafe.core.lint import LetterFacts
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.lint.substance import SUBSTANCE
from vouchsafe.core.lint.tact import TACT


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    cases = getattr(metafunc.module, "CASES", None)
    for name, column in (("hit", 1), ("near_miss", 2)):
        if cases is not None and name in metafunc.fixturenames:
            texts = [(line, case[0]) for case in cases for line in case[column].strip().splitlines()]
            metafunc.parametrize(name, texts, ids=[text[:60] for text, _ in texts])


@pytest.fixture
def fires() -> Callable[[str, str, dict[str, object]], bool]:
    """Whether the rule of that code remarks on the text."""

    def check(code: str, text: str, facts: dict[str, Any]) -> bool:
        lines = text.strip().replace(" / ", "\n")
        if code.startswith("T"):
            tact = next(rule for rule in TACT if rule.code == code)
            return any(tact.check(Prose(lines), read_facts(facts)))
        substance = next(rule for rule in SUBSTANCE if rule.code == code)
        return any(substance.check(Prose(lines), LetterFacts(**facts)))

    return check
