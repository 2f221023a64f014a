"""Whether this program and its database fit together. Asked before anything is served or sent."""

from __future__ import annotations

from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger.moving import MovedAlready, is_closed


class DatabaseNewer(Refusal):
    code = "database-newer"
    msgid = msg(
        "The database was written by a newer Vouchsafe: it has had {step}, which this one does not know."
    )
    hint_msgid = msg(
        "Install that version or a newer one. To go back, restore the backup that was made before the upgrade."
    )


def demand_own_database() -> None:
    """Refuse a database that a newer version wrote, and a SQLite file whose instance has moved. Changes nothing."""
    step = unknown_step()
    if step is not None:
        raise DatabaseNewer(step=step)
    if has_moved():
        raise MovedAlready


def unknown_step() -> str | None:
    """The first migration that has run and that no app of ours here brings along."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    apps = {app for app, _ in known}
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    return next((f"{app} {name}" for app, name in applied if app in apps and (app, name) not in known), None)


def has_moved() -> bool:
    return connection.vendor == "sqlite" and is_closed(Path(str(connection.settings_dict["NAME"])))
