"""What a file would change, line by line; one fault and nothing is written."""

import csv
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from people import imports
from people.errors import BadFact
from people.models import Absence, AuditEvent, Person, Shift, Skill
from tests import factories
from tests.people.imports.conftest import NOW, ZONE

pytestmark = pytest.mark.django_db
ROSTERS = Path(__file__).parents[3] / "telework/demo/data/rosters"
NIGHT = "person,start,end\nA,2026-03-02T22:00,2026-03-03T06:00\n"


def test_a_night_belongs_to_the_date_on_which_it_starts(roster):
    roster.load(NIGHT)
    shift = Shift.objects.get()
    assert (shift.day, shift.end) == (date(2026, 3, 2), datetime(2026, 3, 3, 5, tzinfo=UTC))
    assert AuditEvent.objects.get().verb == "shifts.imported"


def test_times_beside_a_date_end_on_the_next_day_where_they_must(roster):
    roster.load("matricule;date;début;fin\nA;31/03/2026;22h;6h00\n")
    assert Shift.objects.get().end == datetime(2026, 4, 1, 4, tzinfo=UTC)


def test_the_same_file_again_changes_nothing(roster):
    roster.load(NIGHT)
    plan = roster.plan(NIGHT)
    assert (plan.unchanged, plan.changes, plan.faults) == (1, False, [])


def test_replacing_takes_away_what_the_file_no_longer_names_between_its_dates(roster):
    roster.load(NIGHT + "A,2026-03-04T06:00,2026-03-04T14:00\nA,2026-03-09T06:00,2026-03-09T14:00\n")
    plan = roster.load(NIGHT + "A,2026-03-05T06:00,2026-03-05T14:00\n", replaces=True)
    assert [shift.day.day for shift in plan.removed] == [4]
    plan = roster.load(NIGHT + "A,2026-03-09T06:00,2026-03-09T14:00\n", replaces=True)
    assert sorted(shift.day.day for shift in Shift.objects.all()) == [2, 9]


