from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0006_successors_versions_templates"),
    ]

    operations = [
        # Nullable and without a default, so that SQLite adds the column and keeps the table, with its trigger.
        migrations.AddField(
            model_name="seal",
            name="time_stamped_at",
            field=models.DateTimeField(null=True),
        ),
    ]
