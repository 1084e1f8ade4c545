from django.apps import AppConfig
from django.apps import apps as registry
from django.db.models.signals import post_migrate


class TeleworkConfig(AppConfig):
    name = "telework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from people.imports.staff import watchers
        from telework import exports  # noqa: F401 (offers the files of telework)
        from telework.feeds import leaving
        from telework.mails import register_all

        register_all()
        watchers.append(recheck_import)
        leaving.connect()
        post_migrate.connect(schedule_keeping, sender=self)


def recheck_import(**change):
    """What an import of human resources does to telework that is booked: told, never cancelled."""
    from telework.services import rechecked  # here: needs every model

    return rechecked(**change)


def schedule_keeping(using: str, apps=registry, **kwargs) -> None:
    """Once a minute the worker brings the heat of coverage up to date and goes on with runs that have stopped; every
    quarter of an hour it looks for requests that nobody has answered in time."""
    try:
        schedule = apps.get_model("django_q", "Schedule")
    except LookupError:
        return  # an upgrade in pieces: the worker's tables come with a later one
    for name, minutes in (("keep_heat", 1), ("resume_labs", 1), ("answer_silence", 15)):
        schedule.objects.using(using).get_or_create(
            name=f"telework.{name}",
            defaults={"func": f"telework.tasks.{name}", "schedule_type": "I", "minutes": minutes},
        )
