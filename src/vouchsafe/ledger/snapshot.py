"""The database as it was at one moment, while people go on working: a second connection named `snapshot`.

On SQLite it is a copy by the online backup API, on PostgreSQL a read-only transaction at REPEATABLE READ. Neither
makes a writer wait.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction

ALIAS = "snapshot"
# What is made anew by itself: whoever is signed in signs in again, counts of presses begin again.
PASSING = ("django_session", "vouchsafe_cache")
MOVING = "vouchsafe_move"  # stands in a PostgreSQL that is being filled by `move-to-postgres`
OF_THE_FRAMEWORK = ("django_migrations", "django_content_type", "auth_", "procrastinate_", MOVING, *PASSING)


@contextmanager
def snapshot(folder: Path) -> Iterator[Path | None]:
    """Open the connection `ALIAS`. On SQLite its file, which lies in `folder` as long as the block lasts, is given."""
    if connection.vendor == "postgresql":
        with named(deepcopy(connection.settings_dict)), transaction.atomic(using=ALIAS):
            with connections[ALIAS].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield None
        return
    file = folder / "snapshot.sqlite3"
    copy_sqlite(Path(str(connection.settings_dict["NAME"])), file)
    try:
        with named(sqlite_at(file)):
            yield file
    finally:
        file.unlink(missing_ok=True)


def copy_sqlite(source: Path, target: Path) -> None:
    """A consistent copy of a database that others write to, as one file, without sessions and counts of presses."""
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    with _closing(source) as live, _closing(target) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("PRAGMA secure_delete=ON")
        there = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for name in there.intersection(PASSING):
            copy.execute(f"DELETE FROM {name}")  # noqa: S608 - a name of our own
        copy.commit()


def sqlite_at(file: Path) -> dict[str, Any]:
    """Django's settings for a SQLite file other than the living one; nobody else writes to it."""
    return {
        **deepcopy(connection.settings_dict),
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"init_command": "PRAGMA secure_delete=ON"},
    }


def kept_tables(using: str = ALIAS) -> list[str]:
    """The tables that hold the instance, in the order of their names."""
    there = connections[using].introspection.table_names()
    return sorted(name for name in there if not name.startswith(OF_THE_FRAMEWORK))


def counts(using: str = ALIAS) -> dict[str, int]:
    found = {}
    with connections[using].cursor() as cursor:
        for table in kept_tables(using):
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608 - a name the database gave
            found[table] = int(cursor.fetchone()[0])
    return found


def columns(table: str, using: str = ALIAS) -> list[str]:
    with connections[using].cursor() as cursor:
        return [
            column.name for column in connections[using].introspection.get_table_description(cursor, table)
        ]


def applied_migrations(using: str = ALIAS) -> list[tuple[str, str]]:
    """What has run in this database, in the order in which it did."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        return [(str(app), str(name)) for app, name in cursor.fetchall()]


@contextmanager
def named(described: dict[str, Any], alias: str = ALIAS) -> Iterator[None]:
    """A further connection of this process for as long as the block lasts."""
    connections.settings[alias] = described
    try:
        yield
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


@contextmanager
def _closing(file: Path) -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(file, timeout=60)
    try:
        yield opened
    finally:
        opened.close()


def data_folder() -> Path:
    return Path(settings.DATA_FOLDER)
