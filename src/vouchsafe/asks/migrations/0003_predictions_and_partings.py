import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("asks", "0002_freeze_waivers"),
        ("plans", "0002_outcome"),
    ]

    operations = [
        migrations.CreateModel(
            name="Parting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "did",
                    models.CharField(
                        choices=[
                            ("told", "Told"),
                            ("cancelled", "Cancelled"),
                            ("closed", "Closed"),
                            ("paused", "Paused"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plans.outcome"
                    ),
                ),
                (
                    "purpose",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="asks.purpose",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="asks.request"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Prediction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("by_day", models.JSONField()),
                ("made_at", models.DateTimeField()),
                (
                    "purpose",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prediction",
                        to="asks.purpose",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["ends_on"], name="prediction_ends")],
            },
        ),
    ]
