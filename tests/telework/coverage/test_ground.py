"""Rows become the columns of the pure core: the same work, telework and absence that the agreement's facts hold."""

from datetime import UTC, date, datetime, timedelta

import pytest

from people.models import Absence, Membership, OnCall
from policies.coverage import State
from policies.coverage.windows import local_time
from policies.facts import needs_of
from policies.selectors import requirements_in_force
from telework.coverage.ground import ground_of
from telework.facts import facts_of_many
from telework.models import Booking
from telework.presence import on_site_spans
from tests import factories

pytestmark = pytest.mark.django_db
MONDAY, SUNDAY = date(2026, 6, 8), date(2026, 6, 14)
NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)


def book(person, day, part="full", **fields):
    fields = {"state": "approved", "requested_at": NOW, "updated_at": NOW} | fields
    return Booking.objects.create(person=person, day=day, part=part, **fields)


def ground(first=MONDAY, last=SUNDAY, **limits):
    return ground_of(needs_of(requirements_in_force(first, last), first, last), first, last, **limits)


def hours(found, person, state=State.ON_SITE, first=MONDAY, last=SUNDAY):
    """Local (start, end) of a person's stretches in a state that begin in the days looked at."""
    numbers = {number for _first, _last, number in found.numbers[person.pk]}
    rows = [row for row in found.stretches().rows() if row[0] in numbers and row[5] == state]
    spans = [tuple(local_time(minute, "Europe/Paris").replace(tzinfo=None) for minute in row[3:5]) for row in rows]
    return [span for span in sorted(spans) if first <= span[0].date() <= last]


def clock(text):
    return datetime.fromisoformat(f"2026-{text}")


def part_timer(team):
    """Works Monday whole, Tuesday morning, Wednesday afternoon."""
    days = [
        {"start": "09:00", "end": "17:00"},
        {"start": "09:00", "end": "12:00", "halves": 1},
        {"start": "13:00", "end": "17:00", "halves": 2},
        *[None] * 4,
    ]
    return factories.eligible_person(team=team, pattern=factories.WorkPatternFactory(days=days))


def nurse(team):
    """Follows a roster: a night, and a day in two shifts."""
    person = factories.eligible_person(team=team)
    person.contracts.update(rostered=True)
    factories.shift(person, "2026-06-09T22:00+02:00", "2026-06-10T06:00+02:00")
    factories.shift(person, "2026-06-12T08:00+02:00", "2026-06-12T12:00+02:00")
    factories.shift(person, "2026-06-12T14:00+02:00", "2026-06-12T18:00+02:00")
    return person


def test_the_columns_hold_the_work_that_the_agreements_facts_hold(team):
    """Patterns, half-days, rosters, split shifts, absences and telework, read both ways."""
    office, part, night = factories.eligible_person(team=team), part_timer(team), nurse(team)
    people = [office, part, night]
    factories.requirement(team, 1)
    book(office, date(2026, 6, 8), "morning")
    book(office, date(2026, 6, 9), state="requested")
    book(part, date(2026, 6, 9), "morning")
    book(part, date(2026, 6, 10), "morning")
    book(night, date(2026, 6, 9), "afternoon")
    book(night, date(2026, 6, 12), "afternoon")
    Absence.objects.create(person=office, first_day=date(2026, 6, 10), last_day=date(2026, 6, 11), halves=2)
    Absence.objects.create(person=night, first_day=date(2026, 6, 12), last_day=date(2026, 6, 12), halves=1)
    found = ground()
    facts = facts_of_many(people, today=MONDAY, first=MONDAY, last=SUNDAY)
    days = [MONDAY + timedelta(days=ahead) for ahead in range(7)]
    for person in people[:2]:
        known = facts[person.pk]
        spans = on_site_spans(known.workdays, known.booked, days)
        expected = [tuple(_naive(instant) for instant in span) for span in spans]
        assert hours(found, person) == expected
    assert hours(found, night) == [(clock("06-09T22:00"), clock("06-10T02:00"))]
    assert hours(found, night, State.REMOTE) == [
        (clock("06-10T02:00"), clock("06-10T06:00")), (clock("06-12T14:00"), clock("06-12T18:00"))
    ]  # fmt: skip
    assert hours(found, part, State.REMOTE) == [(clock("06-09T09:00"), clock("06-09T12:00"))]


