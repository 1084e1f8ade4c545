"""What needs no web server: decisions, greying, and writing the demo organisation."""

import sqlite3
import time
from datetime import date
from pathlib import Path

from policies import core
from policies.core import Part, Request
from policies.core.agreement import load
from policies.core.facts import WHOLE_DAY

from . import agreements, decide, stage
from .report import Measure
from .server import ROOT

AGREEMENT = "policies/agreements/ima-gie-2021.toml"


def measures() -> list[Measure]:
    """Decisions a second on one core, and a year greyed in its three parts."""
    agreement, facts = load((ROOT / AGREEMENT).read_text(encoding="utf-8")), decide.facts_of_a_year()
    requests = [Request(day) for day in decide.YEAR]
    recount = f"naive recount of {Path(AGREEMENT).stem}"

    def deciding() -> int:
        for request in requests:
            core.decide(request, facts, agreement)
        return len(requests)

    def recounting() -> int:
        for day in decide.YEAR[::10]:
            decide.naive(day, facts)
        return len(decide.YEAR[::10])

    def greying() -> int:
        fresh = facts.with_booking(decide.TODAY, WHOLE_DAY)
        for part in Part:
            core.glance(fresh, agreement, decide.YEAR, part)
        return 1

    naive, shared = decide.per_second(recounting), {"against": recount}
    decided, greyed = decide.per_second(deciding), 1000 / decide.per_second(greying)
    slow = agreements.slowest()
    least, text = decide.per_second(slow.decide_all), f"{slow.agreement.name}, {len(slow.agreement.rules)} rules"
    return [
        Measure("decisions on a loaded year", decided, "/s", aim=20_000, baseline=naive, higher=True, **shared),
        Measure(
            "the same, slowest agreement", least, "/s", aim=20_000, baseline=naive, higher=True, more=text, **shared
        ),
        Measure("greying a year, 3 parts a day", greyed, aim=50, baseline=3 * 365_000 / naive, **shared),
    ]


def seeding(folder: Path, *, flat: float) -> list[Measure]:
    """Seconds to write the demo organisation of 1,000 people through the engine, and bare INSERTs of these rows."""
    database = folder / "demo.sqlite3"
    stage.manage(database, "migrate", "-v0")
    took = stage.manage(database, "seed_demo", "--people", "1000", "--today", date(2026, 6, 9).isoformat())
    rows, bare = _copy(database, folder / "copy.sqlite3")
    told = f"{rows:,} rows".replace(",", " ")
    against = "bare INSERTs of the same rows"
    return [
        Measure("seed_demo, 1,000 people", took, "s", aim=60, baseline=bare, against=against, more=told),
        Measure("seed_demo --flat, 1,000 people", flat, "s"),
    ]


def _copy(source: Path, target: Path) -> tuple[int, float]:
    """Write every row of one SQLite file into another with the same tables and indexes: rows, and seconds."""
    with sqlite3.connect(source) as connection:
        schema = list(
            connection.execute(
                "SELECT type, name, sql FROM sqlite_master WHERE sql NOT NULL AND name NOT LIKE 'sqlite_%'"
            )
        )
        tables = {
            name: connection.execute(f'SELECT * FROM "{name}"').fetchall()
            for kind, name, _ in schema
            if kind == "table"
        }
    began = time.perf_counter()
    with sqlite3.connect(target) as copy:
        for _kind, _name, sql in schema:
            copy.execute(sql)
        for name, rows in tables.items():
            if rows:
                copy.executemany(f'INSERT INTO "{name}" VALUES ({",".join("?" * len(rows[0]))})', rows)
    return sum(map(len, tables.values())), time.perf_counter() - began
