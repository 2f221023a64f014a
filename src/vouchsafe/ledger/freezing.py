"""Database triggers that keep a row, or a column's value, as it was written: on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.migrations import RunPython
from django.db.migrations.operations.base import Operation


def freeze(table: str, *, name: str, when: str, why: str) -> Operation:
    """A migration operation: refuse any UPDATE of `table` for which the SQL condition `when` holds.

    `when` may name `OLD` and `NEW` and must read the same in both databases. `why` is what the database says.
    """

    def put(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '{why}' "
                "USING ERRCODE = 'integrity_constraint_violation'; END; $$ LANGUAGE plpgsql"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
            )

    def lift(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")

    forward: Callable[[Any, Any], None] = put
    return RunPython(forward, lift)
