from django.apps import AppConfig
from django.apps import apps as registry
from django.db.models.signals import post_migrate


class NotificationsConfig(AppConfig):
    name = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from notifications import accounts

        accounts.connect()
        post_migrate.connect(schedule_sweep, sender=self)


def schedule_sweep(using: str, apps=registry, **kwargs) -> None:
    """The worker sweeps once a minute, whatever else wakes it."""
    try:
        schedule = apps.get_model("django_q", "Schedule")
    except LookupError:
        return  # an upgrade in pieces: the worker's tables come with a later one
    schedule.objects.using(using).get_or_create(
        name="notifications.sweep", defaults={"func": "notifications.tasks.sweep", "schedule_type": "I", "minutes": 1}
    )