def test_a_whole_and_a_half_absence_are_read(roster):
    text = "person,first day,last day,kind,half\nA,2026-03-02,2026-03-06,congé,\nB,2026-03-02,,formation,matin\n"
    roster.load(text, absences=True)
    assert list(Absence.objects.order_by("pk").values_list("kind", "halves", "last_day")) == [
        ("leave", 3, date(2026, 3, 6)), ("training", 1, date(2026, 3, 2)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ("A,2026-03-02T22:00,2026-03-02T06:00,,", "end", r"ends before it starts \(2026-03-02T22:00 – 2026-03-02T06"),
        ("A,2026-03-29T02:30,2026-03-29T10:00,,", "start", "does not exist in Europe/Paris"),
        ("A,2026-10-25T02:30,2026-10-25T10:00,,", "start", r"comes twice .*\+02:00 or .*\+01:00"),
        ("A,2026-02-31T06:00,2026-03-01T06:00,,", "start", "2026-02-31 does not exist"),
        ("A,31/02/2026 06:00,2026-03-01T06:00,,", "start", "31/02/2026 does not exist"),
        ("A,2026-03-02T06:00,2026-03-04T06:00,,", "end", "24 hours"),
        ("Z,2026-03-02T06:00,2026-03-02T14:00,,", "person", "“Z” is nobody"),
        (",2026-03-02T06:00,2026-03-02T14:00,,", "person", "No person"),
        ("A,2026-03-02T06:00,2026-03-02T14:00,Nowhere,", "site", "“Nowhere” is not known"),
        ("A,2026-03-02T06:00,2026-03-02T14:00,,pilot", "skill", "“pilot” is not known"),
        ("A,soon,2026-03-02T14:00,,", "start", "“soon” is not a date"),
        ("A,,2026-03-02T14:00,,", "start", "start is missing"),
        ("A,2026-03-02,2026-03-03,,", "start", "has no time"),
        ("A,9999-12-31T22:00,9999-12-31T23:00,,", "start", "out of reach"),
        ("A,2026-03-02T07:00,2026-03-02T09:00,,", "start", "overlaps line 2"),
        ("A,2026-03-02T06:00,2026-03-02T14:00,,", "person", "same entry stands on line 2"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_nothing_is_written(roster, row, field, words):
    good = "A,2026-03-02T06:00,2026-03-02T14:00,,\n"
    bad = roster.plan(f"person,start,end,site,skill\n{good}{row}\n")
    (fault,) = bad.faults
    assert (fault.line, fault.field) == (3, field)
    assert re.search(words, fault.sentence)
    with pytest.raises(BadFact):
        imports.apply_plan(bad, by=Person.objects.first(), now=NOW)
    assert not Shift.objects.exists()


def test_what_stands_already_is_told_when_a_line_meets_it(roster):
    roster.load(NIGHT)
    (fault,) = roster.plan("person,start,end\nA,2026-03-03T05:00,2026-03-03T13:00\n").faults
    assert fault.line == 2 and "already has 2026-03-02 22:00 – 06:00" in fault.sentence


def test_people_out_of_reach_are_unknown(roster):
    factories.eligible_person(number="Q")
    roster.people = Person.objects.filter(number="A")
    (fault,) = roster.plan("person,start,end\nQ,2026-03-02T06:00,2026-03-02T14:00\n").faults
    assert fault.field == "person"


def test_what_was_looked_at_is_what_is_written(roster, planner):
    plan = roster.plan(NIGHT)
    with pytest.raises(BadFact, match="changed meanwhile"):
        imports.apply_plan(plan, by=planner, now=NOW, seen="something else")
    imports.apply_plan(plan, by=planner, now=NOW, seen=plan.digest)
    assert Shift.objects.count() == 1


def test_planning_a_month_costs_as_many_queries_as_planning_a_day(roster, django_assert_max_num_queries):
    days = "".join(f"{who},2026-04-{day:02},06:00,14:00\n" for who in "AB" for day in range(1, 31))
    with django_assert_max_num_queries(6):
        assert len(roster.plan("person,date,start,end\n" + days).added) == 60


@pytest.mark.parametrize("name", ["cq02", "cq09", "inrc1_sprint01", "inrc2_n021w4_H0_5-4-1-2"])
def test_the_published_rosters_load_as_they_are(name, team, planner):
    meta = json.loads((ROSTERS / f"{name}.meta.json").read_text())
    people = meta["people"]
    for number in people:
        factories.eligible_person(team=team, number=number)
    for skill in {skill for held in people.values() if isinstance(held, list) for skill in held}:
        Skill.objects.create(code=skill.lower(), name=skill)
    content = (ROSTERS / f"{name}.roster.csv").read_bytes()
    expected = list(csv.DictReader(content.decode().splitlines()))

    plan = imports.plan_shifts(imports.read(content, zone=ZONE), Person.objects.all())
    assert plan.faults == []
    imports.apply_plan(plan, by=planner, now=NOW)

    loaded = {(shift.person.number, shift.start, shift.end) for shift in Shift.objects.select_related("person")}
    wanted = {(row["person"], *(datetime.fromisoformat(row[edge]) for edge in ("start", "end"))) for row in expected}
    assert loaded == wanted and len(wanted) == len(expected)


def test_a_rotation_of_any_length_becomes_lines():
    posts = imports.read_rotation("2x 06:00-14:00\n14:00-22:00\n-\n")
    off = imports.read_exceptions("2026-03-03 -\n2026-03-05 08:00-12:00")
    first, last = date(2026, 3, 2), date(2026, 3, 6)
    lines = imports.rotation_lines(["A", "B"], posts, first=first, last=last, shift_by=2, exceptions=off)
    told = [(line.get("person"), line.get("date")[8:], line.get("start")) for line in lines]
    assert told == [
        ("A", "02", "06:00"), ("A", "04", "14:00"), ("A", "05", "08:00"), ("A", "06", "06:00"),
        ("B", "02", "14:00"), ("B", "04", "06:00"), ("B", "05", "08:00"), ("B", "06", "14:00"),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), [("", "No day"), ("-\n-", "No day"), ("6 to 14", "Line 1: “6 to 14”"),
                                             ("999x 06:00-14:00", "days; 366")])  # fmt: skip
def test_a_rotation_that_cannot_be_read_is_refused(text, words):
    with pytest.raises(imports.Unreadable, match=words):
        imports.read_rotation(text)


@pytest.mark.parametrize(("name", "length"), [("3×8", 8), ("2-2-3", 14), ("2-2-3 day/night", 28)])
def test_the_usual_rotations_are_at_hand(name, length):
    assert len(imports.read_rotation("\n".join(imports.PRESETS[name]))) == length
