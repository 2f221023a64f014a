"""The files that start an instance name commands and settings that exist."""

from __future__ import annotations

import os
import re
import subprocess
import time
from pathlib import Path

import pytest

from vouchsafe.doors.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
UNITS = sorted((ROOT / "deploy").glob("*.service"))
FILES = [
    ROOT / "compose.yaml",
    ROOT / "Dockerfile",
    ROOT / "docs" / "running.md",
    ROOT / "docs" / "backups.md",
    *UNITS,
]


def test_every_setting_they_name_is_documented() -> None:
    known = set(
        re.findall(r"^\| `([A-Z0-9_]+)` \|", (ROOT / "docs/settings.md").read_text(encoding="utf-8"), re.M)
    )
    for file in FILES:
        named = set(re.findall(r"\b(VOUCHSAFE_[A-Z0-9_]+|DATABASE_URL)\b", file.read_text(encoding="utf-8")))
        assert named <= known, file.name
    assert "VOUCHSAFE_S3_ENDPOINT" in FILES[0].read_text(encoding="utf-8")


def test_every_command_they_call_exists() -> None:
    known = {name[0] for name in COMMANDS}
    found = set()
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        found |= set(re.findall(r"^\s+command: \[([a-z-]+)", text, re.M)) - {"valkey-server"}
        found |= set(re.findall(r"^ExecStart(?:Pre)?=.*bin/vouchsafe ([a-z-]+)", text, re.M))
        found |= set(re.findall(r"^    (?:\S+=\S+ )*(?:sudo -u vouchsafe )?vouchsafe ([a-z-]+)", text, re.M))
        found |= set(re.findall(r'^CMD \["([a-z-]+)"', text, re.M))
    assert {"serve", "worker", "prepare", "backup", "restore", "doctor"} <= found
    assert found <= known


def test_web_and_worker_run_as_one_user_who_can_write_only_their_folder() -> None:
    for name in ("web", "worker"):
        text = (ROOT / "deploy" / f"vouchsafe-{name}.service").read_text(encoding="utf-8")
        assert "User=vouchsafe" in text
        assert "ProtectSystem=strict" in text
        assert "StateDirectory=vouchsafe" in text
        assert "Restart=always" in text


def test_compose_asks_for_every_secret_and_holds_none() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    for name in re.findall(r"^\s+(\w*(?:PASSWORD|SECRET|TOKEN))\s*:\s*(\S+)", text, re.M):
        assert re.fullmatch(r"\$\{[A-Z_]+\}", name[1]), name
    asked = set(re.findall(r"\$\{([A-Z_]+)\}", text))
    told = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    assert all(f"{name}=" in told for name in asked)


@pytest.mark.parametrize("newest", [1, 3])
def test_old_backups_go_after_thirty_days_and_what_a_killed_one_left_but_never_the_last(
    tmp_path: Path, newest: int
) -> None:
    ages = {"new.age": newest, "29.age": 29.5, "30.age": 30.5, "killed.age.partial": 30.5}
    for name, days in {**ages, "other": 99}.items():
        file = tmp_path / (name if name == "other" else f"vouchsafe-{name}")
        file.touch()
        then = time.time() - days * 86_400
        os.utime(file, (then, then))
    unit = (ROOT / "deploy" / "vouchsafe-backup.service").read_text(encoding="utf-8")
    (script,) = re.findall(r"^ExecStopPost=/bin/sh -c '(.+)'$", unit, re.M)
    subprocess.run(["/bin/sh", "-c", script.replace("/var/backups/vouchsafe", str(tmp_path))], check=True)
    left = sorted(file.name for file in tmp_path.iterdir())
    kept = ["other", "vouchsafe-29.age", "vouchsafe-new.age"]
    assert left == (
        kept if newest == 1 else sorted([*kept, "vouchsafe-30.age", "vouchsafe-killed.age.partial"])
    )
