"""The coverage map of a year and the check of one booking, beside the plain NumPy sweep of the same data.

Run from the root: ``python -m bench.coverage [--people 5000]``. Times are CPU milliseconds, the best of some rounds.
"""

import argparse
import time
from dataclasses import fields, replace
from datetime import date
from datetime import time as clock
from fractions import Fraction

import numpy as np

from policies.coverage import (
    CoverageMap,
    Person,
    Roster,
    Scope,
    Staff,
    State,
    check,
    check_rows,
    moves,
    moves_by_day,
    stretches,
    tight,
)
from policies.coverage.requirements import Layer, Minimum, RemotePeopleOfDay, RemoteShareAtOnce, RemoteShareOfDay
from policies.coverage.rows import Bookings, Part, Shifts, Spans
from policies.coverage.windows import first_minute

from . import report
from .report import Measure

ZONE = "Europe/Paris"
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
POSTS = ((6, 14), (14, 22), (22, 30), (9, 17))
SITES = ("Niort", "Nantes", "Lyon", "Le Havre", "Tours")


def organisation(people: int, seed: int = 1) -> tuple[Staff, Roster]:
    """People in teams of 25 at five sites with a post on each of 365 days in rotation, leave and 100 bookings each."""
    draw = np.random.default_rng(seed)
    skills = (frozenset({"call"}), frozenset({"call", "medical"}), frozenset({"call", "supervisor"}))
    staff = Staff([Person(f"p{n}", frozenset({f"T{n // 25}"}), skills[draw.integers(3)]) for n in range(people)])
    for site in SITES:
        staff.site(site)
    ordinals = np.arange(FIRST.toordinal(), LAST.toordinal() + 1)
    starts, ends = _posts(ordinals)
    person, day = (grid.ravel() for grid in np.meshgrid(np.arange(people), np.arange(len(ordinals)), indexing="ij"))
    post = (person + day // 7) % len(POSTS)
    shifts = Shifts(person, person // 25 % len(SITES), ordinals[day], starts[post, day], ends[post, day])
    gone = draw.random(len(shifts)) < 0.08
    away = Spans(shifts.person, shifts.start, shifts.end).take(gone)
    booked = draw.random(len(shifts)) < 100 / 365
    part = np.where(draw.random(len(shifts)) < 0.8, Part.FULL, Part.SECOND_HALF)
    nothing = np.zeros(len(shifts), dtype=np.int64)
    bookings = Bookings(shifts.person, shifts.day, part, nothing, nothing).take(booked)
    return staff, Roster(shifts, away, bookings)


def _posts(ordinals) -> tuple[np.ndarray, np.ndarray]:
    """Minutes of start and end of each post on each date, (posts, dates)."""

    def minute(ordinal, hour):
        return first_minute(date.fromordinal(ordinal + hour // 24), clock(hour % 24), ZONE)

    both = [[[minute(int(one), hour) for one in ordinals] for hour in post] for post in POSTS]
    table = np.array(both, dtype=np.int64)
    return table[:, 0], table[:, 1]


def requirements():
    """Twelve rules of every kind, two of them layers of another."""
    night = {"zone": ZONE, "start": clock(22), "end": clock(6)}
    around = {"zone": ZONE, "start": clock(0), "end": clock(0)}
    rules = [
        Minimum(name="supervisors at night", scope=Scope("supervisor"), required=380, group="sup", **night),
        Minimum(
            name="holiday nights",
            scope=Scope("supervisor"),
            required=300,
            group="sup",
            layer=Layer.HOLIDAY,
            dates=frozenset({date(2026, 5, 1), date(2026, 12, 25)}),
            **night,
        ),
        Minimum(
            name="one night",
            scope=Scope("supervisor"),
            required=500,
            group="sup",
            layer=Layer.DATED,
            dates=frozenset({date(2026, 7, 14)}),
            **night,
        ),
        Minimum(name="anyone, anywhere", required=1000, anyone=True, **around),
        RemoteShareAtOnce(name="half at once", percent=Fraction(50), **around),
        RemoteShareOfDay(name="team share", scope=Scope(team="T3"), percent=Fraction(40), zone=ZONE),
        RemotePeopleOfDay(name="team heads", scope=Scope(team="T3"), limit=9, zone=ZONE),
    ]
    for site in SITES:
        scope = Scope("medical", None, site)
        rules.append(
            Minimum(name=f"medical, {site}", scope=scope, required=40, zone=ZONE, start=clock(6), end=clock(22))
        )
    return rules


def baseline(rules, staff, cut):
    """The plain sweep: of each rule the on-site and remote numbers of every minute, by difference arrays."""
    origin = int(cut.start.min())
    size = int(cut.end.max()) - origin
    found = []
    for rule in rules:
        mask = staff.mask(rule.scope)[cut.person]
        if rule.scope.site is not None:
            mask &= cut.site == staff.site(rule.scope.site)
        for state in (State.ON_SITE, State.REMOTE):
            rows = mask & (cut.state == state)
            steps = np.zeros(size + 1, dtype=np.int64)
            np.add.at(steps, cut.start[rows] - origin, 1)
            np.add.at(steps, cut.end[rows] - origin, -1)
            found.append(np.cumsum(steps))
    return found


def best(action, rounds: int) -> tuple[float, object]:
    """Least CPU milliseconds of some rounds, and the last result."""
    least, result = float("inf"), None
    for _ in range(rounds):
        begun = time.process_time_ns()
        result = action()
        least = min(least, (time.process_time_ns() - begun) / 1e6)
    return least, result


def measures(people: int = 5000) -> list[Measure]:
    """Year map, one check and a person's year, in CPU milliseconds, best of some rounds."""
    staff, roster = organisation(people)
    rules = requirements()
    cutting, cut = best(lambda: stretches(roster), 3)
    plain, _ = best(lambda: baseline(rules, staff, cut), 3)
    filling, kept = best(lambda: CoverageMap(rules, staff, first=FIRST, last=LAST).fill(cut), 3)
    reading, gaps = best(lambda: list(kept.gaps()), 3)
    told = f"{len(roster.shifts):,} shifts, {len(roster.bookings):,} bookings, {len(rules)} rules".replace(",", " ")
    shared = {"baseline": plain, "against": "NumPy difference-array sweep"}
    whole = cutting + filling
    ratio = whole / plain
    return [
        Measure(f"coverage, year map of {people} people", whole, aim=1000, more=told, **shared),
        Measure("coverage, year map against the sweep", ratio, "×", aim=6),
        Measure("coverage, all gaps of the year", reading, more=f"{len(gaps)} gaps", **shared),
        *one_check(rules, staff, roster, kept),
        changes(rules, staff, roster, kept),
    ]


def changes(rules, staff, roster, kept, *, count: int = 10_000, seed: int = 2) -> Measure:
    """Telework given to people or taken from them at random, followed by the map one by one.

    ``SystemExit`` where the map is then not what a new one is.
    """
    draw = np.random.default_rng(seed)
    order = np.lexsort((roster.bookings.day, roster.bookings.person))
    roster = replace(roster, bookings=roster.bookings.take(order))
    people = draw.integers(len(staff.people), size=count).tolist()
    days = draw.integers(FIRST.toordinal(), LAST.toordinal() + 1, size=count).tolist()
    held: dict[int, Bookings] = {}
    begun = time.process_time_ns()
    for person, day in zip(people, days, strict=True):
        own = Roster(*(_of(rows, person) for rows in vars(roster).values()))
        before = held.get(person, own.bookings)
        without = before.take(before.day != day)
        after = without if len(without) < len(before) else Bookings.of([*before.rows(), (person, day, Part.FULL, 0, 0)])
        shifts = own.shifts.take(own.shifts.day == day)
        kept.change(*(stretches(replace(own, shifts=shifts, bookings=one)) for one in (before, after)))
        held[person] = after
    spent = (time.process_time_ns() - begun) / 1e6 / count
    rebuilding, fresh = best(lambda: _afresh(rules, staff, roster, held), 1)
    values = zip(kept.counts, fresh.counts, strict=True)
    if list(kept.gaps()) != list(fresh.gaps()) or not all(np.array_equal(one.value, two.value) for one, two in values):
        raise SystemExit("the map that followed the changes is not what a new map is")
    told = f"after {count:,} random changes equal to a new map".replace(",", " ")
    return Measure(
        "coverage, one change followed by the map", spent, baseline=rebuilding, against="a new map", more=told
    )


def _afresh(rules, staff, roster, held: dict[int, Bookings]) -> CoverageMap:
    """A new map of a roster in which some people have other bookings."""
    kept = roster.bookings.take(~np.isin(roster.bookings.person, list(held)))
    tables = (kept, *held.values())
    columns = (np.concatenate([getattr(one, field.name) for one in tables]) for field in fields(Bookings))
    whole = stretches(replace(roster, bookings=Bookings(*columns)))
    return CoverageMap(rules, staff, first=FIRST, last=LAST).fill(whole)


def _of(rows, person: int):
    """The rows of one person, among rows sorted by person."""
    low, high = np.searchsorted(rows.person, (person, person + 1))
    return rows.take(slice(low, high))


def one_check(rules, staff, roster, kept) -> list[Measure]:
    """One check of a supervisor's night, from rows as a query gives them and from the kept map; and all days of a year.

    ``SystemExit`` where the two checks disagree.
    """
    day = date(2026, 10, 24).toordinal()
    near = np.abs(roster.shifts.day - day) <= 2
    shifts = roster.shifts.take(near).rows()
    away = roster.away.take(np.abs(roster.away.start - roster.shifts.start[near][0]) < 3 * 1440).rows()
    bookings = roster.bookings.take(np.abs(roster.bookings.day - day) <= 2).rows()
    busy = {row[0] for row in bookings if row[1] == day} | {row[0] for row in away}
    person = next(n for n in range(len(staff.people)) if "supervisor" in staff.people[n].skills and n not in busy)
    asked = Bookings.of([(person, day, Part.FULL, 0, 0)])
    own = roster.of_person(person)

    def from_rows():
        return check_rows(rules, staff, Roster(Shifts.of(shifts), Spans.of(away), Bookings.of(bookings)), asked)

    slow, one = best(from_rows, 5)
    fast, two = best(lambda: [check(kept, moves(own, asked)) for _ in range(50)], 5)
    if one != two[0]:
        raise SystemExit("the check from rows and the check from the map disagree")
    days = range(FIRST.toordinal(), LAST.toordinal() + 1)
    year = Bookings.of([(person, day, Part.FULL, 0, 0) for day in days])

    def whole_year():
        found = moves_by_day(own, year).values()
        return [(check(kept, moved).outcome, tight(kept, moved)) for moved in found]

    spent, colours = best(whole_year, 3)
    free = sum(outcome == "allowed" for outcome, _ in colours)
    rows = f"{len(shifts):,} shifts around it".replace(",", " ")
    return [
        Measure("coverage, one check from rows", slow, aim=20, more=rows),
        Measure("coverage, one check from the kept map", fast / 50, aim=1),
        Measure("coverage, a person’s free days of the year", spent, aim=100, more=f"{free} days free"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5000)
    print(report.table(measures(parser.parse_args().people)))


if __name__ == "__main__":
    main()
