from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0004_planned_seals"),
    ]

    operations = [
        migrations.AddField(
            model_name="scope",
            name="on_screen_only",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
