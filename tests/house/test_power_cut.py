"""What an acknowledged letter rests on when the power goes: every connection syncs each commit before it answers.

On PostgreSQL a connection could be told not to wait (`synchronous_commit`), and none of ours is. That the server itself
writes through (`fsync`) is a matter of its own configuration; for tests it is started without, for speed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import OperationalError, connection, connections, transaction
from tests import factories

from vouchsafe.people.models import Account

LOOKS = {
    "sqlite": ("PRAGMA synchronous", "PRAGMA journal_mode"),
    "postgresql": ("SHOW synchronous_commit", "SHOW synchronous_standby_names"),
}
SAFE = {"sqlite": ["2", "wal"], "postgresql": ["on", ""]}  # 2 is FULL


def looked() -> list[str]:
    found = []
    with connection.cursor() as cursor:
        for look in LOOKS[connection.vendor]:
            cursor.execute(look)
            found.append(str(cursor.fetchone()[0]))
    return found


@pytest.mark.django_db
def test_connection_of_a_request_syncs_every_commit() -> None:
    assert looked() == SAFE[connection.vendor]


@pytest.mark.django_db(transaction=True)
def test_connection_opened_again_and_that_of_another_thread_sync_too() -> None:
    found: list[list[str]] = []

    def look() -> None:
        found.append(looked())
        connections.close_all()

    connection.close()
    look()
    other = threading.Thread(target=look)
    other.start()
    other.join()
    assert found == [SAFE[connection.vendor]] * 2


@pytest.mark.django_db(transaction=True)
def test_two_that_read_to_write_cannot_both_believe_what_they_read() -> None:
    """SQLite locks at the beginning of a transaction, PostgreSQL the row that is read for writing."""
    account = factories.make_account("Ada Marsh")
    other = connection.copy()
    other.settings_dict = {**other.settings_dict, "OPTIONS": {**other.settings_dict["OPTIONS"]}}
    if connection.vendor == "sqlite":
        other.settings_dict["OPTIONS"]["timeout"] = 0
        tries = "BEGIN IMMEDIATE"
    else:
        tries = f"SELECT 1 FROM people_account WHERE id = {account.pk} FOR UPDATE NOWAIT"
    try:
        with transaction.atomic():
            assert Account.objects.select_for_update().get(pk=account.pk)
            with pytest.raises(OperationalError, match="lock"), other.cursor() as cursor:
                cursor.execute(tries)
        with other.cursor() as cursor:
            cursor.execute(tries)
    finally:
        other.close()


def test_process_on_the_product_s_own_settings_syncs_every_commit(tmp_path: Path) -> None:
    """As `vouchsafe serve` and the worker it starts; what they inherit is the environment alone."""
    look = (
        "import sys, django; django.setup(); from django.db import connection as c; k = c.cursor()\n"
        "for said in sys.argv[1:]: k.execute(said); print(k.fetchone()[0])"
    )
    env = {
        **os.environ,
        "VOUCHSAFE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "vouchsafe.config.settings",
    }
    words = [sys.executable, "-c", look, *LOOKS[connection.vendor]]
    told = subprocess.run(words, env=env, capture_output=True, text=True, check=True)
    assert told.stdout.split("\n")[:2] == SAFE[connection.vendor]
