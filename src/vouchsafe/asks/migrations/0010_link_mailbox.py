from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("asks", "0009_ready_asks")]

    operations = [
        migrations.AddIndex(
            model_name="link",
            index=models.Index(
                condition=models.Q(("mailbox", ""), _negated=True), fields=["mailbox"], name="link_mailbox"
            ),
        ),
    ]
