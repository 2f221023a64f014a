"""A waiver's words, time and purpose never change, and a waived purpose never becomes open again."""

from django.db import migrations

from vouchsafe.ledger.freezing import freeze


class Migration(migrations.Migration):
    dependencies = [("asks", "0001_initial")]
    operations = [
        freeze(
            "asks_waiver",
            name="waiver_is_frozen",
            when="(OLD.id IS NOT NULL)",
            why="a waiver is never altered",
        ),
        freeze(
            "asks_purpose",
            name="purpose_stays_waived",
            when="(OLD.confidentiality = 'waived' AND NEW.confidentiality <> 'waived')",
            why="a waived purpose stays waived",
        ),
    ]
