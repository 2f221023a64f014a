"""From a living SQLite to an empty PostgreSQL: copied while people work, made equal under a short pause, then closed.

First a snapshot is copied, table by table, each in a transaction of its own. Then writers of the SQLite wait
while what changed since is copied and every table's count and digest are compared. In the same moment the SQLite is
closed: triggers refuse every further change, so that a process nobody has told yet can't acknowledge anything that
would be lost. Killed anywhere, the same command goes on.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.management.color import no_style
from django.db import OperationalError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, snapshot
from vouchsafe.ledger.rows import copy_rows, digest_of, kept_models

TARGET = "target"
_CLOSED = "instance_has_moved"
WAIT_SECONDS = 60


class NothingToMove(Refusal):
    code = "nothing-to-move"
    msgid = msg("This instance does not run on SQLite.")
    hint_msgid = msg("Leave DATABASE_URL out while you move; name the new database on the command line.")


class MovedAlready(Refusal):
    code = "moved-already"
    msgid = msg("This instance has moved to PostgreSQL. Its SQLite file takes nothing more.")
    hint_msgid = msg(
        "Set DATABASE_URL to the new database in the environment of every process, and start again."
    )


class TargetNotEmpty(Refusal):
    code = "target-not-empty"
    msgid = msg("The PostgreSQL database holds rows already. Nothing was changed.")
    hint_msgid = msg("Make an empty database and name that one.")


class TargetNotReached(Refusal):
    code = "target-not-reached"
    msgid = msg("The PostgreSQL database could not be prepared: {why}.")
    hint_msgid = msg("Check the address, the name and the password, and that the database exists.")


class SourceNotUpToDate(Refusal):
    code = "source-not-up-to-date"
    msgid = msg("The SQLite database is not of this version of Vouchsafe.")
    hint_msgid = msg("Start vouchsafe serve once with this version, then move.")


class NotTheSame(Refusal):
    code = "not-the-same"
    msgid = msg("After copying, {tables} are not the same in both databases. The instance goes on in SQLite.")
    hint_msgid = msg("Run the same command again. If that does not help, tell us what it says.")


@dataclass(frozen=True, slots=True)
class Moved:
    tables: int
    rows: int
    paused_seconds: float


def move_to_postgres(*, to: str, now: datetime, tell: Callable[[str], None] = lambda table: None) -> Moved:
    """Copy everything, prove that it is the same, and close the SQLite. Writes one line into the journal."""
    if connection.vendor != "sqlite":
        raise NothingToMove
    live = Path(str(connection.settings_dict["NAME"]))
    executor = MigrationExecutor(connection)
    if not is_closed(live) and executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise SourceNotUpToDate
    described: Any = {**connection.settings_dict, "OPTIONS": {}, **dj_database_url.parse(to)}
    with snapshot.named(described, TARGET):
        _prepare(to, moved=is_closed(live))
        _copy_snapshot(live, tell)
        if not is_closed(live):
            with transaction.atomic():
                journal.note(chain=journal.OFFICE, verb="moved", about="instance", by="command", now=now)
        began = time.monotonic()
        with _writers_waiting(live) as source:
            rows = _make_equal(tell)
            _close(source)
        paused = time.monotonic() - began
        with connections[TARGET].cursor() as cursor:
            cursor.execute(f"DROP TABLE {snapshot.MOVING}")
        _staged(live).unlink(missing_ok=True)
        return Moved(len(kept_models(TARGET)), rows, paused)


def is_closed(live: Path) -> bool:
    """Has this SQLite file been left for a PostgreSQL?"""
    if not live.exists():
        return False
    with closing(sqlite3.connect(f"file:{live}?mode=ro", uri=True)) as opened:
        found = opened.execute(
            "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE ?", [f"{_CLOSED}%"]
        )
        return bool(found.fetchone()[0])


def _prepare(to: str, *, moved: bool) -> None:
    """Tables of this version, and a mark that they are being filled; only into an empty database, or one with the mark."""
    try:
        there = connections[TARGET].introspection.table_names()
    except OperationalError as trouble:
        raise TargetNotReached(why=str(trouble).strip().splitlines()[0].rstrip(".")) from None
    if connections[TARGET].vendor != "postgresql":
        raise TargetNotReached(why="it is no PostgreSQL")
    if snapshot.MOVING in there:
        return
    if moved:
        raise MovedAlready
    if "people_account" in there and any(snapshot.counts(TARGET).values()):
        raise TargetNotEmpty
    for words in (("migrate", "--no-input"), ("createcachetable",)):
        done = subprocess.run(
            [sys.executable, "-m", "vouchsafe", "manage", *words], env={**os.environ, "DATABASE_URL": to},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise TargetNotReached(why=(done.stderr.strip().splitlines() or ["?"])[-1].rstrip("."))
    with connections[TARGET].cursor() as cursor:
        cursor.execute(f"CREATE TABLE {snapshot.MOVING} (began timestamptz DEFAULT now())")


def _staged(live: Path) -> Path:
    return live.with_name(".moving.sqlite3")


def _copy_snapshot(live: Path, tell: Callable[[str], None]) -> None:
    """The long part, while everybody works. One snapshot serves until it is all copied, also over a kill."""
    staged = _staged(live)
    if not staged.exists():
        making = staged.with_name(f"{staged.name}.partial")
        snapshot.copy_sqlite(live, making)
        making.rename(staged)
    with snapshot.named(snapshot.sqlite_at(staged)):
        found = kept_models(snapshot.ALIAS)
        for model in _parents_first(found):
            if digest_of(model, snapshot.ALIAS) != digest_of(model, TARGET):
                tell(model._meta.db_table)
                with transaction.atomic(using=TARGET):
                    copy_rows(model, source=snapshot.ALIAS, target=TARGET)


def _parents_first(found: list[Any]) -> list[Any]:
    """Each table after those its rows point to; what points to its own table is checked when its transaction ends."""
    left, done = list(found), []
    while left:
        ready = [model for model in left if not _parents(model) & set(left) - {model}]
        if not ready:
            raise AssertionError(f"tables that point to each other: {left}")
        done += ready
        left = [model for model in left if model not in ready]
    return done


def _parents(model: Any) -> set[Any]:
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}


def _make_equal(tell: Callable[[str], None]) -> int:
    """What changed since the snapshot, in one transaction that ends with everything the same. The number of rows."""
    found = kept_models("default")
    told = {model: digest_of(model, "default") for model in found}
    with transaction.atomic(using=TARGET):
        for model in found:
            if told[model] != digest_of(model, TARGET):
                tell(model._meta.db_table)
                copy_rows(model, source="default", target=TARGET)
        other = [model._meta.db_table for model in found if told[model] != digest_of(model, TARGET)]
        if other:
            raise NotTheSame(tables=", ".join(other))
        with connections[TARGET].cursor() as cursor:
            for statement in connections[TARGET].ops.sequence_reset_sql(no_style(), found):
                cursor.execute(statement)
    return sum(digest.rows for digest in told.values())


@contextmanager
def _writers_waiting(live: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(live, timeout=WAIT_SECONDS, isolation_level=None)) as source:
        source.execute("PRAGMA synchronous=FULL")
        source.execute("BEGIN IMMEDIATE")
        try:
            yield source
            source.execute("COMMIT")
        except BaseException:
            source.execute("ROLLBACK")
            raise


def _close(source: sqlite3.Connection) -> None:
    """From now on the database itself refuses every change."""
    for table in snapshot.kept_tables("default"):
        for act in ("INSERT", "UPDATE", "DELETE"):
            source.execute(
                f'CREATE TRIGGER IF NOT EXISTS {_CLOSED}_{table}_{act} BEFORE {act} ON "{table}" '
                "BEGIN SELECT RAISE(ABORT, 'This instance has moved to PostgreSQL.'); END"
            )
