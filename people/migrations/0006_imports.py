import uuid

import django.db.models.deletion
from django.db import migrations, models

import people.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_reads"),
    ]

    operations = [
        migrations.CreateModel(
            name="ColumnMemory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("people", "People"),
                            ("contracts", "Contracts"),
                            ("teams", "Teams"),
                            ("managers", "Managers"),
                            ("places", "Places"),
                        ],
                        max_length=12,
                    ),
                ),
                ("titles", models.CharField(max_length=64)),
                ("columns", models.JSONField(default=list)),
                ("used_at", models.DateTimeField()),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.entity"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("entity", "kind", "titles"), name="columns_once_a_file_head")
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("people", "People"),
                            ("contracts", "Contracts"),
                            ("teams", "Teams"),
                            ("managers", "Managers"),
                            ("places", "Places"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("columns", "Columns"),
                            ("checking", "Checking"),
                            ("ready", "Ready"),
                            ("faulty", "Faulty"),
                            ("applying", "Applying"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("gone", "Gone"),
                        ],
                        default="columns",
                        max_length=8,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("content", people.models.fields.EncryptedTextField(blank=True)),
                ("report", people.models.fields.EncryptedTextField(blank=True)),
                ("options", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                ("digest", models.CharField(blank=True, max_length=32)),
                ("progress", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("touched_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.entity"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["state", "touched_at"], name="people_impo_state_fdca51_idx")],
            },
        ),
    ]
