"""Every rule that remarks on words has near misses of the three kinds that fool such rules.

A negation, a condition and a quotation, where the rule's kind makes sense of them: a rule about something missing, about
a length, a day or a channel says nothing about any of the three.
"""

from __future__ import annotations

import re
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
NEGATION = re.compile(
    r"\b(?:no|not|never|nothing|nobody|none|neither|nor|without|hardly|rarely|cannot)\b|n['’]t\b",
    re.IGNORECASE,
)
CONDITION = re.compile(r"\b(?:if|unless|whether|should|were|had|would|could|might)\b", re.IGNORECASE)
QUOTATION = re.compile(r"[“«\"]|\b(?:said|says|wrote|quoted?|called)\b", re.IGNORECASE)
WORDS = {
    "ask_pressure": "all",
    "ask_flattery": "all",
    "letter_hedge": "all",
    "letter_doubt_raiser": "all",
    "letter_adjective_list": "quotation",
    "letter_wrong_name": "quotation",
    "letter_wrong_pronoun": "quotation",
    "letter_wrong_institution": "all",
    "letter_placeholder": "quotation",
    "ask_placeholder": "quotation",
    "ask_waiver_loaded": "all",
}


def module_of(name: str) -> ModuleType:
    spec = util.spec_from_file_location(f"cases_of_{name}", HERE / f"test_{name}.py")
    assert spec
    assert spec.loader
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", WORDS)
def test_near_misses_hold_what_fools_a_rule_of_this_kind(name: str) -> None:
    texts = [line.strip() for case in module_of(name).CASES for line in case[2].strip().splitlines()]
    kinds = {"negation": NEGATION, "condition": CONDITION, "quotation": QUOTATION}
    wanted = kinds if WORDS[name] == "all" else {WORDS[name]: kinds[WORDS[name]]}
    missing = [kind for kind, pattern in wanted.items() if not any(pattern.search(text) for text in texts)]
    assert missing == []


def test_every_rule_has_twenty_hits_and_twenty_near_misses() -> None:
    for path in sorted(HERE.glob("test_*.py")):
        if "CASES = [" not in path.read_text(encoding="utf-8") or path.name == Path(__file__).name:
            continue
        cases = module_of(path.stem.removeprefix("test_")).CASES
        hits, misses = (sum(len(case[at].strip().splitlines()) for case in cases) for at in (1, 2))
        assert hits >= 20, path.name
        assert misses >= 20, path.name
