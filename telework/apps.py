from django.apps import AppConfig
from django.apps import apps as registry
from django.db.models.signals import post_migrate


class TeleworkConfig(AppConfig):
    name = "telework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from telework.mails import register_all

        register_all()
        post_migrate.connect(schedule_keeping, sender=self)


def schedule_keeping(using: str, apps=registry, **kwargs) -> None:
    """The worker brings the heat of coverage up to date once a minute."""
    try:
        schedule = apps.get_model("django_q", "Schedule")
    except LookupError:
        return  # an upgrade in pieces: the worker's tables come with a later one
    schedule.objects.using(using).get_or_create(
        name="telework.keep_heat", defaults={"func": "telework.tasks.keep_heat", "schedule_type": "I", "minutes": 1}
    )
