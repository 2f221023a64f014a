"""Rows of a table, read and written alike on both databases: what moves an instance from one to the other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import connections, models

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import snapshot

BATCH = 2000


class RowDoesNotFit(Refusal):
    code = "row-does-not-fit"
    msgid = msg("PostgreSQL does not take a row of {table}: {why}.")
    hint_msgid = msg(
        "Mend that row where it is, then begin again. Nothing was lost, and the instance goes on as it was."
    )


@dataclass(frozen=True, slots=True)
class Digest:
    """How many rows, and the SHA-256 over all of them in the order of their keys."""

    rows: int
    sha256: str


def kept_models(using: str) -> list[type[models.Model]]:
    """One model for each table that holds the instance."""
    there = set(snapshot.kept_tables(using))
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table in there
    }
    return [found[table] for table in sorted(found)]


def digest_of(model: type[models.Model], using: str) -> Digest:
    digest, rows = sha256(), 0
    for row in _rows(model, using):
        told = json.dumps([_plain(value) for value in row], ensure_ascii=True, sort_keys=True)
        digest.update(told.encode() + b"\n")
        rows += 1
    return Digest(rows, digest.hexdigest())


def copy_rows(model: type[models.Model], *, source: str, target: str) -> None:
    """Replace what the target holds of a table by the source's rows, inside the caller's transaction."""
    from psycopg import DataError  # COPY is the driver's own, and so is what it raises

    fields = model._meta.concrete_fields
    table, to = model._meta.db_table, connections[target]
    names = ", ".join(f'"{field.column}"' for field in fields)
    with to.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 - a model's own name
        try:
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in _rows(model, source):
                    copy.write_row(
                        [field.get_db_prep_save(value, to) for field, value in zip(fields, row, strict=True)]
                    )
        except DataError as trouble:
            raise RowDoesNotFit(table=table, why=_without_values(trouble)) from None


def _rows(model: type[models.Model], using: str) -> Iterator[tuple[Any, ...]]:
    names = [field.attname for field in model._meta.concrete_fields]
    return iter(
        model._base_manager.using(using).order_by("pk").values_list(*names).iterator(chunk_size=BATCH)
    )


def _plain(value: object) -> object:
    """The same for the same value, whichever database gave it."""
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, float) and value.is_integer():
        return int(value)  # jsonb keeps 1e5 as 100000
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


def _without_values(trouble: Exception) -> str:
    """The first line alone: what follows quotes the row."""
    return str(trouble).strip().splitlines()[0].rstrip(".")
