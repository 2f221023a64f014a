"""A confidential letter never becomes an open one, a seal is never altered; only a new letter may be open."""

from django.db import migrations

from vouchsafe.ledger.freezing import freeze


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial")]
    operations = [
        freeze(
            "letters_letter",
            name="letter_stays_confidential",
            when="(OLD.confidentiality <> 'open' AND NEW.confidentiality <> OLD.confidentiality)",
            why="a confidential letter stays so",
        ),
        freeze(
            "letters_seal", name="seal_is_frozen", when="(OLD.id IS NOT NULL)", why="a seal is never altered"
        ),
    ]
