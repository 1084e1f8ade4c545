import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_posts_and_places'),
        ('policies', '0004_regimes'),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonalTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(blank=True, max_length=80)),
                ('number', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True)),
                ('lifts', models.JSONField(blank=True, default=list)),
                ('replace', models.JSONField(blank=True, default=dict)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(blank=True, null=True)),
                ('written_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='people.person')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['-first_day', '-pk'],
                'indexes': [models.Index(fields=['person', 'first_day'], name='policies_pe_person__10656c_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day', None), ('last_day__gte', models.F('first_day')), _connector='OR'), name='personal_term_ends_after_start')],
            },
        ),
    ]
