"""Exceptional days: for whom, under what, by two people, and what a booking then meets."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from notifications.models import Message
from people.errors import BadFact
from people.models import AuditEvent, Membership
from policies.models import RegimeTerm
from policies.selectors.regimes import regimes_of
from telework import services as telework
from telework.errors import BookingRefused
from telework.exceptional import services
from telework.models import Booking
from telework.recorded import unpack
from tests import factories

from .conftest import FRIDAY, MONDAY, NOW, TODAY

pytestmark = pytest.mark.django_db


def book(person, day: date, today: date = TODAY) -> Booking:
    return telework.book_day(person=person, day=day, actor=person, now=NOW, today=today)


def concerned(people, day: date = MONDAY) -> set[int]:
    return set(regimes_of(people, day, day))


def test_nothing_holds_and_nobody_is_told_before_a_second_person_confirms(crisis):
    crisis.prepare()
    assert concerned(crisis.people) == set()
    assert {message.recipient for message in Message.objects.all()} == {crisis.second_hr}


def test_the_one_who_prepared_cannot_confirm(crisis):
    term = crisis.prepare()
    with pytest.raises(services.NotYours, match="Another person"):
        services.confirm_term(term, **crisis.by(crisis.first_hr))
    term.refresh_from_db()
    assert term.confirmed_at is None


def test_the_database_refuses_a_term_fired_by_one_person(crisis):
    term = crisis.prepare()
    with pytest.raises(IntegrityError), transaction.atomic():
        RegimeTerm.objects.filter(pk=term.pk).update(confirmed_by=crisis.first_hr, confirmed_at=NOW)


def test_once_confirmed_everybody_concerned_is_told_and_days_are_off_quota(crisis):
    person = crisis.people[0]
    book(person, MONDAY)
    with pytest.raises(BookingRefused):
        book(person, MONDAY + timedelta(days=1))
    crisis.open()
    told = set(Message.objects.filter(kind=services.OPENED).values_list("recipient", flat=True))
    assert told == {each.pk for each in (*crisis.people, crisis.first_hr)}
    for ahead in (1, 2, 3, 4):
        book(person, MONDAY + timedelta(days=ahead))
    with pytest.raises(BookingRefused):
        [book(person, MONDAY + timedelta(days=ahead)) for ahead in (7, 8)]


def test_days_of_the_regime_leave_the_week_its_room(crisis):
    crisis.open(last=MONDAY + timedelta(days=1))
    person = crisis.people[0]
    for ahead in (0, 1, 2):
        book(person, MONDAY + timedelta(days=ahead))
    with pytest.raises(BookingRefused):
        book(person, MONDAY + timedelta(days=3))


def test_it_ends_by_its_dates(crisis):
    crisis.open()
    assert concerned(crisis.people, FRIDAY) and not concerned(crisis.people, FRIDAY + timedelta(days=1))


def test_absences_and_bookings_stay(crisis):
    absent = crisis.people[1]
    absent.absences.create(first_day=MONDAY, last_day=FRIDAY)
    crisis.open()
    assert Booking.objects.count() == 0 and absent.absences.count() == 1
    with pytest.raises(BookingRefused):
        book(absent, MONDAY)


def test_a_population_is_an_entity_a_site_a_team_or_a_job(crisis, team):
    elsewhere = factories.eligible_person(entity=team.entity, job="reception")
    stranger = factories.eligible_person()
    everybody = [*crisis.people, elsewhere, stranger]
    for scope, expected in (
        ({}, {*crisis.people, elsewhere}),
        ({"site": team.site}, set(crisis.people)),
        ({"team": team}, set(crisis.people)),
        ({"job": "reception"}, {elsewhere}),
        ({"listed": frozenset({elsewhere.pk})}, {elsewhere}),
    ):
        regime = crisis.open(**scope)
        assert concerned(everybody) == {person.pk for person in expected}, scope
        regime.delete()


def test_a_team_is_followed_and_a_list_is_not(crisis, team):
    crisis.open(team=team)
    late = factories.eligible_person(entity=team.entity, site=team.site)
    Membership.objects.create(person=late, team=team, first_day=date(2026, 6, 17))
    (held,) = regimes_of([late], MONDAY, FRIDAY)[late.pk]
    assert (held.first, held.last) == (date(2026, 6, 17), FRIDAY)


def test_an_entity_holds_those_below_it(crisis, team):
    below = factories.EntityFactory(parent=team.entity)
    person = factories.eligible_person(entity=below)
    crisis.open()
    assert concerned([person]) == {person.pk}


def test_an_extension_takes_two_people_too_and_runs_on(crisis):
    regime = crisis.open()
    longer = services.extend_regime(regime, FRIDAY + timedelta(days=7), **crisis.by(crisis.second_hr))
    assert not concerned(crisis.people, FRIDAY + timedelta(days=1))
    with pytest.raises(services.NotYours):
        services.confirm_term(longer, **crisis.by(crisis.second_hr))
    services.confirm_term(longer, **crisis.by(crisis.first_hr))
    (held,) = regimes_of(crisis.people, FRIDAY, FRIDAY)[crisis.people[0].pk]
    assert (held.first, held.last) == (MONDAY, FRIDAY + timedelta(days=7))
    assert Message.objects.filter(kind=services.EXTENDED, recipient=crisis.people[0]).exists()


def test_an_extension_cannot_pass_the_longest_time_of_the_clause(crisis):
    regime = crisis.open(cause="strike")
    with pytest.raises(BadFact, match="28 June 2026"):
        services.extend_regime(regime, date(2026, 6, 30), **crisis.by(crisis.first_hr))


def test_an_early_end_leaves_bookings_tells_everybody_and_rechecks(crisis):
    regime, person = crisis.open(), crisis.people[0]
    for ahead in (2, 3, 4):
        book(person, MONDAY + timedelta(days=ahead))
    services.end_regime(regime, MONDAY, **crisis.by(crisis.first_hr))
    assert Booking.objects.filter(state="requested").count() == 3
    assert not concerned(crisis.people, MONDAY + timedelta(days=1))
    kinds = set(Message.objects.filter(recipient=person).values_list("kind", flat=True))
    assert {services.ENDED, "coverage.changed"} <= kinds


def test_days_called_off_before_they_begin_hold_on_none(crisis):
    regime = crisis.open()
    services.end_regime(regime, TODAY, **crisis.by(crisis.first_hr))
    assert concerned(crisis.people) == set()
    assert services.last_day_of(regime) is None


def test_what_waits_may_be_dismissed_and_is_then_answered(crisis):
    term = crisis.prepare()
    services.dismiss_term(term, actor=crisis.first_hr, now=NOW)
    with pytest.raises(services.NotYours, match="meanwhile"):
        services.confirm_term(term, **crisis.by(crisis.second_hr))
    assert concerned(crisis.people) == set()


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"name": " "}, "name", "missing"),
        ({"name": "x" * 81}, "name", "81 characters"),
        ({"first": None}, "first", "missing"),
        ({"first": date(2026, 6, 7)}, "first", "7 June 2026 is not possible"),
        ({"last": None}, "last", "missing"),
        ({"last": date(2026, 6, 10)}, "last", "before the first"),
        ({"last": date(2028, 1, 1)}, "last", "More than a year"),
        ({"cause": "flood"}, "cause", "flood"),
        ({"off_quota": False}, "off_quota", "change nothing"),
        ({"cause": "strike", "last": date(2026, 7, 1)}, "last", "28 June 2026"),
        ({"job": "diver"}, "entity", "Nobody works there"),
    ],
)
def test_what_cannot_be_meant_is_told_and_writes_nothing(crisis, fields, field, said):
    with pytest.raises(BadFact, match=said) as bad:
        crisis.prepare(**fields)
    assert bad.value.field == field
    assert RegimeTerm.objects.count() == Message.objects.count() == 0


def test_under_a_clause_its_rules_are_lifted_and_its_article_kept(crisis):
    term = crisis.prepare(cause="strike", off_quota=False)
    services.confirm_term(term, **crisis.by(crisis.second_hr))
    assert term.regime.article == "1"
    person = crisis.people[0]
    for ahead in (0, 1):
        booking = book(person, MONDAY + timedelta(days=ahead))
    assert "exceptional_regime.lifted_for" in {found.code for found in unpack(booking.decision).findings}


def test_the_audit_holds_ids_dates_and_numbers_only(crisis):
    regime = crisis.open(words="The river has risen.")
    services.end_regime(regime, MONDAY, **crisis.by(crisis.first_hr))
    events = AuditEvent.objects.filter(subject_uid=regime.uid)
    assert [event.verb for event in events] == ["regime.prepared", "regime.opened", "regime.ended"]
    assert "river" not in str([event.data for event in events]) and "strike" not in str([e.data for e in events])


def test_facts_of_many_cost_the_same_for_one_person_and_for_three(crisis, django_assert_num_queries):
    crisis.open(team=crisis.team)
    with django_assert_num_queries(3):
        regimes_of(crisis.people[:1], MONDAY, FRIDAY)
    with django_assert_num_queries(3):
        regimes_of(crisis.people, MONDAY, FRIDAY)


def test_without_any_there_is_one_query(crisis, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert regimes_of(crisis.people, MONDAY, FRIDAY) == {}
