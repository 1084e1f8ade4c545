from django.apps import AppConfig
from django.apps import apps as registry
from django.core.management import call_command
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from people import second_factor
        from people.sessions import signals

        signals.connect()
        second_factor.connect()
        post_migrate.connect(schedule_forgetting, sender=self)
        post_migrate.connect(make_room_for_limits, sender=self)


def schedule_forgetting(using: str, apps=registry, **kwargs) -> None:
    """What the worker does by itself. Every hour: answers kept for a day and sessions that are over go, and so does
    the access of those whose contract has ended; every day: what is past its time; every other minute: imports that
    stand still or were left."""
    try:
        schedule = apps.get_model("django_q", "Schedule")
    except LookupError:
        return  # an upgrade in pieces: the worker's tables come with a later one
    hourly = ("forget_old_calls", "drop_ended_sessions", "end_access_of_leavers")
    others = (("keep_retention", 24 * 60), ("tend_imports", 2))
    for name, minutes in (*((name, 60) for name in hourly), *others):
        schedule.objects.using(using).get_or_create(
            name=f"people.{name}",
            defaults={"func": f"people.tasks.{name}", "schedule_type": "I", "minutes": minutes},
        )


def make_room_for_limits(using: str, **kwargs) -> None:
    """The table in which attempts are counted is Django's own, and not made by a migration."""
    call_command("createcachetable", database=using, verbosity=0)
