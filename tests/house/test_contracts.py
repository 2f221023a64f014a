"""The import contracts hold, and each of them fails when it is broken: a contract that can't fail guards nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BREAKS = {
    "The path": ("plans/breach.py", "from vouchsafe.asks import access"),
    "Doors: the command line": ("doors/worker/breach.py", "from vouchsafe.doors.web.ui import numbers"),
    "Pages: the audiences": ("doors/web/reader/breach.py", "from vouchsafe.doors.web.writer import forms"),
    "Adapters know nothing": ("adapters/post/breach.py", "from vouchsafe.adapters.keys import ring"),
    "The core is pure": ("core/breach.py", "import django"),
    "PDF libraries": ("letters/breach.py", "import pikepdf"),
    "No confidential letter": ("doors/web/applicant/breach.py", "from vouchsafe.letters import access"),
    "Rows of people": ("doors/web/public/breach.py", "from vouchsafe.people.models import Account"),
    "Rows of plans": ("doors/web/applicant/breach.py", "from vouchsafe.plans.models import Plan"),
    "Rows of asks": ("doors/web/writer/breach.py", "from vouchsafe.asks.models import Request"),
    "Rows of letters": ("doors/web/reader/breach.py", "from vouchsafe.letters.models import Seal"),
    "Rows of packets": ("doors/web/reader/breach.py", "from vouchsafe.packets.models import Reader"),
}


def lint(source: Path) -> str:
    linter = Path(sys.executable).parent / "lint-imports"
    told = subprocess.run(
        [str(linter), "--config", str(ROOT / "pyproject.toml"), "--no-cache"],
        cwd=source.parent,
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout + told.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package elsewhere, where it may be broken."""
    source = tmp_path_factory.mktemp("house") / "src"
    ignore = shutil.ignore_patterns("__pycache__", "static", "jinja2", "fonts", "*.txt")
    shutil.copytree(ROOT / "src", source, ignore=ignore)
    return source


def test_contracts_are_kept(copy: Path) -> None:
    told = lint(copy)
    assert "0 broken" in told, told[-2000:]


@pytest.mark.parametrize("name", BREAKS)
def test_contract_fails_when_it_is_broken(copy: Path, name: str) -> None:
    where, line = BREAKS[name]
    breach = copy / "vouchsafe" / where
    breach.write_text(f"{line}\n", encoding="utf-8")
    try:
        told = lint(copy)
    finally:
        breach.unlink()
    broken = [row for row in told.splitlines() if row.endswith("BROKEN")]
    assert any(row.startswith(name) for row in broken), told[-2000:]


def test_every_contract_is_shown_to_fail() -> None:
    import tomllib

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    for contract in contracts:
        assert any(contract["name"].startswith(name) for name in BREAKS), contract["name"]
