import django.db.models.deletion
from django.db import migrations, models

import vouchsafe.ledger.keys


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="trust",
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(default=vouchsafe.ledger.keys.new_key, max_length=32, unique=True)),
                (
                    "came",
                    models.CharField(
                        choices=[
                            ("got", "Got"),
                            ("did_not", "Did Not"),
                            ("declined", "Declined"),
                            ("stopped", "Stopped"),
                        ],
                        max_length=12,
                    ),
                ),
                ("told_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "because",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="further",
                        to="plans.outcome",
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="plans.opportunity",
                    ),
                ),
            ],
            options={
                "ordering": ("-told_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("opportunity",),
                        name="outcome_once",
                    )
                ],
            },
        ),
    ]
