from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("letters", "0010_showings")]

    operations = [
        migrations.AddIndex(
            model_name="seal", index=models.Index(fields=["sealed_at"], name="seal_sealed_at")
        ),
    ]
