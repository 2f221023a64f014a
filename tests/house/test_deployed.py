"""Promise 10: with the settings of a site that others can reach, the framework finds nothing to warn of."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.wide
def test_deployed_settings_pass_the_framework_s_own_check(tmp_path: Path) -> None:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("VOUCHSAFE_", "DJANGO_"))
    }
    kept.pop("DATABASE_URL", None)
    public = {
        "VOUCHSAFE_DATA": str(tmp_path),
        "VOUCHSAFE_URL": "https://letters.example.org",
        "VOUCHSAFE_SMTP_HOST": "mail.example.org",
        "VOUCHSAFE_MAIL_FROM": "letters@example.org",
    }
    words = [sys.executable, "-m", "vouchsafe", "manage", "check", "--deploy", "--fail-level", "INFO"]
    done = subprocess.run(
        words, env={**kept, **public}, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "no issues" in done.stdout