def _naive(instant):
    return local_time(int(instant.timestamp()) // 60, "Europe/Paris").replace(tzinfo=None)


def test_a_holiday_leave_by_the_hour_breaks_and_on_call_are_taken_as_they_are(team):
    person = nurse(team)
    factories.requirement(team, 1)
    person.shifts.filter(day=date(2026, 6, 9)).update(breaks=[[120, 150]])
    OnCall.objects.create(
        person=person, site=team.site, zone="Europe/Paris",
        start=datetime(2026, 6, 13, 6, tzinfo=UTC), end=datetime(2026, 6, 13, 8, tzinfo=UTC),
    )  # fmt: skip
    Absence.objects.create(
        person=person, first_day=date(2026, 6, 12), last_day=date(2026, 6, 12),
        start=datetime(2026, 6, 12, 6, tzinfo=UTC), end=datetime(2026, 6, 12, 7, 30, tzinfo=UTC),
    )  # fmt: skip
    found = ground()
    assert hours(found, person) == [
        (clock("06-09T22:00"), clock("06-10T00:00")), (clock("06-10T00:30"), clock("06-10T06:00")),
        (clock("06-12T09:30"), clock("06-12T12:00")), (clock("06-12T14:00"), clock("06-12T18:00")),
    ]  # fmt: skip
    assert hours(found, person, State.ON_CALL) == [(clock("06-13T08:00"), clock("06-13T10:00"))]


def test_work_outside_the_contract_counts_for_nobody(team):
    person = nurse(team)
    factories.requirement(team, 1)
    person.contracts.update(end=date(2026, 6, 11))
    assert hours(ground(), person) == [(clock("06-09T22:00"), clock("06-10T06:00"))]


def test_an_exception_that_awaits_its_answer_holds_no_place_and_a_granted_one_does(team):
    person = factories.eligible_person(team=team)
    factories.requirement(team, 1)
    book(person, MONDAY, state="requested", exception=True)
    book(person, date(2026, 6, 9), exception=True)
    assert hours(ground(), person, State.REMOTE) == [(clock("06-09T09:00"), clock("06-09T17:00"))]


def test_who_changes_team_counts_in_each_for_its_time(team):
    person = factories.eligible_person(team=team)
    other = factories.TeamFactory(entity=team.entity, site=team.site)
    Membership.objects.update(last_day=date(2026, 6, 9))
    factories.MembershipFactory(person=person, team=other, first_day=date(2026, 6, 10))
    factories.requirement(team, 1)
    factories.requirement(other, 1)
    found = ground()
    teams = {number: found.staff.people[number].teams for _a, _b, number in found.numbers[person.pk]}
    before, after = found.number(person.pk, date(2026, 6, 9)), found.number(person.pk, date(2026, 6, 10))
    assert f"team {team.pk}" in teams[before] and f"team {other.pk}" not in teams[before]
    assert f"team {other.pk}" in teams[after] and f"team {team.pk}" not in teams[after]
    assert [len(found.own(number).shifts) for number in (before, after)] == [2, 4]


@pytest.mark.parametrize("size", [1, 5])
def test_the_number_of_queries_depends_on_nothing(team, django_assert_max_num_queries, size):
    for number in range(size):
        person = nurse(team)
        factories.skilled(person, "supervisor")
        factories.requirement(team, 1, skill=person.skills.get().skill)
        book(person, MONDAY + timedelta(days=number))
    with django_assert_max_num_queries(12):
        ground(first=date(2026, 1, 1), last=date(2026, 12, 31) if size > 1 else SUNDAY)
