from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.leash import leashed

ROOT = Path(__file__).resolve().parents[2]
# Starts a program that starts another, says who they are, and is then killed itself.
OWNER = """
import os, signal, subprocess, sys
from tests.leash import Leashed
made = Leashed(["sh", "-c", "sleep 600 & echo $!; wait"], stdout=subprocess.PIPE)
print(made.process.pid, made.process.stdout.readline().decode().strip(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2][0]
    except FileNotFoundError:
        return False
    return state != "Z"


def gone(*pids: int) -> bool:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if not any(map(is_alive, pids)):
            return True
        time.sleep(0.01)
    return False


def test_programs_of_a_test_that_was_killed_die_with_it() -> None:
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    done = subprocess.run([sys.executable, "-c", OWNER], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    first, second = map(int, done.stdout.split())
    assert gone(first, second)


def test_program_is_killed_with_what_it_started_when_the_block_ends() -> None:
    with leashed(["sh", "-c", "sleep 600 & echo $!; wait"], stdout=subprocess.PIPE) as program:
        assert program.process.stdout is not None
        child = int(program.process.stdout.readline())
        assert is_alive(child)
    assert gone(child, program.process.pid)
    program.kill()
