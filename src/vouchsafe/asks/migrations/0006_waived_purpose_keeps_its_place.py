"""What a waiver was given for, and when, stays as it was: the place and the moment are frozen with its words."""

from django.db import migrations

from vouchsafe.ledger.freezing import freeze


class Migration(migrations.Migration):
    dependencies = [("asks", "0005_silences")]
    operations = [
        freeze(
            "asks_purpose",
            name="waived_purpose_keeps_its_place",
            when=(
                "(OLD.confidentiality = 'waived' AND (NEW.opportunity_id <> OLD.opportunity_id "
                "OR NEW.request_id <> OLD.request_id OR NEW.added_at <> OLD.added_at))"
            ),
            why="a waiver holds for the purpose it was given for",
        ),
    ]
