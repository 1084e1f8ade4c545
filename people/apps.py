from django.apps import AppConfig
from django.apps import apps as registry
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(schedule_forgetting, sender=self)


def schedule_forgetting(using: str, apps=registry, **kwargs) -> None:
    """Every hour the worker deletes answers that were kept for a day; every day it lets go what is past its time."""
    try:
        schedule = apps.get_model("django_q", "Schedule")
    except LookupError:
        return  # an upgrade in pieces: the worker's tables come with a later one
    for name, minutes in (("forget_old_calls", 60), ("keep_retention", 24 * 60)):
        schedule.objects.using(using).get_or_create(
            name=f"people.{name}",
            defaults={"func": f"people.tasks.{name}", "schedule_type": "I", "minutes": minutes},
        )
