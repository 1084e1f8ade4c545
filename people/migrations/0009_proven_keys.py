from django.db import migrations, models


class Migration(migrations.Migration):
    """Keys remember whether a second factor was shown where they were made."""

    dependencies = [("people", "0008_mails_off")]

    operations = [
        migrations.AddField(model_name="apitoken", name="proven", field=models.BooleanField(default=True)),
    ]
