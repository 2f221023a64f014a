"""A backup: the database at one moment, every file it names, the keys and the caught mail, in one encrypted file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db import connection, connections

from vouchsafe.adapters.vault.archive import CHUNK, Lock, Member, write_archive
from vouchsafe.adapters.vault.safe import places_of
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody, snapshot

FORMAT = 1
DATABASE, KEYS, VAULT, MAIL = "database", "keys", "vault", "mail"
SQLITE_FILE = f"{DATABASE}/vouchsafe.sqlite3"
NamedFiles = Callable[[str], list[str]]
"""Every file of the vault that a row names, by the alias of the database that is asked."""


class BackupFileTaken(Refusal):
    code = "backup-file-taken"
    msgid = msg("{file} is there already.")
    hint_msgid = msg("Give another name, for example with today’s date in it.")


class NotAnInstance(Refusal):
    code = "not-an-instance"
    msgid = msg("There is nothing to back up: the database has no tables of Vouchsafe.")
    hint_msgid = msg("Name the right data folder with --data, or the right database in DATABASE_URL.")


@dataclass(slots=True)
class BackedUp:
    """`erased`: files whose row was erased while the backup ran; `lost`: those that a row names and that are gone."""

    rows: int = 0
    files: int = 0
    bytes: int = 0
    erased: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def back_up(*, to: Path, lock: Lock, named_files: NamedFiles, now: datetime) -> BackedUp:
    """Write the backup beside its place, sync it, then give it its name. Changes nothing else and makes nobody wait.

    The database comes first and the keys last: a file is written before its row, and a key before it is used, so
    whatever the rows name was there. What is erased before its file was read counts as erased, not as lost.
    """
    if to.exists():
        raise BackupFileTaken(file=to)
    done = BackedUp()
    partial = to.with_name(f"{to.name}.partial")
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=snapshot.data_folder()) as folder:
        try:
            with snapshot.snapshot(Path(folder)) as file, _created(partial) as out:
                if "people_account" not in snapshot.kept_tables():
                    raise NotAnInstance
                facts = _facts(now)
                done.rows = sum(facts["counts"].values())
                members = _members(file, Path(folder), named_files(snapshot.ALIAS), done)
                told = write_archive(out, members, lambda: _ended(facts, done, named_files), lock)
                out.flush()
                os.fsync(out.fileno())
            done.files = sum(name.startswith(f"{VAULT}/files/") for name in told["files"])
            done.bytes = partial.stat().st_size
            partial.rename(to)
        finally:
            partial.unlink(missing_ok=True)
    return done


def _created(file: Path) -> Any:
    file.unlink(missing_ok=True)  # of a backup that was killed
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=CHUNK)


def _facts(now: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "version": version("vouchsafe"),
        "vendor": connection.vendor,
        "migrations": snapshot.applied_migrations(),
        "counts": snapshot.counts(),
        "columns": {table: snapshot.columns(table) for table in snapshot.kept_tables()},
    }


def _ended(facts: dict[str, Any], done: BackedUp, named_files: NamedFiles) -> dict[str, Any]:
    """The facts with what was found missing: erased by now, or lost."""
    missing = set(done.lost)
    still = set(named_files("default")) if missing else set()
    done.lost, done.erased = sorted(missing & still), sorted(missing - still)
    return {**facts, "lost": done.lost, "erased": done.erased}


def _members(file: Path | None, folder: Path, files: list[str], done: BackedUp) -> Iterator[Member]:
    if file is not None:
        yield _file_member(SQLITE_FILE, file)
    else:
        yield from _copied_tables(folder)
    storage = custody.storage()
    for file_id in sorted(set(files)):
        try:
            found = [(f"{VAULT}/{name}", storage.get(name)) for name in places_of(file_id)]
        except KeyError:
            done.lost.append(file_id)
            continue
        yield from (Member(name, len(data), (data,)) for name, data in found)
    for kind in (MAIL, KEYS):
        root = snapshot.data_folder() / kind
        for each in sorted(root.rglob("*")):
            if each.is_file() and not each.name.startswith(".") and not each.name.endswith(".partial"):
                yield from _small_member(f"{kind}/{each.relative_to(root).as_posix()}", each)


def _copied_tables(folder: Path) -> Iterator[Member]:
    """Each table as PostgreSQL's own COPY writes it, all from one moment."""
    for table in snapshot.kept_tables():
        dumped = folder / "table"
        names = ", ".join(f'"{name}"' for name in snapshot.columns(table))
        copying = f'COPY "{table}" ({names}) TO STDOUT'
        with (
            connections[snapshot.ALIAS].cursor() as cursor,
            dumped.open("wb") as out,
            cursor.copy(copying) as rows,
        ):
            for chunk in rows:
                out.write(chunk)
        yield _file_member(f"{DATABASE}/{table}", dumped)


def _file_member(name: str, file: Path) -> Member:
    return Member(name, file.stat().st_size, _chunks(file))


def _small_member(name: str, file: Path) -> Iterator[Member]:
    try:
        data = file.read_bytes()
    except FileNotFoundError:  # a caught mail that was forgotten since the folder was listed
        return
    yield Member(name, len(data), (data,))


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            yield chunk
