import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('policies', '0002_coverage'),
        ('telework', '0002_coverage'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptHeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('stamp', models.CharField(max_length=32)),
                ('lows', models.BinaryField()),
                ('gaps', models.JSONField(default=list)),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='policies.requirement')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('requirement', 'year'), name='heat_is_kept_once_a_year')],
            },
        ),
    ]
