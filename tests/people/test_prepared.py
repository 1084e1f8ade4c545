"""Statements written once: they answer what the queryset would, for every number of values."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import Absence, Person, Place, Team
from people.prepared import LONGEST, prepared, prepared_raw
from people.rows import as_text
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 9)


@prepared
def people_by_pk(pks):
    return Person.objects.filter(pk__in=pks).select_related("site", "account").order_by("pk")


@prepared
def absences(person, first, last):
    rows = Absence.objects.filter(person=person, first_day__lte=last, last_day__gte=first)
    return rows.order_by("pk").values_list("person", "first_day", "halves")


@prepared
def names(uid, last_name):
    return Person.objects.filter(uid=uid, last_name=last_name).values_list("first_name", flat=True)


@prepared_raw
def declared(pks):
    return Place.objects.filter(person__in=pks).order_by("pk").values_list("person_id", as_text("declared_on"))


@pytest.mark.parametrize("count", [0, 1, 2, LONGEST + 1])
def test_objects_come_with_their_relations_in_one_query(count, django_assert_num_queries):
    made = [factories.PersonFactory() for _ in range(count)]
    pks = [person.pk for person in made]
    for _again in range(2):
        with django_assert_num_queries(1 if count else 0):
            found = people_by_pk(pks)
            shown = [(person.name, person.site.name, person.account_id, person.account) for person in found]
        assert shown == [(person.name, person.site.name, person.account_id, person.account) for person in made]


def test_values_of_today_are_read_not_those_of_the_first_call():
    one, other = factories.PersonFactory(), factories.PersonFactory()
    Absence.objects.create(person=one, kind="other", first_day=DAY, last_day=DAY, halves=1)
    assert absences(one.pk, DAY, DAY) == [(one.pk, DAY, 1)]
    assert absences(other.pk, DAY, DAY) == []
    assert absences(one.pk, DAY + timedelta(days=1), DAY + timedelta(days=9)) == []
    Absence.objects.filter(person=one).update(halves=2)
    assert absences(one.pk, DAY, DAY + timedelta(days=1)) == [(one.pk, DAY, 2)]


def test_uids_and_texts_are_values_too():
    person = factories.PersonFactory(first_name="Zoé", last_name="L’Hôte")
    assert names(person.uid, "L’Hôte") == ["Zoé"]
    assert names(person.uid, "Other") == []


def test_raw_rows_are_what_the_driver_gives():
    person = factories.PersonFactory()
    Place.objects.create(person=person, label="home", declared_on=DAY)
    assert declared({person.pk}) == [(person.pk, "2026-06-09")]
    assert declared(Person.objects.values("pk")) == [(person.pk, "2026-06-09")]


def test_the_statement_is_written_once():
    made = []

    @prepared
    def teams(pk):
        made.append(pk)
        return Team.objects.filter(pk=pk)

    team = factories.TeamFactory()
    assert [teams(pk) for pk in (team.pk, team.pk, 0)] == [[team], [team], []]
    assert len(made) == 1


def test_a_read_that_changes_its_values_is_refused():
    @prepared
    def careless(first):
        return Absence.objects.filter(first_day=first + timedelta(days=1))

    with pytest.raises(TypeError, match="careless"):
        careless(DAY)


def test_a_read_under_a_lock_locks():
    @prepared
    def held(pk):
        return Team.objects.filter(pk=pk).select_for_update()

    team = factories.TeamFactory()
    with CaptureQueriesContext(connection) as queries:
        assert held(team.pk) == [team]
    assert ("FOR UPDATE" in queries[-1]["sql"]) is connection.features.has_select_for_update
