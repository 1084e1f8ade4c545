"""What a start needs before the doors open: words compiled, database migrated and guarded, files collected, a demo."""

import os
import sys
from pathlib import Path

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

    try:
        translations.compile_all(settings.BASE_DIR)
    except OSError as error:
        sys.exit(
            f"The words cannot be compiled ({error.strerror}: {error.filename}). "
            "As the owner of these files, run: python manage.py messages --compile"
        )
    _reach_database()
    try:
        call_command("migrate", interactive=False, verbosity=0, skip_checks=False)
        call_command("collectstatic", interactive=False, verbosity=0)
        _seed(settings)
        _note_accounts(settings.VAR_DIR / "demo-accounts.txt")
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
        call_command("seed_demo", people=people, if_empty=True)


def _note_accounts(path: Path) -> None:
    """Keep the demo's accounts where the start reads them; none are noted once they cannot sign in any more."""
    from people.models import Account
    from telework.demo.cast import DEMO_ACCOUNTS

    open_ones = Account.objects.filter(email__in=[each.email for each in DEMO_ACCOUNTS], is_active=True)
    emails = {account.email for account in open_ones if account.has_usable_password()}
    password = os.environ.get("DEMO_PASSWORD", "cent-jours-demo")
    lines = [f"  {each.email:<36} {password:<18} {each.role}" for each in DEMO_ACCOUNTS if each.email in emails]
    path.write_text("\n".join(["Demo accounts:", *lines, ""]) if lines else "", "utf-8")


if __name__ == "__main__":
    prepare()
