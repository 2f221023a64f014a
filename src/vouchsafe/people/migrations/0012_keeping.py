"""How long the office keeps what is over, whom it told, and what it erased."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vouchsafe.ledger.keys


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0011_invitation_batches"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeepingRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("months", models.JSONField(default=dict)),
                ("set_at", models.DateTimeField()),
                ("set_by", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Sweep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=8)),
                ("count", models.PositiveIntegerField()),
                ("keys", models.JSONField(default=list)),
                ("swept_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-swept_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Farewell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(default=vouchsafe.ledger.keys.new_key, max_length=32, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("requests", "Requests"), ("accounts", "Accounts")], max_length=8
                    ),
                ),
                ("abouts", models.JSONField(default=list)),
                ("kept", models.JSONField(default=list)),
                ("erase_on", models.DateField()),
                ("generation", models.PositiveSmallIntegerField()),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("told_at", models.DateTimeField()),
                ("told_again_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("kept", "Kept"), ("erased", "Erased"), ("used", "Used"), ("off", "Off")],
                        max_length=8,
                    ),
                ),
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["erase_on"],
                        name="farewell_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("account", "kind"),
                        name="farewell_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("outcome", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="farewell_ended_has_outcome",
                    ),
                ],
            },
        ),
    ]
