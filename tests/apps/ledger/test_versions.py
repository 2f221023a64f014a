"""A program that is older than its database starts nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from vouchsafe.doors.cli import doctor_machine
from vouchsafe.ledger.moving import is_closed
from vouchsafe.ledger.versions import DatabaseNewer, demand_own_database


def test_database_of_this_version_is_served(db: None) -> None:
    demand_own_database()


def test_database_of_a_newer_version_is_refused_by_name_and_by_the_doctor(db: None) -> None:
    MigrationRecorder(connection).record_applied("letters", "0999_of_next_year")
    with pytest.raises(DatabaseNewer, match="letters 0999_of_next_year"):
        demand_own_database()
    found = next(iter(doctor_machine.findings(timezone.now())))
    assert (found.check, found.state.value) == ("database", "wrong")
    assert "newer Vouchsafe" in str(found.what)


def test_migration_of_an_app_that_a_setting_switched_off_is_no_newer_version(db: None) -> None:
    MigrationRecorder(connection).record_applied("an_app_of_nobody", "0001_initial")
    demand_own_database()


def test_file_whose_instance_has_moved_is_known_by_its_triggers(tmp_path: Path) -> None:
    file = tmp_path / "vouchsafe.sqlite3"
    assert not is_closed(file)
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE a (b)")
        assert not is_closed(file)
        database.execute(
            "CREATE TRIGGER instance_has_moved_a_INSERT BEFORE INSERT ON a BEGIN SELECT RAISE(ABORT, 'moved'); END"
        )
    database.close()
    assert is_closed(file)
