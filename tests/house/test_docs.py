"""Docs are a test: every refusal code, setting and stage is written down, and nothing else is."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import vouchsafe
from vouchsafe.core import stages
from vouchsafe.core.words import Refusal

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def refusals() -> dict[str, type[Refusal]]:
    for module in pkgutil.walk_packages(vouchsafe.__path__, "vouchsafe."):
        if not re.search(r"\.migrations|__main__|config\.wsgi|\.fake$", module.name):
            importlib.import_module(module.name)
    found: dict[str, type[Refusal]] = {}

    def walk(kind: type[Refusal]) -> None:
        for sub in kind.__subclasses__():
            if sub.__module__.startswith("vouchsafe.") and "code" in vars(sub):
                assert sub.code not in found, f"{sub.code} is the code of {found[sub.code]} and of {sub}"
                found[sub.code] = sub
            walk(sub)

    walk(Refusal)
    return found


def rows(page: str) -> set[str]:
    """The first cell of each row of a page's tables, without its back-ticks."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([^`]+)` \|", text, flags=re.MULTILINE))


def test_refusal_codes_are_unique_kebab_case_and_documented() -> None:
    codes = refusals()
    assert len(codes) > 40
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) for code in codes)
    assert rows("refusals.md") == set(codes)


def test_every_refusal_says_what_was_wrong_and_what_to_do() -> None:
    for code, kind in refusals().items():
        assert kind.msgid, code
        assert kind.hint_msgid, f"{code} gives no hint"
        assert "!" not in kind.msgid + kind.hint_msgid, code


def test_settings_are_documented() -> None:
    sources = [ROOT / "src/vouchsafe/config/settings.py", ROOT / "src/vouchsafe/config/env.py"]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    named = set(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', text))
    assert "DATABASE_URL" in named
    assert rows("settings.md") == named


def test_stages_are_documented() -> None:
    text = (DOCS / "words.md").read_text(encoding="utf-8")
    for graph in (stages.PLAN, stages.REQUEST, stages.LETTER, stages.PACKET, stages.CALL):
        for stage in graph.stages:
            assert f"`{stage}`" in text, f"{graph.name}: {stage}"


def test_readme_fits_on_a_screen_and_names_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 80
    assert "make run" in text
    assert "make test" in text


def test_links_between_docs_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_promise_names_a_test_that_exists_or_says_that_none_does() -> None:
    text = (DOCS / "promises.md").read_text(encoding="utf-8")
    promises = re.findall(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|", text, flags=re.MULTILINE)
    assert [int(number) for number, _, _ in promises] == list(range(1, 31))
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    there = set(re.findall(r"^\s*(?:async )?def (test_\w+)\(", code, flags=re.MULTILINE))
    for number, promise, proof in promises:
        named = set(re.findall(r"`(test_\w+)`", proof))
        assert named <= there, f"{number}, {promise}: {named - there}"
        assert named or "not proved" in proof or proof.startswith("as "), f"{number}: {promise}"
