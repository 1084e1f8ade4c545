"""Facts are gathered from rows in a constant number of queries, and say of each date what it really holds."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import Absence, Person, Shift, Site, WorkPattern
from telework.facts import facts_about, facts_of_many, window, workdays_of_many
from telework.models import Booking, State
from telework.terms_facts import decided_of
from telework.working import MOST_KNOWN, _known_days
from tests import factories

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
pytestmark = pytest.mark.django_db


def book(person, day, part="full", state=State.APPROVED):
    return Booking.objects.create(person=person, day=day, part=part, state=state, requested_at=NOW, updated_at=NOW)


def rostered_person(team, shifts: int = 3):
    person = factories.eligible_person(team=team)
    person.contracts.update(rostered=True)
    for number in range(shifts):
        start = datetime(2026, 6, 2 + number, 20, tzinfo=UTC)
        Shift.objects.create(
            person=person, site=team.site, zone="Europe/Paris", day=start.date(), start=start,
            end=start.replace(day=start.day + 1, hour=4),
        )  # fmt: skip
    return person


def decided_queries(people) -> int:
    """How many queries ask for what was decided of people outside the agreement."""
    with CaptureQueriesContext(connection) as seen:
        decided_of(people, *YEAR)
    assert len(seen) <= 4
    return len(seen)


def test_a_civil_year_is_stretched_to_whole_weeks():
    assert window(TODAY, TODAY) == (date(2025, 12, 29), date(2027, 1, 3))


def test_an_agreement_year_may_begin_in_another_month_and_a_span_may_touch_two():
    assert window(date(2026, 5, 31), date(2026, 6, 1), 6) == (date(2025, 5, 26), date(2027, 6, 6))
    assert window(date(2026, 12, 31), date(2027, 1, 1)) == (date(2025, 12, 29), date(2028, 1, 2))


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_date_out_of_all_reach_overflows_nothing(person, day):
    assert facts_about(person, today=TODAY, first=day).booked == {}


def test_facts_hold_contract_place_bookings_and_each_day_of_the_year(person):
    book(person, date(2026, 6, 8))
    book(person, date(2026, 6, 9), "morning", State.REQUESTED)
    book(person, date(2026, 6, 9), "afternoon")
    book(person, date(2026, 6, 10), state=State.REFUSED)
    facts = facts_about(person, today=TODAY)
    assert [(contract.rate, contract.status) for contract in facts.contracts] == [(Decimal(100), "permanent")]
    assert facts.places[0].label == "home"
    assert facts.booked == {date(2026, 6, 8): 3, date(2026, 6, 9): 3}
    assert facts.pending == {date(2026, 6, 9): 1}
    assert next(iter(facts.workdays)) == date(2025, 12, 29) and len(facts.workdays) == 371
    assert facts.workdays[date(2026, 6, 8)].due == 3
    assert facts.workdays[date(2026, 6, 7)].due == 0
    assert facts.workdays[date(2026, 7, 14)].holiday and facts.workdays[date(2026, 7, 14)].due == 0


def test_the_roster_and_leave_shape_the_days_of_a_shift_worker(team):
    person = rostered_person(team)
    Absence.objects.create(person=person, first_day=date(2026, 6, 3), last_day=date(2026, 6, 3))
    days = workdays_of_many([person], date(2026, 6, 1), date(2026, 6, 7))[person.pk]
    assert [day.due for day in days.values()] == [0, 3, 3, 3, 0, 0, 0]
    assert [day.available for day in days.values()] == [0, 3, 0, 3, 0, 0, 0]
    assert [day.planned for day in days.values()] == [True] * 4 + [False] * 3
    assert days[date(2026, 6, 2)].start == datetime(2026, 6, 2, 20, tzinfo=UTC)
    assert days[date(2026, 6, 2)].minutes == 480


def test_many_people_read_the_same_as_one_by_one_but_for_the_commune(team):
    people = [factories.eligible_person(team=team), rostered_person(team)]
    book(people[0], date(2026, 6, 8))
    together = facts_of_many(people, today=TODAY, first=TODAY, last=TODAY)
    for person in people:
        alone = facts_about(person, today=TODAY)
        assert together[person.pk].workdays == alone.workdays
        assert together[person.pk].booked == alone.booked
        assert together[person.pk].contracts == alone.contracts
        assert [place.label for place in together[person.pk].places] == ["home"]


@pytest.mark.parametrize("size", [1, 6])
def test_the_number_of_queries_depends_neither_on_people_nor_on_days_nor_on_bookings(
    team, django_assert_num_queries, size
):
    people = [rostered_person(team, shifts=size) for _ in range(size)]
    for person in people:
        for day in range(1, size + 1):
            book(person, date(2026, 7, day))
        person.refresh_from_db()
    with django_assert_num_queries(7 + decided_queries(people)):
        facts_of_many(people, today=TODAY, first=date(2026, 1, 1), last=date(2026 + size, 1, 1))
    with django_assert_num_queries(5):
        workdays_of_many(people, TODAY, date(2026, 6, 30))


@pytest.mark.parametrize("size", [1, 8])
def test_the_plain_facts_of_one_person_cost_seven_queries_and_what_was_decided_of_them(
    team, django_assert_num_queries, size
):
    person = rostered_person(team, shifts=size)
    person.refresh_from_db()
    with django_assert_num_queries(7 + decided_queries([person])):
        facts_about(person, today=TODAY)


def test_nobody_at_all_is_answered_with_nothing():
    assert facts_of_many([], today=TODAY, first=TODAY, last=TODAY) == {}


def test_days_kept_between_requests_follow_a_pattern_or_region_that_another_process_changed(person):
    def due(day: date) -> int:
        return workdays_of_many([Person.objects.select_related("site").get(pk=person.pk)], *YEAR)[person.pk][day].due

    monday, good_friday = date(2026, 6, 8), date(2026, 4, 3)
    assert (due(monday), due(good_friday)) == (3, 3)
    Site.objects.filter(pk=person.site_id).update(holiday_region="FR-57")
    assert (due(monday), due(good_friday)) == (3, 0)
    WorkPattern.objects.update(days=[{"start": "09:00", "end": "12:00", "halves": 1}])
    assert due(monday) == 1
    WorkPattern.objects.update(days=[None])
    assert due(monday) == 0


def test_days_kept_between_requests_stay_as_they_are_when_somebody_is_absent(person):
    other = factories.eligible_person(site=person.site, entity=person.entity)
    day = date(2026, 6, 8)
    Absence.objects.create(person=person, kind="other", first_day=day, last_day=day)
    assert workdays_of_many([person], *YEAR)[person.pk][day].available == 0
    assert workdays_of_many([other], *YEAR)[other.pk][day].available == 3


def test_many_patterns_are_not_kept_for_ever(person):
    for number in range(MOST_KNOWN + 5):
        WorkPattern.objects.update(anchor=date(2024, 1, 1) + timedelta(days=number))
        workdays_of_many([person], *YEAR)
    assert len(_known_days(*YEAR)) <= MOST_KNOWN + 2
