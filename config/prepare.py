"""What a start needs before the doors open: words compiled, database migrated and guarded, files collected, a demo."""

import os
import sys

import django
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from ui import translations


def prepare() -> None:
    """Bring everything up to date; ``SystemExit`` with a sentence when something cannot be."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
    except Exception as error:
        sys.exit(f"The settings cannot be read: {error}")
    from django.conf import settings

    translations.compile_all(settings.BASE_DIR)
    _reach_database()
    try:
        call_command("migrate", interactive=False, verbosity=0, skip_checks=False)
        call_command("collectstatic", interactive=False, verbosity=0)
        _seed(settings)
    except (CommandError, DatabaseError, OSError) as error:
        sys.exit(f"The start stopped: {error}")


def _reach_database() -> None:
    try:
        connection.ensure_connection()
    except Exception as error:  # each driver has its own; the reason is in the first line of all
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        sys.exit(
            f"The database cannot be opened: {reason}. Check DATABASE_URL "
            "(postgres://user:password@host:5432/name, or leave it out for SQLite)."
        )


def _seed(settings) -> None:
    """The demo organisation, on the first start only; production starts empty unless DEMO_PEOPLE asks for it."""
    from people.models import Person

    people = os.environ.get("DEMO_PEOPLE", "0" if settings.PRODUCTION else "1000")
    if people != "0" and not Person.objects.exists():
        print(f"First start: a demo organisation of {people} people is being made (once only) …", flush=True)
        call_command("seed_demo", people=int(people), if_empty=True)


if __name__ == "__main__":
    prepare()
