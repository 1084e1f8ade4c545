"""Excerpts of four public rosters, through the real import, against a count of their lines by hand."""

import csv
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from people import imports
from people.models import Person, Shift, Skill
from policies.facts import needs_of
from policies.models import Requirement
from telework.coverage import heat
from telework.coverage.counting import count_of
from tests import factories

from .saturday import margins_of

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parents[2] / "cases" / "rosters"
ROSTERS = ["cq02", "cq09", "inrc1", "inrc2"]
PARIS = ZoneInfo("Europe/Paris")
REQUIRED = 2


def rows_of(name: str) -> list[dict]:
    with (FILES / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(params=ROSTERS)
def roster(request, team, clock) -> tuple[list[dict], list[Requirement]]:
    """A team that works one of them, with two people required on each kind of shift at its hours."""
    clock("2026-03-02T08:00+00:00")
    factories.agreement_in_force(team.entity)
    rows = rows_of(request.param)
    free = factories.WorkPatternFactory(days=[None] * 7)
    for number in {row["person"] for row in rows}:
        factories.eligible_person(team=team, number=number, pattern=free)
    for code in {row["skill"] for row in rows if row.get("skill")}:
        Skill.objects.get_or_create(code=code, defaults={"name": code})
    planner = factories.PersonFactory(entity=team.entity, site=team.site)
    factories.grant(planner, "planner")
    content = (FILES / f"{request.param}.csv").read_bytes()
    plan = imports.plan_shifts(imports.read(content, zone="Europe/Paris"), Person.objects.filter(entity=team.entity))
    assert not plan.faults
    imports.apply_plan(plan, by=planner, now=datetime(2026, 3, 2, 8, tzinfo=UTC))
    hours = {(row["shift"], row["start"][11:16], row["end"][11:16]) for row in rows}
    needs = [
        factories.requirement(
            team, REQUIRED, start=time.fromisoformat(start), end=time.fromisoformat(end), name_en=shift,
            first_day=min(days_of(rows)), last_day=max(days_of(rows)),
        )
        for shift, start, end in sorted(hours)
    ]  # fmt: skip
    return rows, needs


def days_of(rows: list[dict]) -> list[date]:
    return [date.fromisoformat(row["start"][:10]) for row in rows]


def fewest(rows: list[dict], day: date, start: time, end: time) -> int:
    """People at work at the emptiest minute of a window of local hours, counted by walking its minutes."""
    spans = [tuple(datetime.fromisoformat(row[name]).astimezone(UTC) for name in ("start", "end")) for row in rows]
    last = day if end > start else day + timedelta(days=1)
    now, until = (datetime.combine(*each, tzinfo=PARIS).astimezone(UTC) for each in ((day, start), (last, end)))
    found = []
    while now < until:
        found.append(sum(begin <= now < finish for begin, finish in spans))
        now += timedelta(minutes=30)
    return min(found)


def test_every_line_becomes_a_shift_of_its_length(roster):
    rows, _needs = roster
    told = Counter((row["person"], *(datetime.fromisoformat(row[name]) for name in ("start", "end"))) for row in rows)
    assert told == Counter(Shift.objects.values_list("person__number", "start", "end"))


def test_the_margins_of_each_date_are_those_of_its_lines(roster):
    rows, needs = roster
    first, last = min(days_of(rows)), max(days_of(rows))
    count = count_of(needs_of(needs, first, last), first, last)
    for need in needs:
        slot = need.slots.get()
        lows = heat.by_day(heat.lows_of_days(count.map.of_group(str(need.uid)), first, last), first)
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        assert lows == {day: fewest(rows, day, slot.start, slot.end) - REQUIRED for day in days}


def test_the_month_page_writes_those_margins_into_its_cells(roster, sign_in):
    rows, needs = roster
    planner = Person.objects.get(grants__role="planner")
    page = sign_in(planner).get("/coverage/2026-03/").content.decode()
    slot, day = needs[0].slots.get(), max(days_of(rows))
    low = fewest(rows, day, slot.start, slot.end) - REQUIRED
    written = "0" if not low else f"+{low}" if low > 0 else f"−{-low}"
    assert margins_of(page)[f"{needs[0].name_en}, {day:%A} {day.day} March"] == written
