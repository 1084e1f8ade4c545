"""The coverage pages of a company of 5,000 people, through the real web server."""

from datetime import date
from pathlib import Path

from . import stage
from .report import Measure
from .server import Client, Server, environment, timed

PEOPLE = 5000
TODAY = date(2026, 6, 9)
READER = "helene.vasseur@demo.example"
SESSION = """
from django.test import Client
from people.models import Account
client = Client()
client.force_login(Account.objects.get(email="{reader}"))
print("session", client.cookies["sessionid"].value)
"""


def measures(folder: Path) -> list[Measure]:
    """Seconds to write the company; the year's heat map read for the first time, then again."""
    database = folder / "crowd.sqlite3"
    stage.manage(database, "migrate", "-v0")
    took, _said = stage.told(database, "seed_demo", "--people", str(PEOPLE), "--today", TODAY.isoformat())
    _took, said = stage.told(database, "shell", "-c", SESSION.format(reader=READER))
    session = next(line.split()[1] for line in said.splitlines() if line.startswith("session "))
    server = Server(environment(database))
    try:
        client = Client(server.port, session)
        path = f"/coverage/{TODAY.year}/"
        first = client.get(path)[0]
        middle, slow, cpu = timed(server, lambda: client.get(path)[0], 20)
        size = len(client.get(path)[1]) / 1000
    finally:
        server.stop()
    return [
        Measure(f"heat map of a year, {PEOPLE} people", middle, aim=300, cpu=cpu,
                more=f"p95 {slow:.1f} ms, {size:.0f} kB, the first time {first:.0f} ms"),
        Measure(f"seed_demo, {PEOPLE} people", took, "s"),
    ]  # fmt: skip
