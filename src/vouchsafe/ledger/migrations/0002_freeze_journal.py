"""The journal is append-only."""

from django.db import migrations

from vouchsafe.ledger.freezing import freeze


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        freeze(
            "ledger_line",
            name="line_is_frozen",
            when="(OLD.id IS NOT NULL)",
            why="the journal is append-only",
        ),
        freeze(
            "ledger_root",
            name="root_is_frozen",
            when="(OLD.id IS NOT NULL)",
            why="the journal is append-only",
        ),
    ]
