"""Accounts as identity providers know them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vouchsafe.ledger.keys


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0012_keeping"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignOn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(default=vouchsafe.ledger.keys.new_key, max_length=32, unique=True)),
                ("issuer", models.CharField(max_length=500)),
                ("subject_digest", models.CharField(max_length=64, unique=True)),
                ("linked_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("account", "issuer"), name="sign_on_once_per_provider")
                ],
            },
        ),
    ]
