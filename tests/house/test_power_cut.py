"""What an acknowledged letter rests on when the power goes: every connection to SQLite syncs each commit."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction

FULL, WAL = 2, "wal"


def pragma(name: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


@pytest.fixture(autouse=True)
def sqlite_alone() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL syncs every commit unless told otherwise")


@pytest.mark.django_db
def test_connection_of_a_request_syncs_every_commit() -> None:
    assert (pragma("synchronous"), pragma("journal_mode")) == (FULL, WAL)


@pytest.mark.django_db(transaction=True)
def test_connection_opened_again_and_that_of_another_thread_sync_too() -> None:
    found: list[int] = []

    def look() -> None:
        found.append(pragma("synchronous"))
        connections.close_all()

    connection.close()
    look()
    other = threading.Thread(target=look)
    other.start()
    other.join()
    assert found == [FULL, FULL]


@pytest.mark.django_db(transaction=True)
def test_transaction_takes_its_lock_at_the_beginning() -> None:
    """Two workers that read and then write can't both believe what they read."""
    other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)
    with transaction.atomic(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()


def test_process_on_the_product_s_own_settings_syncs_every_commit(tmp_path: Path) -> None:
    """As `vouchsafe serve` and the worker it starts; what they inherit is the environment alone."""
    look = (
        "import django; django.setup(); from django.db import connection as c; k = c.cursor(); "
        "print(k.execute('PRAGMA synchronous').fetchone()[0], k.execute('PRAGMA journal_mode').fetchone()[0])"
    )
    env = {
        **os.environ,
        "VOUCHSAFE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "vouchsafe.config.settings",
    }
    told = subprocess.run([sys.executable, "-c", look], env=env, capture_output=True, text=True, check=True)
    assert told.stdout.split() == [str(FULL), WAL]
