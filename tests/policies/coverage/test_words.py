"""Gaps in words, and the three colours of a day."""

from datetime import date, time
from fractions import Fraction

import pytest

from policies.coverage import CoverageMap, Gap, Person, Scope, Staff, check, moves_by_day, stretches, tight
from policies.coverage.explain import Whom, sentence
from policies.coverage.requirements import Minimum, RemotePeopleOfDay, RemoteShareAtOnce, RemoteShareOfDay
from policies.coverage.rows import Bookings, Part, Roster, Shifts
from policies.coverage.windows import first_minute

PARIS = "Europe/Paris"
SATURDAY = date(2026, 10, 24)
NIGHT = {"start": time(22), "end": time(6)}
LEADS = Minimum(name="leads", zone=PARIS, scope=Scope("supervisor"), required=3, **NIGHT)
START, END = first_minute(SATURDAY, time(22), PARIS), first_minute(date(2026, 10, 25), time(6), PARIS)
FRENCH, ENGLISH = Whom("superviseur", "superviseurs"), Whom("supervisor", "supervisors")


@pytest.mark.parametrize(
    ("gap", "french", "english"),
    [
        (
            Gap(LEADS, SATURDAY, 3, 2, 3, START, END),
            "sam. 22:00–06:00\u202f: il resterait 2 superviseurs sur 3 sur site.",
            "Sat 22:00–06:00: 2 of 3 supervisors would remain on site.",
        ),
        (
            Gap(LEADS, SATURDAY, 1, 1, 3, START + 270, START + 330),
            "dim. 02:30 (+02:00)–02:30 (+01:00)\u202f: 1 superviseur sur 3 sur site.",
            "Sun 02:30 (+02:00)–02:30 (+01:00): 1 of 3 supervisors on site.",
        ),
        (
            Gap(Minimum(name="d", zone=PARIS, required=1, anyone=True, **NIGHT), SATURDAY, 0, 0, 1, START, END),
            "sam. 22:00–06:00\u202f: 0 superviseur sur 1 en poste.",
            "Sat 22:00–06:00: 0 of 1 supervisor on duty.",
        ),
        (
            Gap(
                RemoteShareAtOnce(name="s", zone=PARIS, percent=Fraction(125, 10), **NIGHT),
                SATURDAY,
                1,
                2,
                5,
                START,
                END,
            ),
            "sam. 22:00–06:00\u202f: 2 superviseurs sur 5 à distance avec cette réservation, 12,5\u202f% au plus.",
            "Sat 22:00–06:00: 2 of 5 supervisors remote with this booking, at most 12.5%.",
        ),
        (
            Gap(RemoteShareOfDay(name="m", zone=PARIS, percent=Fraction(20), minutes=True), SATURDAY, 0, 255, 1200),
            "sam. 24/10\u202f: 4\u202fh\u202f15 sur 20\u202fh de travail à distance avec cette réservation, "
            "20\u202f% au plus.",
            "Sat 24/10: 4 h 15 of 20 h of work remote with this booking, at most 20%.",
        ),
        (
            Gap(RemotePeopleOfDay(name="h", zone=PARIS, limit=1), SATURDAY, 2, 2, 1),
            "sam. 24/10\u202f: 2 superviseurs à distance, 1 au plus.",
            "Sat 24/10: 2 supervisors remote, at most 1.",
        ),
    ],
)
def test_a_gap_is_said_with_its_time_numbers_and_limit(gap, french, english):
    assert sentence(gap, "fr", FRENCH) == french
    assert sentence(gap, "en", ENGLISH) == english


@pytest.mark.parametrize(
    ("required", "outcome", "last_place"), [(1, "allowed", False), (2, "allowed", True), (3, "refused", False)]
)
@pytest.mark.parametrize("by_minute", [True, False])
def test_a_day_is_safe_tight_or_closed(required, outcome, last_place, by_minute):
    staff = Staff([Person(f"p{n}") for n in range(3)])
    shifts = Shifts.of([(n, staff.site("PAR"), SATURDAY.toordinal(), START, END) for n in range(3)])
    heads = RemotePeopleOfDay(name="h", zone=PARIS, limit=3 - required)
    rule = Minimum(name="m", zone=PARIS, required=required, **NIGHT) if by_minute else heads
    kept = CoverageMap([rule], staff, first=SATURDAY, last=SATURDAY).fill(stretches(Roster(shifts)))
    days = [SATURDAY.toordinal(), SATURDAY.toordinal() + 1]
    asked = Bookings.of([(0, day, Part.FULL, 0, 0) for day in days])
    here, nowhere = moves_by_day(Roster(shifts).of_person(0), asked).values()
    assert (check(kept, here).outcome, tight(kept, here)) == (outcome, last_place)
    assert (check(kept, nowhere).outcome, tight(kept, nowhere)) == ("no_shift", False)
