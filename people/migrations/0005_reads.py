import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_keys_and_keyed_calls")]

    operations = [
        migrations.CreateModel(
            name="ReadEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("person", "your page"),
                            ("places", "your places"),
                            ("terms", "your terms"),
                            ("year", "your days"),
                            ("export", "a file in which you are"),
                            ("my_data", "everything that is kept on you"),
                        ],
                        max_length=10,
                    ),
                ),
                ("role", models.CharField(max_length=16)),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reads", to="people.person"
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["person", "at"], name="read_of_person"),
                    models.Index(fields=["day"], name="read_by_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("reader", "person", "what", "day"), name="read_once_a_day")
                ],
            },
        ),
        migrations.AddField(
            model_name="person",
            name="erased_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
    ]
