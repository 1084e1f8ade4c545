"""Facts beyond the plain ones: gathered where an agreement looks at them, and only there."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import Absence, Membership
from policies.core.needs import NOTHING, Needs, Quota
from policies.models import PersonalTerm
from telework.facts import facts_about, facts_of_many
from telework.models import Booking, State
from tests import factories

TODAY = date(2026, 6, 1)  # a Monday
NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)
EVERYTHING = Needs(
    frozenset(
        ("forms", "elsewhere", "absence_codes", "in_post_since", "units", "unit_sizes", "collective", "team_days")
    ),
    (Quota("all", "", ("disabled",)),),
)
pytestmark = pytest.mark.django_db


def book(person, day, **fields):
    fields = {"state": State.APPROVED} | fields
    return Booking.objects.create(person=person, day=day, requested_at=NOW, updated_at=NOW, **fields)


@pytest.fixture
def person(team):
    return factories.eligible_person(team=team, in_post_since=date(2025, 9, 1))


def gathered(person, *names, quotas=()):
    person.refresh_from_db()
    return facts_about(person, today=TODAY, needs=Needs(frozenset(names), tuple(quotas)))


def test_nothing_more_is_gathered_where_no_clause_looks(person):
    book(person, date(2026, 6, 2), form="occasional")
    Absence.objects.create(person=person, kind="leave", first_day=TODAY, last_day=TODAY)
    plain = facts_about(person, today=TODAY, needs=NOTHING)
    assert (plain.forms, plain.absence_codes, plain.units, plain.unit_sizes) == ({}, {}, (), ())
    assert (plain.in_post_since, plain.collective, plain.team_days) == (None, {}, {})


def test_forms_of_held_bookings_are_known_and_those_given_back_are_not(person):
    book(person, date(2026, 6, 2), form="occasional")
    book(person, date(2026, 6, 3))
    book(person, date(2026, 6, 4), form="occasional", state=State.CANCELLED)
    assert gathered(person, "forms").forms == {date(2026, 6, 2): "occasional"}


def test_days_in_another_country_are_known_by_their_place(person):
    away = factories.PlaceFactory(person=person, label="Lisbon", country="PT", kind="second_home", agreed=True)
    book(person, date(2026, 6, 2), place=away)
    book(person, date(2026, 6, 3), place=person.places.first())
    facts = gathered(person, "elsewhere")
    assert facts.elsewhere == {date(2026, 6, 2): "PT"}
    assert [(place.kind, place.country, place.agreed) for place in facts.places] == [
        ("home", "", False),
        ("second_home", "PT", True),
    ]


def test_an_absence_carries_its_kind_and_never_a_reason(person):
    for first, last, kind in ((1, 2, "leave"), (3, 3, "training"), (4, 4, "mission"), (5, 5, "other")):
        Absence.objects.create(person=person, kind=kind, first_day=date(2026, 6, first), last_day=date(2026, 6, last))
    codes = gathered(person, "absence_codes").absence_codes
    assert [codes[date(2026, 6, day)] for day in range(1, 6)] == [
        "paid_leave", "paid_leave", "training", "travel", "absence",
    ]  # fmt: skip


def test_the_post_and_the_codes_of_the_unit_are_known(person, team):
    team.codes = ["head_office"]
    team.save()
    facts = gathered(person, "in_post_since", "units")
    assert facts.in_post_since == date(2025, 9, 1)
    assert facts.units == (team.entity.slug, "head_office")


def test_heads_of_the_team_are_counted_from_each_date_on_which_they_change(person, team):
    other = factories.eligible_person(team=team)
    Membership.objects.filter(person=other).update(first_day=date(2026, 3, 1), last_day=date(2026, 8, 31))
    facts = gathered(person, "unit_sizes")
    days = (date(2026, 2, 28), date(2026, 3, 1), date(2026, 8, 31), date(2026, 9, 1))
    assert [facts.unit_size(day) for day in days] == [1, 2, 2, 1]


def test_the_team_is_counted_each_day_working_and_remote(person, team):
    mate = factories.eligible_person(team=team)
    book(mate, date(2026, 6, 2))
    Absence.objects.create(person=person, first_day=date(2026, 6, 3), last_day=date(2026, 6, 3))
    days = gathered(person, "team_days").team_days
    assert (days[date(2026, 6, 2)], days[date(2026, 6, 3)]) == ((2, 1), (1, 0))
    assert date(2026, 6, 6) not in days, "nobody works on that Saturday"


def test_a_quota_counts_the_others_of_the_entity_who_telework_and_its_heads(person, team):
    for _ in range(2):
        book(factories.eligible_person(team=team), date(2026, 3, 3))
    book(person, date(2026, 3, 3))
    factories.eligible_person(team=team)
    book(factories.eligible_person(), date(2026, 3, 3))
    assert gathered(person, "collective", quotas=[Quota("all")]).collective == {"all": (2, 4)}


def carry(person, code, **dates):
    dates = {"first_day": date(2026, 1, 1)} | dates
    PersonalTerm.objects.create(person=person, code=code, written_at=NOW, **dates)


def test_a_quota_leaves_out_those_it_does_not_count_and_counts_those_who_carry_its_code(person, team):
    others = [factories.eligible_person(team=team) for _ in range(4)]
    for other in others[:3]:
        book(other, date(2026, 3, 3))
    carry(others[0], "disabled")
    carry(others[1], "disabled", last_day=date(2026, 5, 31))
    for carrier in (*others[2:], person):
        carry(carrier, "formula:monthly")
    quotas = [Quota("all", "", ("disabled",)), Quota("monthly", "formula:monthly", ("disabled",))]
    assert gathered(person, "collective", quotas=quotas).collective == {"all": (2, 5), "monthly": (2, 5)}


def test_everything_costs_the_same_queries_for_one_and_for_many(team, django_assert_num_queries):
    people = [factories.eligible_person(team=team) for _ in range(5)]
    for one in people:
        book(one, date(2026, 6, 2), form="occasional", place=one.places.first())
        one.refresh_from_db()
    span = {"today": TODAY, "first": TODAY, "last": TODAY, "needs": EVERYTHING}
    with CaptureQueriesContext(connection) as few:
        facts_of_many(people[:1], **span)
    assert len(few) <= 25
    for one in people:
        one.refresh_from_db()
    with django_assert_num_queries(len(few)):
        together = facts_of_many(people, **span)
    alone = facts_about(people[0], today=TODAY, needs=EVERYTHING)
    assert replace(together[people[0].pk], places=()) == replace(alone, places=())
