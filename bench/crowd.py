"""The pages of a company of 5,000 people, through the real web server: coverage of a year, and a person’s year."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from . import lab, stage
from .report import Measure
from .server import Client, Server, environment, timed

PEOPLE = 5000
TODAY = date(2026, 6, 9)
READER, EMPLOYEE = "helene.vasseur@demo.example", "camille.moreau@demo.example"
SESSIONS = """
from django.test import Client
from people.models import Account
for email in {emails}:
    client = Client()
    client.force_login(Account.objects.get(email=email))
    print("session", client.cookies["sessionid"].value)
"""
AFRESH = """
import time
from datetime import date
from telework.models import KeptHeat
from telework.services.heat import keep_heat
KeptHeat.objects.all().delete()
began = time.process_time()
found = keep_heat(date({year}, 6, 9), years=1)
print("afresh", (time.process_time() - began) * 1000, found)
"""
LINE = "a signed-in page of one line"


def measures(folder: Path) -> list[Measure]:
    """Seconds to write the company; its year's coverage counted, read at first, again, and after a change."""
    database = folder / "crowd.sqlite3"
    stage.manage(database, "migrate", "-v0")
    took, _said, spent = stage.spent(database, "seed_demo", "--people", str(PEOPLE), "--today", TODAY.isoformat())
    afresh, needs = _words(database, AFRESH.format(year=TODAY.year), "afresh")[0]
    sessions = [word for word, *_ in _words(database, SESSIONS.format(emails=(READER, EMPLOYEE)), "session")]
    server = Server(environment(database))
    try:
        pages = _pages(server, *(Client(server.port, session) for session in sessions))
    finally:
        server.stop()
    return [
        *pages,
        *lab.measures(database, TODAY.year),
        Measure(f"heat of a year counted from rows, {PEOPLE} people", float(afresh), more=f"{needs} requirements; CPU"),
        Measure(f"seed_demo, {PEOPLE} people", took, "s", aim=60, more=f"{spent:.0f} s of processor time"),
    ]


def _words(database: Path, script: str, first: str) -> list[list[str]]:
    """What a script in the product's shell printed behind a first word."""
    lines = stage.told(database, "shell", "-c", script)[1].splitlines()
    return [line.split()[1:] for line in lines if line.startswith(f"{first} ")]


def _pages(server: Server, reader: Client, employee: Client) -> list[Measure]:
    heat, year = f"/coverage/{TODAY.year}/", f"/year/{TODAY.year}/"
    least = timed(server, lambda: reader.get("/bench/page/")[0], 20)[0]

    def changed() -> float:
        employee.post("/bench/write/", {}, status=204)
        return reader.get(heat)[0]

    return [
        _page(server, f"heat map of a year, {PEOPLE} people", reader, heat, 300, least),
        _page(server, f"heat map of a year, {PEOPLE} people, after each change", reader, heat, 300, least, changed),
        _page(server, f"My year among {PEOPLE} people", employee, year, 25, least),
    ]


def _page(
    server: Server, name: str, client: Client, path: str, aim: float, least: float, run: Callable | None = None
) -> Measure:
    first = client.get(path)[0]
    middle, slow, cpu = timed(server, run or (lambda: client.get(path)[0]), 20)
    size = len(client.get(path)[1]) / 1000
    told = f"p95 {slow:.1f} ms, {size:.0f} kB, the first time {first:.0f} ms"
    return Measure(name, middle, aim=aim, baseline=least, against=LINE, cpu=cpu, more=told)
