from django.db import migrations, models


class Migration(migrations.Migration):
    """Accounts keep which mails they do without."""

    dependencies = [("people", "0007_sessions")]

    operations = [
        migrations.AddField(model_name="account", name="mails_off", field=models.JSONField(blank=True, default=list)),
    ]
