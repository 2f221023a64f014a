import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vouchsafe.ledger.keys


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_contact_import_encoding"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(default=vouchsafe.ledger.keys.new_key, max_length=32, unique=True)),
                ("generation", models.PositiveSmallIntegerField()),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "correspondent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.correspondent",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account__isnull", True), ("correspondent__isnull", False)),
                            models.Q(("account__isnull", False), ("correspondent__isnull", True)),
                            _connector="OR",
                        ),
                        name="feed_has_one_owner",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("account",),
                        name="feed_once_per_account",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("correspondent",),
                        name="feed_once_per_writer",
                    ),
                ],
            },
        ),
    ]
