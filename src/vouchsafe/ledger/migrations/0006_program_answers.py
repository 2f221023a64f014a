"""What programs were answered to questions they named, so that each is acted upon once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0005_hooks"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProgramAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chain", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("asked", models.CharField(max_length=64)),
                ("claim", models.CharField(max_length=32)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("sealed_answer", models.BinaryField(default=bytes)),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(fields=["chain"], name="program_answer_chain"),
                    models.Index(fields=["begun_at"], name="program_answer_age"),
                ],
            },
        ),
    ]
