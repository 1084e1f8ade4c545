import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_posts_and_places'),
        ('policies', '0003_documents'),
    ]

    operations = [
        migrations.CreateModel(
            name='Regime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('job', models.SlugField(blank=True, max_length=60)),
                ('listed', models.BooleanField(default=False)),
                ('name', models.CharField(max_length=80)),
                ('words', models.CharField(blank=True, max_length=600)),
                ('cause', models.CharField(blank=True, max_length=60)),
                ('article', models.CharField(blank=True, max_length=40)),
                ('off_quota', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField()),
                ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='regimes', to='people.entity')),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.team')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RegimePerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('regime', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='policies.regime')),
            ],
        ),
        migrations.CreateModel(
            name='RegimeTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('prepared_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('dismissed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('dismissed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('regime', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='policies.regime')),
            ],
            options={
                'ordering': ['first_day', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='regime',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cause', ''), _negated=True), ('off_quota', True), _connector='OR'), name='regime_has_some_effect'),
        ),
        migrations.AddConstraint(
            model_name='regimeperson',
            constraint=models.UniqueConstraint(fields=('regime', 'person'), name='regime_person_once'),
        ),
        migrations.AddIndex(
            model_name='regimeterm',
            index=models.Index(condition=models.Q(('confirmed_by__isnull', False)), fields=['last_day'], name='regime_term_in_force'),
        ),
        migrations.AddConstraint(
            model_name='regimeterm',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='regime_term_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='regimeterm',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('prepared_by')), _negated=True), _connector='OR'), name='regime_term_fired_by_two'),
        ),
        migrations.AddConstraint(
            model_name='regimeterm',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='regime_term_confirmed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='regimeterm',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at', None), ('dismissed_at', None)), fields=('regime',), name='regime_term_waits_alone'),
        ),
    ]
