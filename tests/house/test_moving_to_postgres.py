"""A living SQLite instance goes on in PostgreSQL: nothing acknowledged is lost, whenever the move is killed."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.databases import WORK, make_world, new_database, of, rows_of
from tests.house.test_guards import TRIGGERS
from tests.leash import leashed
from tests.serving import python

from vouchsafe.ledger.rows import _plain

NEXT = """
import os, sys
os.environ["VOUCHSAFE_DATA"] = sys.argv[1]
os.environ["DJANGO_SETTINGS_MODULE"] = "vouchsafe.config.settings"
import django
django.setup()
from tests import factories
print(factories.make_account("Somebody New").pk)
"""


def move(folder: Path, to: str) -> list[str]:
    return [sys.executable, "-m", "vouchsafe", "move-to-postgres", to, "--data", str(folder), "--json"]


def run(words: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, env=of(""), capture_output=True, text=True, check=False)


@pytest.mark.wide
def test_instance_moves_to_postgres_while_somebody_works_and_over_a_kill(tmp_path: Path) -> None:
    make_world(tmp_path)
    with new_database() as to:
        working = [sys.executable, "-c", WORK, str(tmp_path)]
        with leashed(working, env=of(""), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as at_work:
            assert at_work.process.stdout is not None
            assert at_work.process.stdout.readline() == b"at work\n"
            with leashed(move(tmp_path, to), env=of("")):
                end = time.monotonic() + 120
                while not copied(to) and time.monotonic() < end:
                    time.sleep(0.02)
            done = run(move(tmp_path, to))
            assert done.returncode == 0, done.stderr
            assert at_work.process.wait(timeout=60) != 0  # the old file took nothing more
        here: Any = rows_of(tmp_path)
        there: Any = rows_of(tmp_path, to)
        assert here == there
        assert there["unsound"] == []
        assert len(there["rows"]["people_contact"]) > 5
        assert json.loads(done.stdout)["rows"] == sum(map(len, here["rows"].values()))
        with psycopg.connect(to) as opened:
            found = opened.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal").fetchall()
        assert {name for (name,) in found} >= TRIGGERS
        newest = max(row[0] for row in there["rows"]["people_account"])
        assert python(NEXT, tmp_path, env=of(to)) > newest  # the sequences go on
        again = run(move(tmp_path, to))
        assert again.returncode == 1
        assert "has moved to PostgreSQL" in again.stderr, again.stderr


def copied(to: str) -> int:
    """How many tables the target holds rows in, as far as one can see from outside."""
    with psycopg.connect(to) as opened:
        if opened.execute("SELECT to_regclass('vouchsafe_move')").fetchone() == (None,):
            return 0
        row = opened.execute("SELECT count(*) FROM people_account").fetchone()
        assert row is not None
        return int(row[0])


@pytest.mark.wide
def test_row_that_postgres_does_not_take_is_named_and_the_instance_goes_on(tmp_path: Path) -> None:
    make_world(tmp_path)
    with sqlite3.connect(tmp_path / "vouchsafe.sqlite3") as database:
        database.execute("UPDATE people_contact SET name = 'Ben' || char(0)")
    with new_database() as to:
        done = run(move(tmp_path, to))
        assert done.returncode == 1
        assert "people_contact" in done.stderr
        assert "Ben" not in done.stderr
    with sqlite3.connect(tmp_path / "vouchsafe.sqlite3") as database:
        database.execute("UPDATE people_contact SET name = 'Ben'")


def test_same_value_is_told_alike_whichever_database_gave_it() -> None:
    assert _plain({"b": 1e5, "a": [1.0, 0.5]}) == {"b": 100000, "a": [1, 0.5]}
    assert _plain(memoryview(b"\x01")) == _plain(b"\x01") == "01"
