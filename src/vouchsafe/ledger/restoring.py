"""A backup becomes an instance again, in an empty place, or nothing is changed.

Everything is unpacked aside and proven first. Then keys, files and mail are put in place, and the database last of
all, in one step: killed before it, the same command begins again; killed after it, the instance is whole.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from vouchsafe.adapters.vault.archive import CHUNK, Sink, Unlock, read_archive
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody, journal, snapshot
from vouchsafe.ledger.backing_up import DATABASE, FORMAT, KEYS, MAIL, SQLITE_FILE, VAULT
from vouchsafe.ledger.models import Outgoing

STAGE = ".restoring"
_BEGUN = "begun"
_OF_AN_ENGINE = "procrastinate"  # its tables hold no row of ours, and a setting switches it off


class InstanceNotEmpty(Refusal):
    code = "instance-not-empty"
    msgid = msg("There is an instance already: {where} is not empty. Nothing was changed.")
    hint_msgid = msg("Restore into a new data folder, a new database and, if you use one, an empty bucket.")


class BackupOfAnotherDatabase(Refusal):
    code = "backup-of-another-database"
    msgid = msg("This backup was made on {theirs}, and this instance runs on {ours}.")
    hint_msgid = msg(
        "Restore it with the same kind of database. vouchsafe move-to-postgres takes it to PostgreSQL afterwards."
    )


class BackupNewer(Refusal):
    code = "backup-newer"
    msgid = msg("This backup was made by a newer Vouchsafe ({version}) than this one.")
    hint_msgid = msg("Install that version or a newer one, then restore again.")


@dataclass(slots=True)
class Restored:
    """`unsound`: files a row names that do not open; `broken`: chains of the journal that no longer fit together."""

    made_at: datetime
    rows: int = 0
    files: int = 0
    unknown_mails: int = 0
    unsound: list[str] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)


def examine(*, source: BinaryIO, unlock: Unlock) -> dict[str, Any]:
    """Read a backup through and prove every byte of it, keeping nothing. The manifest."""
    manifest = read_archive(source, unlock, lambda name: _Nowhere())
    _demand_ours(manifest)
    return manifest


def demand_empty() -> None:
    """Refuse where anything of an instance stands: keys, files, mail or rows."""
    folder = snapshot.data_folder()
    if not (folder / STAGE / _BEGUN).exists():  # else what lies there is of a restore that was killed
        for kind in (KEYS, MAIL, VAULT):
            for each in (folder / kind).rglob("*"):
                # the settings made a secret of cookies when they were read
                if each.is_file() and each.name != "django-secret" and not each.name.startswith("."):
                    raise InstanceNotEmpty(where=folder / kind)
        storage = custody.storage()
        for kind in ("files", "keys"):
            if any(True for _ in storage.names(kind)):
                raise InstanceNotEmpty(where="the vault")
    tables = connection.introspection.table_names()
    if "people_account" in tables and any(snapshot.counts("default").values()):
        raise InstanceNotEmpty(where="the database")


def restore(
    *, source: BinaryIO, unlock: Unlock, unsound: Callable[[], list[str]], mail_waits: bool, now: datetime
) -> Restored:
    """Bring back what a backup holds. Refuses a place that is not empty, and a backup that is not whole.

    Mail that may have been sent since is shown as unknown and not sent again, unless `mail_waits` says that the old
    instance was stopped before the backup. Everybody signs in anew. One line is written into the journal.
    """
    demand_empty()
    folder = snapshot.data_folder()
    stage = folder / STAGE
    taken = stage / "taken"
    shutil.rmtree(taken, ignore_errors=True)
    taken.mkdir(parents=True, mode=0o700)
    try:
        manifest = read_archive(source, unlock, lambda name: _kept(taken, name))
        _demand_ours(manifest)
        (stage / _BEGUN).touch()
        done = Restored(datetime.fromisoformat(manifest["made_at"]), erased=list(manifest["erased"]))
        _put_files(taken, folder)
        done.rows = sum(manifest["counts"].values())
        done.files = sum(name.startswith(f"{VAULT}/files/") for name in manifest["files"])
        bring = _bring_tables if connection.vendor == "postgresql" else _bring_file
        with bring(taken, manifest):
            done.unknown_mails = _settle(mail_waits=mail_waits, now=now)
    except Refusal:
        if not (stage / _BEGUN).exists():
            shutil.rmtree(stage)
        raise
    shutil.rmtree(stage)
    done.unsound = [file for file in unsound() if file not in done.erased]
    return done


def _demand_ours(manifest: dict[str, Any]) -> None:
    known = MigrationExecutor(None).loader.graph.nodes
    unknown = [
        step for step in manifest["migrations"] if step[0] != _OF_AN_ENGINE and tuple(step) not in known
    ]
    if manifest["format"] > FORMAT or unknown:
        raise BackupNewer(version=manifest["version"])
    if manifest["vendor"] != connection.vendor:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise BackupOfAnotherDatabase(theirs=names[manifest["vendor"]], ours=names[connection.vendor])


def _kept(folder: Path, name: str) -> Sink:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=CHUNK)


class _Nowhere:
    def write(self, data: bytes, /) -> object:
        return len(data)

    def close(self) -> None:
        """Nothing was opened."""


def _put_files(taken: Path, folder: Path) -> None:
    """Keys first, then the vault's files to wherever the settings keep them, and caught mail."""
    for kind in (KEYS, MAIL):
        for each in _files(taken / kind):
            place = folder / kind / each.relative_to(taken / kind)
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copy2(each, place)
            _sync(place)
    storage = custody.storage()
    for each in _files(taken / VAULT):
        storage.put(each.relative_to(taken / VAULT).as_posix(), each.read_bytes())


