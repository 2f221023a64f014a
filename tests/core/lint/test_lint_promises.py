"""What holds for every rule: composed asks are clean, spans lie in the text, docs and tests are complete."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.core.composing import AskFacts, Due, Method, Place, Purpose, Tie, Waiver, compose_ask
from vouchsafe.core.lint import LetterFacts, Level, check_ask, check_text
from vouchsafe.core.lint.balance import EXCEPT, STEMS, Kind, balance
from vouchsafe.core.lint.registry import RULES

ROOT = Path(__file__).resolve().parents[3]
FULL = AskFacts(
    applicant="Maya Okafor",
    writer="Tomasz Zielinski",
    salutation="Tomasz",
    pronouns="she/her",
    worked_together="in the yard at Fernway",
    worked_when="2021 to 2023",
    saw="moved the whole floor in one weekend",
    appreciation="I learnt more from your Monday walks through the yard than from any course",
    opportunity="programme analyst",
    institution="Harbour & Vale Trust",
    due=Due(date(2026, 10, 30), time(17), "Europe/London"),
    places=(Place("Harbour & Vale Trust", Method.READER_LINK),),
    points=("the stock count of 2022", "training three new people"),
    attachments=("my résumé", "the posting"),
    now=datetime(2026, 9, 25, 9, tzinfo=UTC),
)


@pytest.mark.parametrize("tie", Tie)
@pytest.mark.parametrize("waiver", Waiver)
@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("own_words", ["", "I still think of the spring we rebuilt the north shelves."])
def test_composed_ask_full_facts_draws_no_finding(
    tie: Tie, waiver: Waiver, purpose: Purpose, own_words: str
) -> None:
    facts = replace(FULL, tie=tie, waiver=waiver, purpose=purpose, own_words=own_words)
    assert check_ask(compose_ask(facts).text(), facts) == ()


def test_composed_ask_marked_place_asks_for_a_second_click() -> None:
    facts = replace(FULL, waiver=Waiver.OPEN, appreciation="")
    found = check_ask(compose_ask(facts).text(), facts)
    assert ("T01", Level.CONFIRM) in {(finding.code, finding.level) for finding in found}


@given(st.text(max_size=300), st.text(max_size=20), st.sampled_from(["", "she", "they/them", "he/him"]))
@settings(max_examples=100, deadline=None)
def test_findings_any_text_lie_within_it_and_come_in_order(text: str, about: str, pronouns: str) -> None:
    facts = LetterFacts(about=about, pronouns=pronouns, institution=about)
    for found in (check_text(text, facts), check_ask(text, replace(FULL, writer=about))):
        assert all(0 <= one.start <= one.end <= len(text) for one in found)
        assert [one.start for one in found] == sorted(one.start for one in found)


@pytest.mark.parametrize(
    "piece",
    ["a ", "[", "(", "He is a ", "Maria and ", "x.\n", "“", "I recommend Kelly ", "the the ", "______ "],
)
def test_lint_long_monotonous_text_ends_soon(piece: str) -> None:
    """Seconds of this process alone: far above what it takes, far below what a runaway pattern would."""
    text = piece * (6000 // len(piece))
    begun = process_time()
    check_text(text, LetterFacts(about="Kelly", pronouns="she", institution="Leeds"))
    check_ask(text, FULL)
    assert process_time() - begun < 15


def test_rules_codes_and_slugs_are_unique_and_in_order() -> None:
    for letter in "TS":
        codes = [rule.code for rule in RULES if rule.code.startswith(letter)]
        assert codes == [f"{letter}{n:02}" for n in range(1, len(codes) + 1)]
    assert len({rule.slug for rule in RULES}) == len(RULES)


def test_rules_one_file_each_and_all_registered() -> None:
    files = {path.stem for path in (ROOT / "src/vouchsafe/core/lint/rules").glob("*.py")} - {"__init__"}
    assert files == {rule.slug.replace("-", "_") for rule in RULES}


def test_rules_second_click_is_asked_only_for_wrong_place_name_pronoun_or_blank() -> None:
    asking = {rule.slug for rule in RULES if rule.level is Level.CONFIRM}
    assert asking == {
        *(
            "ask-placeholder",
            "ask-wrong-name",
            "letter-placeholder",
            "letter-wrong-name",
            "letter-misspelt-name",
        ),
        *("letter-wrong-pronoun", "letter-wrong-institution", "letter-wrong-opportunity"),
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_has_twenty_hits_and_twenty_near_misses(rule: Any) -> None:
    slug = rule.slug.replace("-", "_")
    spec = spec_from_file_location("cases", Path(__file__).with_name(f"test_{slug}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    assert rule.code == module.CODE
    for column in (1, 2):
        assert sum(len(case[column].strip().splitlines()) for case in module.CASES) >= 20


def test_rules_and_docs_match() -> None:
    """Every rule has its section in docs/lint.md with its level and sentence, and nothing else has one."""
    page = (ROOT / "docs/lint.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### ([TS]\d\d) ([a-z-]+)$", page, re.MULTILINE))
    assert sections == {rule.code: rule.slug for rule in RULES}
    for rule in RULES:
        section = page.split(f"### {rule.code} ")[1].split("\n### ")[0].split("\n## ")[0]
        assert f"*{rule.level}*" in section
        assert rule.sentence in section
        assert rule.hint in section


def test_balance_words_name_no_sex_and_stand_in_one_list() -> None:
    gendered = re.compile(
        r"^(?:wo)?m[ae]n$|^girl|^boy|^lady|^gentlem|^mother|^father|^husband|^wife|^(?:he|she|his|hers?)$"
    )
    for kind, stems in STEMS.items():
        assert not [stem for stem in stems if gendered.match(stem)]
        for other in Kind:
            assert other is kind or not stems & STEMS[other]
    assert not EXCEPT & frozenset.union(*STEMS.values())


def test_balance_counts_and_says_source_and_limits() -> None:
    picture = balance(
        "She led the team with courage. She is kind and helps. She is the best. She is diligent and the most careful of all."
    )
    assert picture is not None
    counts = {share.kind: share.words for share in picture.shares}
    assert counts[Kind.AGENTIC] == ("led", "courage")
    assert counts[Kind.COMMUNAL] == ("kind", "helps")
    assert counts[Kind.STANDOUT] == ("best",)
    assert counts[Kind.GRINDSTONE] == ("diligent",)
    assert "our own" in str(picture.source)
    assert "one person" in str(picture.limits)


def test_balance_writers_confidence_is_not_the_applicants() -> None:
    picture = balance("I am confident that she will do well in your programme and in the years to come.")
    assert picture is not None
    assert picture.share(Kind.AGENTIC).count == 0


def test_balance_other_language_draws_no_picture() -> None:
    assert balance("尊敬的招聘经理：我很荣幸为罗生撰写这封推荐信。") is None
