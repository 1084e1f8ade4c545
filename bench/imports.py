"""An import of human resources of 5,000 people: read, compared, written, beside bare inserts of the same rows."""

import os
import subprocess
import sys
import time
from pathlib import Path

from .report import Measure
from .server import ROOT, environment

PEOPLE, AIM = 5_000, 30
TEAMS = 250


def measures(folder: Path) -> list[Measure]:
    """Wall seconds of the whole import on each database, of its own, and their ratio to the bare inserts."""
    name = f"HR import of {PEOPLE:,} people with contract and team: read, compared, written"
    alone = [sys.executable, "-W", "ignore", "-m", "bench.imports"]
    ways = (("SQLite", alone), ("PostgreSQL", [sys.executable, "-W", "ignore", "-m", "tests.with_postgres", *alone]))
    return [_measure(f"{name}, {database}", command, folder) for database, command in ways]


def _measure(name: str, command: list[str], folder: Path) -> Measure:
    told = subprocess.run(
        command, cwd=ROOT, env=environment(folder / "imports.sqlite3"), capture_output=True, text=True, check=True
    ).stdout.split()
    whole, bare = map(float, told[-2:])
    return Measure(name, whole, "s", aim=AIM, baseline=bare, against="bare inserts of the same rows")


def content(count: int = PEOPLE) -> bytes:
    """A list as payroll software writes it: everybody in one of 250 teams."""
    rows = ["Matricule;Nom;Prénom;Courriel;Site;Emploi;Date d'entrée;Équipe;Type de contrat;Taux"]
    rows += [
        f"{100_000 + n};NOM{n};Prénom{n};p{n}@bench.example;Niort;Conseil;15/03/{2000 + n % 20};T{n % TEAMS};CDI;80"
        for n in range(count)
    ]
    return "\n".join(rows).encode()


def main() -> int:
    """Print the seconds of the import and of the same rows inserted without any check."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from datetime import date

    from django.core.management import call_command
    from django.db import transaction

    from people import clock
    from people.imports import runs, staff
    from people.models import Account, AuditEvent, Contract, Entity, Grant, Membership, Person, Site, Team, WorkPattern

    call_command("migrate", verbosity=0)
    entity, site = Entity.objects.create(name="Bench", slug="bench"), Site.objects.create(name="Niort")
    account = Account.objects.create_user("hr@bench.example")
    by = Person.objects.create(account=account, entity=entity, site=site, first_name="H", last_name="R")
    Grant.objects.create(person=by, role="hr", entity=entity)
    week = [{"start": "09:00", "end": "17:00"}] * 5 + [None] * 2
    WorkPattern.objects.create(name="Office", anchor=date(2024, 1, 1), days=week)
    runs.AT_ONCE = PEOPLE
    begun = time.monotonic()
    run = runs.start_run(content(), kind="people", entity=entity, name="bench.csv", by=by, now=clock.now())
    choices = staff.Choices(tuple(run.options["columns"]), date(2026, 1, 1), create_teams=True, pattern="Office")
    runs.choose(run, choices, table=0, now=clock.now)
    runs.ask_to_write(run, seen=run.digest, by=run.by, now=clock.now)
    whole = time.monotonic() - begun
    if run.state != "done":
        print(f"The import ended as {run.state}: {runs.faults_of(run)[:3]}", file=sys.stderr)
        return 1
    copies = [list(model.objects.exclude(pk=by.pk if model is Person else 0).order_by("pk"))
              for model in (Person, Team, Contract, Membership, AuditEvent)]  # fmt: skip
    for rows in reversed(copies):
        type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]).delete()
    begun = time.monotonic()
    with transaction.atomic():
        for rows in copies:
            type(rows[0]).objects.bulk_create(rows, batch_size=500)
    print(whole, time.monotonic() - begun)
    return 0


if __name__ == "__main__":
    sys.exit(main())
