"""The data set and those who act in it: written once into a temporary SQLite file."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from .server import ROOT, environment

YEAR = 2026


def prepare(folder: Path) -> tuple[Path, float]:
    """An SQLite file with the plain data set; and how many seconds writing it took."""
    database = folder / "flat.sqlite3"
    for words in (["messages", "--compile"], ["collectstatic", "--noinput", "-v0"], ["migrate", "-v0"]):
        manage(database, *words)
    return database, manage(database, "seed_demo", "--flat")


def manage(database: Path, *words: str) -> float:
    """Run manage.py on that database; seconds it took."""
    return told(database, *words)[0]


def told(database: Path, *words: str) -> tuple[float, str]:
    """Run manage.py on that database; seconds it took, and what it printed."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=environment(database), capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"manage.py {' '.join(words)} failed:\n{done.stdout}{done.stderr}")
    return time.perf_counter() - began, done.stdout


def spent(database: Path, *words: str) -> tuple[float, str, float]:
    """As ``told``, and the seconds of processor time it used."""
    before = os.times()
    took, said = told(database, *words)
    after = os.times()
    used = after.children_user - before.children_user + after.children_system - before.children_system
    return took, said, used


@dataclass(frozen=True, slots=True)
class Stage:
    """Sessions and addresses that the measures use. Teams, people and feeds by uid or path."""

    employee: str
    manager: str
    hr: str
    team: str
    personal_feed: str
    team_feed: str
    wishes: list[tuple[str, str]]


def enter(database: Path) -> Stage:
    """Sign people in and make their feeds, in this process, on the database of the server."""
    os.environ.update(environment(database), DJANGO_SETTINGS_MODULE="bench.settings")
    import django

    django.setup()
    from people.models import Grant, Person, Role
    from telework.feeds.services import create_feed
    from telework.models import Booking

    people = list(Person.objects.select_related("account", "site", "entity").order_by("pk"))
    manager, employee, hr = people[0], people[120], people[999]
    Grant.objects.get_or_create(person=hr, role=Role.HR, entity=hr.entity)
    team = manager.memberships.filter(role="member").get().team
    held = set(Booking.objects.filter(person__memberships__team=team).values_list("person_id", "day"))
    days = [date(YEAR, 3, 30) + timedelta(days=number) for number in range(60)]
    mates = [person for person in people if person.memberships.filter(team=team).exists() and person != manager]
    sessions = {person.pk: session_of(person) for person in mates}
    wishes = [
        (sessions[person.pk], day.isoformat())
        for day in days
        for person in mates
        if day.weekday() < 5 and (person.pk, day) not in held and not _is_holiday(day)
    ]
    now = employee.account.created_at
    made = [
        create_feed(owner=owner, scope=scope, privacy="full", team=where, now=now)[1]
        for owner, scope, where in ((employee, "personal", None), (manager, "team", team))
    ]
    feeds = [address[address.index("/cal/") :] for address in made]
    return Stage(session_of(employee), session_of(manager), session_of(hr), str(team.uid), *feeds, wishes)


def _is_holiday(day: date) -> bool:
    from people.holidays import public_holidays

    return day in public_holidays("FR", YEAR, YEAR, "fr")


def session_of(person) -> str:
    """A session key of a signed-in person."""
    from django.test import Client

    client = Client()
    client.force_login(person.account)
    return client.cookies["sessionid"].value


def pending_of_manager() -> list[str]:
    """Requests that wait for the manager of the first teams, as the form names them (uid and version)."""
    from people.access import people_managed_by
    from people.models import Person
    from telework.models import Booking, State

    manager = Person.objects.select_related("site", "entity").order_by("pk").first()
    team = people_managed_by(manager, date(YEAR, 3, 2))
    waiting = Booking.objects.filter(state=State.REQUESTED, person__in=team, day__gt=date(YEAR, 3, 2)).order_by("pk")
    return [f"{booking.uid}.{booking.version}" for booking in waiting]
