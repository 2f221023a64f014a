"""A database as the first version made it, with people in it, is brought up to date and keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.databases import new_database, of
from tests.serving import python

# Every app of ours at its first migration, a few rows written as they were written then, and then the start of today.
UPGRADE = """
import json, sys
from vouchsafe.doors.cli.serving import prepare, settle
settle(sys.argv[1])
import django
django.setup()
from datetime import datetime, UTC

from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
OURS = ("ledger", "people", "plans", "asks", "letters", "packets")
executor = MigrationExecutor(connection)
oldest = [(app, "0001_initial") for app in OURS]
executor.migrate(oldest)
then = executor.loader.project_state(oldest).apps
now = datetime(2026, 11, 1, 12, tzinfo=UTC)

def write(app, kind, **facts):
    model = then.get_model(app, kind)
    for field in model._meta.concrete_fields:
        if field.name in facts or field.has_default() or field.null or field.primary_key:
            continue
        if isinstance(field, models.DateTimeField):
            facts[field.name] = now
        elif isinstance(field, models.DateField):
            facts[field.name] = now.date()
        elif isinstance(field, models.BooleanField):
            facts[field.name] = False
        elif isinstance(field, models.IntegerField):
            facts[field.name] = 1
    return model.objects.create(**facts)

ada = write("people", "Account", email="ada@uni.example", name="Ada Marsh")
write("people", "Instance", owner=ada, host="institution", name="The university")
ben = write("people", "Contact", owner=ada, name="Ben Okafor")
write("plans", "Opportunity", owner=ada, title="Junior surveyor")
write("ledger", "Line", chain=ada.key, position=1, by=ada.key, verb="joined", about=ada.key, before="0" * 64, digest="1" * 64)
prepare()
from vouchsafe.ledger.models import Line
from vouchsafe.people.models import Account, Contact, Instance
from vouchsafe.plans.models import Opportunity
rows = [Account, Instance, Contact, Opportunity, Line]
print(json.dumps({
    "counts": [model.objects.count() for model in rows],
    "names": [Account.objects.get().name, Contact.objects.get().name, Contact.objects.get().owner.email],
    "ahead": len(MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes())),
}))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "sqlite":
        yield ""
        return
    with new_database() as made:
        yield made


@pytest.mark.wide
def test_database_of_the_first_version_is_brought_up_to_date_and_keeps_its_people(
    tmp_path: Path, database: str
) -> None:
    found = python(UPGRADE, tmp_path, env=of(database))
    assert found["counts"] == [1, 1, 1, 1, 1]
    assert found["names"] == ["Ada Marsh", "Ben Okafor", "ada@uni.example"]
    assert found["ahead"] == 0
