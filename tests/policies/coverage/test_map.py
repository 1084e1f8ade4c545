"""The kept map: any number of changes leaves what a new count would give, and both ways of checking agree."""

import os
from datetime import date, time, timedelta
from fractions import Fraction
from random import Random

import numpy as np
import pytest

from policies.coverage import (
    CoverageMap,
    Layer,
    Outcome,
    Person,
    Roster,
    Scope,
    Staff,
    check,
    check_rows,
    moves,
    stretches,
)
from policies.coverage.requirements import Minimum, RemotePeopleOfDay, RemoteShareAtOnce, RemoteShareOfDay
from policies.coverage.rows import Bookings, OnCalls, Part, Shifts, Spans
from policies.coverage.windows import first_minute

CHANGES = int(os.environ.get("COVERAGE_CHANGES", "10000"))
PARIS = "Europe/Paris"
FIRST, LAST = date(2026, 10, 22), date(2026, 10, 28)
ORIGIN = first_minute(FIRST - timedelta(days=1), time(0), PARIS)
NIGHT, ALL_DAY = {"start": time(22), "end": time(6)}, {"start": time(0), "end": time(0)}
RULES = (
    Minimum(name="night", zone=PARIS, scope=Scope("medical", None, "LYO"), required=2, group="g", **NIGHT),
    Minimum(
        name="dated",
        zone=PARIS,
        required=3,
        group="g",
        layer=Layer.DATED,
        dates=frozenset({date(2026, 10, 25)}),
        **ALL_DAY,
    ),
    Minimum(
        name="anyone", zone="Asia/Kolkata", scope=Scope(team="A"), required=2, anyone=True, on_call=True, **ALL_DAY
    ),
    RemoteShareAtOnce(name="share", zone=PARIS, percent=Fraction(40), **ALL_DAY),
    RemoteShareOfDay(name="people", zone=PARIS, scope=Scope(team="A"), percent=Fraction(50)),
    RemoteShareOfDay(name="minutes", zone=PARIS, scope=Scope(site="PAR"), percent=Fraction(30), minutes=True),
    RemotePeopleOfDay(name="heads", zone=PARIS, scope=Scope("medical"), limit=1),
)
KINDS = {"shifts": Shifts, "away": Spans, "bookings": Bookings, "on_calls": OnCalls}


class Company:
    """Eight people whose rows change at random, the posts of one never overlapping."""

    def __init__(self, chance):
        self.chance = chance
        skills = [frozenset({"medical"} if number % 2 else {"call"}) for number in range(8)]
        self.staff = Staff([Person(f"p{n}", frozenset("A" if n < 5 else "B"), skills[n]) for n in range(8)])
        self.sites = [self.staff.site("PAR"), self.staff.site("LYO")]
        self.rows = [{kind: [] for kind in KINDS} for _ in self.staff.people]

    def roster(self, people):
        rows = {kind: [row for person in people for row in self.rows[person][kind]] for kind in KINDS}
        return Roster(*(columns.of(rows[kind]) for kind, columns in KINDS.items()))

    def everybody(self):
        return self.roster(range(len(self.rows)))

    def span(self, longest):
        start = ORIGIN + self.chance.randrange(0, 9 * 1440, 15)
        return start, start + self.chance.randrange(5, longest, 5)

    def booking(self, person):
        day = (FIRST + timedelta(days=self.chance.randint(-1, 7))).toordinal()
        return (person, day, self.chance.choice(list(Part)), *self.span(600))

    def change(self):
        """Add or take away one row of one person; answers the person."""
        person = self.chance.randrange(len(self.rows))
        kind = self.chance.choice(list(KINDS))
        rows = self.rows[person][kind]
        if rows and self.chance.random() < 0.4:
            rows.pop(self.chance.randrange(len(rows)))
        elif kind == "away":
            rows.append((person, *self.span(900)))
        elif kind == "bookings":
            rows.append(self.booking(person))
        else:
            self._post(kind, person, rows)
        return person

    def _post(self, kind, person, rows):
        start, end = self.span(720)
        if any(start < row[-1] and row[-2] < end for row in rows):
            return
        day = [(FIRST + timedelta(days=(start - ORIGIN) // 1440 - 1)).toordinal()] if kind == "shifts" else []
        rows.append((person, self.chance.choice(self.sites), *day, start, end))

    def map(self):
        return CoverageMap(RULES, self.staff, first=FIRST, last=LAST)


def arrays(kept):
    names = ("value", "limit", "remote", "worked")
    return [
        np.array(array) for count in kept.counts for name in names if (array := getattr(count, name, None)) is not None
    ]


def assert_same(one, two):
    assert all(np.array_equal(left, right) for left, right in zip(arrays(one), arrays(two), strict=True))
    assert list(one.gaps()) == list(two.gaps())


def test_a_map_that_follows_every_change_equals_a_new_one():
    company = Company(Random(2026))
    kept = company.map()
    for step in range(1, CHANGES + 1):
        rows = [{kind: list(rows) for kind, rows in one.items()} for one in company.rows]
        person = company.change()
        after = stretches(company.roster([person]))
        company.rows, rows = rows, company.rows
        before = stretches(company.roster([person]))
        company.rows = rows
        kept.change(before, after)
        if step % 250 == 0 or step == CHANGES:
            assert_same(kept, company.map().fill(stretches(company.everybody())))
    assert any(array.any() for array in arrays(kept))


@pytest.mark.parametrize("seed", range(4))
def test_the_check_from_rows_equals_the_check_from_the_kept_map(seed):
    company = Company(Random(seed))
    for _ in range(160):
        company.change()
    roster = company.everybody()
    kept = CoverageMap(RULES, company.staff, first=FIRST - timedelta(days=9), last=LAST + timedelta(days=9))
    kept.fill(stretches(roster))
    outcomes = set()
    for _ in range(60):
        person = company.chance.randrange(8)
        asked = Bookings.of([company.booking(person)])
        quick = check(kept, moves(roster.of_person(person), asked))
        assert check_rows(RULES, company.staff, roster, asked) == quick
        outcomes.add(quick.outcome)
    assert {Outcome.REFUSED, Outcome.NO_EFFECT, Outcome.NO_SHIFT} <= outcomes


def test_what_a_check_foretells_is_what_the_booking_then_makes():
    company = Company(Random(7))
    for _ in range(800):
        company.change()
    kept = company.map().fill(stretches(company.everybody()))
    foretold = 0
    for _ in range(250):
        person = company.chance.randrange(8)
        own, row = company.roster([person]), company.booking(person)
        failing = check(kept, moves(own, Bookings.of([row]))).failing
        company.rows[person]["bookings"].append(row)
        kept.change(stretches(own), stretches(company.roster([person])))
        now = [(gap.rule.name, gap.day, gap.value, gap.limit, gap.start, gap.end) for gap in kept.gaps()]
        for gap in failing:
            assert any(_holds(gap, one) for one in now)
        foretold += len(failing)
    assert foretold > 20


def _holds(gap, one):
    """The gap lies in one of the map's: a run may since have grown at its ends."""
    name, day, value, limit, start, end = one
    same = (gap.rule.name, gap.day, gap.value, gap.limit) == (name, day, value, limit)
    return same and (start is None or (start <= gap.start and gap.end <= end))
