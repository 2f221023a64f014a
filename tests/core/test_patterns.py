"""Expressions put off, and fitted to one text: whatever is dropped could not have matched."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vouchsafe.core.lint
import vouchsafe.core.lint.rules
from vouchsafe.core.composing.facts import AskFacts
from vouchsafe.core.lint import LetterFacts, check_ask, check_text
from vouchsafe.core.patterns import Standing, _Late, fitted, late, one_text
from vouchsafe.doors.cli import main

LETTER = (
    "Dear Admissions Committee of Bryn Mawr,\n\nIn the three years I have known Ada she has been the best of "
    "forty. When the pump failed she rebuilt it overnight, and I can't praise that enough. She is diligent, "
    "careful and kind, although a little shy. I am sure [university] would be lucky to have her.\n\nYours,\nBen\n"
)
WORDS = st.sampled_from(["an", "ant", "and", "best", "bean", "I", "ıt", "İt", "ſo", "so"])
ATOMS = st.one_of(
    WORDS, st.sampled_from([r"\s+", r"\w+", "[a-c]", "colou?r", "an*", "be{0,2}t", r"\b", ".", "’"])
)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    branches = st.lists(inner, min_size=1, max_size=3).map("|".join)
    groups = st.tuples(branches, st.sampled_from(["", "?", "*", "+", "{0,2}", "{1,2}", "??"]))
    ahead = st.tuples(st.sampled_from(["(?!", "(?=", "(?<!x)(?="]), branches).map(
        lambda it: f"{it[0]}{it[1]})"
    )
    return st.lists(
        st.one_of(inner, groups.map(lambda it: f"(?:{it[0]}){it[1]}"), ahead), min_size=1, max_size=3
    ).map("".join)


SOURCES = st.recursive(ATOMS, _grown, max_leaves=9)


@settings(max_examples=150, deadline=None)
@given(SOURCES, st.lists(WORDS, max_size=5).map(" ".join), st.sampled_from([0, re.IGNORECASE]))
def test_a_fitted_expression_matches_what_the_whole_one_does(source: str, text: str, flags: int) -> None:
    whole = re.compile(source, flags)
    short = re.compile(fitted(source, Standing(text)), flags)
    assert [found.span() for found in whole.finditer(text)] == [
        found.span() for found in short.finditer(text)
    ]


def _lint_patterns() -> list[_Late]:
    packages = (vouchsafe.core.lint, vouchsafe.core.lint.rules)
    modules = [
        import_module(f"{package.__name__}.{info.name}")
        for package in packages
        for info in iter_modules(package.__path__)
    ]
    found = {
        id(value): value for module in modules for value in vars(module).values() if isinstance(value, _Late)
    }
    return list(found.values())


def test_every_expression_of_the_lint_finds_the_same_when_fitted() -> None:
    patterns = _lint_patterns()
    assert len(patterns) > 100
    standing = Standing(LETTER)
    for pattern in patterns:
        whole = re.compile(pattern.pattern, pattern.flags)
        short = re.compile(fitted(pattern.pattern, standing), pattern.flags)
        assert [it.span() for it in whole.finditer(LETTER)] == [it.span() for it in short.finditer(LETTER)]


def test_most_of_an_expression_goes_where_its_words_are_missing() -> None:
    whole = r"(?:good|great) (?:friend|teacher)|\bmet (?:him|her)\b"
    assert fitted(whole, Standing("she met her there")) == r"\bmet (?:her)\b"


def test_an_expression_with_groups_to_look_at_is_left_whole() -> None:
    assert fitted("(good)|(?P<who>friend)", Standing("nothing")) == "(good)|(?P<who>friend)"


def test_an_unknown_name_of_a_late_expression_is_no_method() -> None:
    with pytest.raises(AttributeError):
        late("a").nothing  # type: ignore[attr-defined]  # noqa: B018


def test_after_one_text_the_next_is_seen_whole() -> None:
    pattern = late("good|great")
    with one_text("good"):
        assert pattern.search("great") is None
    assert pattern.search("great")


def test_the_commands_say_what_the_rules_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "letter.txt"
    file.write_text(LETTER, encoding="utf-8")
    expected = check_text(LETTER, LetterFacts(about="Ada", institution="KAIST"))
    main(["check", "text", str(file), "--about", "Ada", "--for", "KAIST", "--json"])
    told = json.loads(capsys.readouterr().out)["findings"]
    assert [(it["code"], it["start"], it["end"]) for it in told] == [
        (it.code, it.start, it.end) for it in expected
    ]
    asked = check_ask(LETTER, AskFacts(applicant="", writer=""))
    main(["check", "ask", str(file), "--json"])
    told = json.loads(capsys.readouterr().out)["findings"]
    assert [(it["code"], it["start"], it["end"]) for it in told] == [
        (it.code, it.start, it.end) for it in asked
    ]
