"""The policy lab over a year of a company of 5,000 people, beside a plain reading of the same rows.

Run from the root on a database that ``seed_demo`` has written: ``python -m bench.lab DATABASE.sqlite3``; it changes it.
"""

import sys
from pathlib import Path

from . import report, stage
from .report import Measure

# Everybody is put under one agreement, whose draft allows a third fewer days: the most that a run may have to do.
RUN = """
import time
from datetime import date
from people import clock
from people.models import Person
from policies.models import AgreementVersion
from policies.services import documents
from telework.lab import services
from telework.models import Booking
year = date({year}, 1, 1), date({year}, 12, 31)
held = AgreementVersion.objects.filter(state="in_force").select_related("agreement__entity").order_by("pk")[0]
Person.objects.update(entity=held.agreement.entity)
hr = Person.objects.order_by("pk")[0]
text = held.text.replace("limit = 100", "limit = 66")
draft = documents.begin_draft(held.agreement, text=text, cases=held.cases, actor=hr, now=clock.now())
run = services.start_run(draft, first=year[0], last=year[1], as_of=year[1], actor=hr, now=clock.now())
began, wall = time.process_time(), time.perf_counter()
while services.work(run, now=clock.now):
    pass
spent, waited = time.process_time() - began, time.perf_counter() - wall
run.refresh_from_db()
assert run.state == "done", run.state
from django.db import connection
tables = {{
    "telework_booking": "person_id, day, part, state, requested_at",
    "people_shift": "person_id, day, start, end",
    "people_absence": "person_id, first_day, last_day",
    "people_contract": "person_id, start, end, rate",
}}
began, rows = time.process_time(), 0
with connection.cursor() as cursor:
    for table, columns in tables.items():
        columns = ", ".join(f'"{{name.strip()}}"' for name in columns.split(","))
        cursor.execute(f"SELECT {{columns}} FROM {{table}}")
        rows += len(cursor.fetchall())
plain = time.process_time() - began
refused = (run.result["refused"] or {{}}).get("bookings", 0)
print("lab", spent, waited, plain, run.result["people"], run.result["asked"], refused, rows)
"""
AIM = 60


def measures(database: Path, year: int) -> list[Measure]:
    """Seconds of processor time for a run over a year, all of it: people, coverage before and after, sums."""
    said = stage.told(database, "shell", "-c", RUN.format(year=year))[1]
    words = next(line for line in said.splitlines() if line.startswith("lab ")).split()[1:]
    spent, waited, plain = map(float, words[:3])
    people, asked, refused, rows = map(int, words[3:])
    told = f"{_apart(asked)} bookings, {_apart(refused)} refused, {waited:.0f} s waited"
    return [
        Measure(
            f"policy lab, a year of {people} people",
            spent,
            "s",
            aim=AIM,
            baseline=plain,
            against=f"reading the same {_apart(rows)} rows",
            more=told,
        )
    ]


def _apart(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def main() -> None:
    print(report.table(measures(Path(sys.argv[1]).resolve(), 2026)))


if __name__ == "__main__":
    main()
