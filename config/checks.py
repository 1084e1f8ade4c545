"""What must hold before the house opens: on SQLite, the guards that keep two bookings from passing each other."""

from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from people.personal_data.retention import periods

WANTED = {"journal_mode": ("wal", "WAL"), "synchronous": (2, "FULL")}


@register(Tags.database)
def sqlite_guards(app_configs=None, databases=None, **kwargs) -> list[Error]:
    """A sentence for every guard that is not set on a SQLite connection; PostgreSQL needs none."""
    errors = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor == "sqlite":
            errors += [Error(sentence, id="house.E001") for sentence in _missing(connection)]
    return errors


def _missing(connection):
    with connection.cursor() as cursor:
        for name, (wanted, word) in WANTED.items():
            found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
            if found != wanted:
                yield f"SQLite runs with {name} {found}; it needs {word}: see init_command in config/settings.py."
    mode = connection.settings_dict.get("OPTIONS", {}).get("transaction_mode")
    if mode != "IMMEDIATE":
        yield f"SQLite begins transactions in mode {mode}; it needs IMMEDIATE: see config/settings.py."


@register()
def retention_times(app_configs=None, **kwargs) -> list[Error]:
    """A sentence when ``RETENTION_FILE`` cannot hold, so that a start tells it and not the night."""
    try:
        periods()
    except ImproperlyConfigured as fault:
        return [Error(str(fault), id="house.E010")]
    return []
