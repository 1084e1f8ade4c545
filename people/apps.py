from django.apps import AppConfig
from django.apps import apps as registry
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(schedule_forgetting, sender=self)


def schedule_forgetting(using: str, apps=registry, **kwargs) -> None:
    """Every hour the worker deletes answers that were kept for a day."""
    try:
        schedule = apps.get_model("django_q", "Schedule")
    except LookupError:
        return  # an upgrade in pieces: the worker's tables come with a later one
    schedule.objects.using(using).get_or_create(
        name="people.forget_old_calls",
        defaults={"func": "people.tasks.forget_old_calls", "schedule_type": "I", "minutes": 60},
    )
