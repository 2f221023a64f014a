"""Databases of a test's own on the PostgreSQL of `tests/with_postgres.sh`, and worlds made by processes of their own."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql
from tests.serving import environment, python

WORLD = """
import os, sys
os.environ["VOUCHSAFE_DATA"] = sys.argv[1]
os.environ["DJANGO_SETTINGS_MODULE"] = "vouchsafe.config.settings"
import django
django.setup()
from vouchsafe.doors.cli.serving import prepare
prepare()
from tests import factories
from tests.sealing import make_packet_of, make_reader, make_sealed
dana, ada = factories.make_account("Dana Whitlock", role="office"), factories.make_account("Ada Marsh")
factories.make_instance(dana)
place = factories.make_opportunity(ada, deadline_on=None)
for n, confidentiality in enumerate(("open", "waived", "open")):
    ben = factories.make_contact(ada, f"Ben Okafor {n}", tie="direct_manager", knows_work=4, warmth=4)
    seal = make_sealed(ben, place, confidentiality=confidentiality)
make_reader(make_packet_of(seal, opportunity=place))
"""

# Somebody who goes on working: each round writes rows and lines of the journal.
WORK = """
import os, sys
os.environ["VOUCHSAFE_DATA"] = sys.argv[1]
os.environ["DJANGO_SETTINGS_MODULE"] = "vouchsafe.config.settings"
import django
django.setup()
from datetime import datetime, UTC
from django.db import transaction
from tests import factories
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account
ada = Account.objects.get(name="Ada Marsh")
n = 0
while True:
    n += 1
    with transaction.atomic():
        contact = factories.make_contact(ada, f"Somebody {n}")
        journal.note(chain=ada.key, verb="contact_added", about=contact.key, by=ada.key, now=datetime.now(UTC))
    if n == 3:
        print("at work", flush=True)
"""

# Every row of every table that is kept, in a form both databases give alike; and what each sealed letter's bytes are.
ROWS = """
import hashlib, json, os, sys
os.environ["VOUCHSAFE_DATA"] = sys.argv[1]
os.environ["DJANGO_SETTINGS_MODULE"] = "vouchsafe.config.settings"
import django
django.setup()
from django.apps import apps
from vouchsafe.ledger import snapshot
kept = set(snapshot.kept_tables("default"))
rows = {}
for model in apps.get_models(include_auto_created=True):
    if model._meta.db_table in kept:
        names = [field.attname for field in model._meta.concrete_fields]
        plain = [[bytes(v).hex() if isinstance(v, (bytes, memoryview)) else v for v in row]
                 for row in model._base_manager.order_by("pk").values_list(*names)]
        rows[model._meta.db_table] = json.loads(json.dumps(plain, default=str, sort_keys=True))
from vouchsafe.packets.access_vault import known_files, unsound_files
print(json.dumps({"rows": rows, "files": sorted(known_files()), "unsound": unsound_files()}))
"""


@contextmanager
def new_database() -> Iterator[str]:
    """The address of an empty PostgreSQL database, dropped at the end."""
    given = os.environ.get("DATABASE_URL", "")
    if "postgres" not in given:
        pytest.fail("no PostgreSQL here: run it by `make test-wide`")
    name = f"drill_{secrets.token_hex(4)}"
    with psycopg.connect(given, autocommit=True) as keeper:
        keeper.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
        finally:
            keeper.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def of(database: str) -> dict[str, str]:
    """The environment of a process on that database; on SQLite where it is empty."""
    return environment(**({"DATABASE_URL": database} if database else {}))


def make_world(folder: Path, database: str = "") -> None:
    python(WORLD, folder, env=of(database))


def rows_of(folder: Path, database: str = "") -> dict[str, object]:
    found = python(ROWS, folder, env=of(database))
    assert isinstance(found, dict)
    return found