def _files(folder: Path) -> Iterator[Path]:
    return (each for each in sorted(folder.rglob("*")) if each.is_file())


def _sync(file: Path) -> None:
    for each in (file, file.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _bring_file(taken: Path, manifest: dict[str, Any]) -> Iterator[None]:
    """Make the staged database ready, and give it its name when the block has ended well."""
    place = Path(str(connection.settings_dict["NAME"]))
    staged = taken / SQLITE_FILE
    connection.close()
    connection.settings_dict["NAME"] = str(staged)
    try:
        _demand_counts(manifest)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        with transaction.atomic():
            yield
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(place)
    for beside in ("-wal", "-shm"):
        place.with_name(place.name + beside).unlink(missing_ok=True)
    staged.rename(place)
    _sync(place)


@contextmanager
def _bring_tables(taken: Path, manifest: dict[str, Any]) -> Iterator[None]:
    """Make the tables as they were, fill them in one transaction that ends with the block, then bring them up to date."""
    begun = "django_migrations" in connection.introspection.table_names()
    ran = set(snapshot.applied_migrations("default")) if begun else set()
    wanted = [tuple(step) for step in manifest["migrations"]]
    if not set(wanted) >= ran:
        raise InstanceNotEmpty(where="the database, which has tables of another version,")
    _migrate_to([step for step in wanted if step not in ran])  # of a restore that was killed some have run
    with transaction.atomic():
        with connection.cursor() as cursor:
            for table, names in manifest["columns"].items():
                _fill(cursor, table, names, taken / DATABASE / table)
            for statement in connection.ops.sequence_reset_sql(no_style(), _models(manifest)):
                cursor.execute(statement)
        _demand_counts(manifest)
        yield
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def _migrate_to(wanted: list[tuple[str, str]]) -> None:
    """Every app as far as it was when the backup was made."""
    executor = MigrationExecutor(connection)
    known = executor.loader.graph.nodes
    executor.migrate([step for step in wanted if step in known])


def _fill(cursor: Any, table: str, names: list[str], file: Path) -> None:
    listed = ", ".join(f'"{name}"' for name in names)
    with file.open("rb") as rows, cursor.copy(f'COPY "{table}" ({listed}) FROM STDIN') as into:
        while chunk := rows.read(CHUNK):
            into.write(chunk)


def _models(manifest: dict[str, Any]) -> list[Any]:
    from django.apps import apps

    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table in manifest["columns"]
    ]


def _demand_counts(manifest: dict[str, Any]) -> None:
    """The proven bytes hold the rows that were counted when they were written."""
    found = snapshot.counts("default")
    if found != manifest["counts"]:
        raise AssertionError(f"other rows than were backed up: {found}")


def doubt_waiting_mail(*, now: datetime) -> int:
    """What was waiting when the backup was made may have been sent since, and nobody here can know.

    Mail that must not come twice becomes unknown: shown, and never sent by itself. Codes and receipts still go out.
    """
    state = Outgoing.State
    waiting = Outgoing.objects.filter(state__in=(state.WAITING, state.BEGUN), due_at__lte=now)
    once = waiting.filter(delivery=Outgoing.Delivery.AT_MOST_ONCE)
    return once.update(state=state.UNKNOWN, ended_at=now, outcome="restored")


def _settle(*, mail_waits: bool, now: datetime) -> int:
    unknown = 0 if mail_waits else doubt_waiting_mail(now=now)
    journal.note(chain=journal.OFFICE, verb="restored", about="instance", by="command", now=now)
    return unknown
