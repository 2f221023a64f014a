"""What the benches start beside themselves: a PostgreSQL of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def with_postgres(module: str, *words: str) -> str:
    """What `python -m module words` prints with `DATABASE_URL` naming an empty database; what it says else is passed on."""
    paths = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = ["sh", str(ROOT / "tests/with_postgres.sh"), sys.executable, "-m", module, *words]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PATH": paths, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        stdout=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{module} ended with {done.returncode}")
    return done.stdout
