import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_posts_and_places'),
        ('policies', '0005_personal_terms'),
    ]

    operations = [
        migrations.CreateModel(
            name='TeamCharter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('first_day', models.DateField()),
                ('values', models.JSONField(blank=True, default=dict)),
                ('words', models.CharField(blank=True, max_length=2000)),
                ('written_at', models.DateTimeField()),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='charters', to='people.team')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['-first_day'],
                'constraints': [models.UniqueConstraint(fields=('team', 'first_day'), name='team_charter_once_a_day')],
            },
        ),
    ]
