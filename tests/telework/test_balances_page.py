"""Balances over HTTP: who sees whose, the same numbers as the engine, sorting, the file for spreadsheets."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Person
from policies import core
from policies.selectors import agreement_for
from telework.balances import balances_of
from telework.facts import facts_about
from telework.models import Booking, State
from telework.views.balances import harmless, sorted_rows
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 8)


@pytest.fixture(autouse=True)
def _monday_morning(clock):
    clock("2026-06-08T08:00+00:00")


def book(person, day, part="full", state=State.APPROVED) -> None:
    at = datetime(2026, 1, 1, 8, tzinfo=UTC)
    Booking.objects.create(person=person, day=day, part=part, state=state, requested_at=at, updated_at=at)


@pytest.fixture
def booked(scene):
    book(scene.person, date(2026, 3, 3))
    book(scene.person, date(2026, 3, 4), part="morning")
    book(scene.person, date(2026, 6, 8))
    book(scene.person, date(2026, 9, 2), state=State.REQUESTED)
    book(scene.person, date(2026, 9, 3), state=State.REFUSED)
    book(scene.person, date(2025, 9, 3))
    return scene.person


def row_of(person) -> list:
    rows = balances_of(Person.objects.all(), today=TODAY)
    return next(row for row in rows if row.uid == person.uid)


def test_a_balance_is_what_is_due_less_what_is_held(booked):
    row = row_of(booked)
    assert (row.due, row.done, row.booked, row.pending, row.left) == tuple(
        map(Decimal, ("100", "1.5", "1", "1", "96.5"))
    )


@pytest.mark.parametrize("half_day_counts", ["half", "whole"])
def test_the_page_and_the_engine_tell_the_same(booked, half_day_counts):
    text = factories.agreement_text().replace(
        '[readings.half_day_counts]\nchoice = "half"', f'[readings.half_day_counts]\nchoice = "{half_day_counts}"'
    )
    factories.agreement_in_force(booked.entity, text=text, since=date(2021, 1, 1))
    book(booked, date(2026, 3, 4), part="afternoon")
    book(booked, date(2026, 9, 9), part="afternoon")
    agreement = agreement_for(booked, TODAY)
    told = core.balance(facts_about(booked, today=TODAY), agreement, TODAY)
    row = row_of(booked)
    assert (row.due, row.done, row.booked, row.pending, row.left) == (
        told.entitlement.total,
        told.done,
        told.booked,
        told.pending,
        told.left,
    )


@pytest.mark.parametrize(
    ("rate", "start", "end"),
    [(100, date(2015, 5, 4), None), (80, date(2026, 3, 1), None), (50, date(2019, 1, 1), date(2026, 9, 30))],
)
def test_contracts_of_every_shape_have_the_engines_entitlement(scene, rate, start, end):
    other = factories.eligible_person(team=scene.team)
    for person in (other, scene.person):
        person.contracts.update(rate=rate, start=start, end=end)
    agreement = agreement_for(other, TODAY)
    expected = core.entitlement(facts_about(other, today=TODAY), agreement, TODAY).total
    assert row_of(other).due == row_of(scene.person).due == expected


def test_nobody_without_a_contract_today_is_listed(scene):
    scene.person.contracts.update(end=date(2026, 5, 31))
    assert scene.person.uid not in {row.uid for row in balances_of(Person.objects.all(), today=TODAY)}


def test_where_no_agreement_is_in_force_the_balance_is_left_open(person):
    row = row_of(person)
    assert (row.due, row.left) == (None, None)


def test_a_manager_sees_the_people_of_the_team_only(scene, sign_in):
    stranger = factories.eligible_person(team=factories.TeamFactory(entity=scene.team.entity), first_name="Stranger")
    page = sign_in(scene.manager).get(reverse("balances")).content.decode()
    assert "Camille Moreau" in page
    assert stranger.name not in page


def test_hr_sees_the_entity_and_may_choose_a_team(scene, sign_in):
    other = factories.TeamFactory(entity=scene.team.entity, name="Other team")
    factories.eligible_person(team=other, first_name="Otto")
    factories.grant(scene.person, "hr")
    client = sign_in(scene.person)
    assert "Otto" in client.get(reverse("balances")).content.decode()
    only = client.get(reverse("balances"), {"team": str(scene.team.uid)}).content.decode()
    assert "Otto" not in only
    assert "Camille Moreau" in only
    foreign = factories.TeamFactory()
    assert client.get(reverse("balances"), {"team": str(foreign.uid)}).status_code == 404
    assert client.get(reverse("balances"), {"team": "x"}).status_code == 404


def test_employees_do_not_find_the_page(scene, sign_in):
    client = sign_in(scene.person)
    assert client.get(reverse("balances")).status_code == 404
    assert client.get(reverse("balances_csv")).status_code == 404


def test_a_part_timers_sum_is_shown_on_demand(scene, sign_in):
    scene.person.contracts.update(rate=80)
    page = sign_in(scene.manager).get(reverse("balances")).content.decode()
    assert "<details><summary>80</summary>" in page
    assert "Whole year at 80%" in page or "80" in page[page.index("<details><summary>80") :]


@pytest.mark.parametrize("sort", ["name", "-name", "team", "rate", "due", "-left", "nonsense", "\0"])
def test_every_column_sorts_by_a_link_and_nonsense_changes_nothing(scene, sign_in, sort):
    assert sign_in(scene.manager).get(reverse("balances"), {"sort": sort}).status_code == 200


def test_rows_sort_by_their_number_and_what_has_none_comes_last(scene):
    rows = balances_of(Person.objects.all(), today=TODAY)
    open_row = replace(rows[0], entitlement=None, sort_name="aaa")
    book(scene.person, date(2026, 3, 3))
    rows = balances_of(Person.objects.all(), today=TODAY)
    least = sorted_rows([open_row, *rows], "left")
    assert least[0].name == "Camille Moreau"
    assert least[-1] is open_row
    assert sorted_rows([open_row, *rows], "-left")[-1] is open_row


def test_the_file_has_the_same_rows_and_no_formula(scene, sign_in):
    factories.eligible_person(team=scene.team, first_name="=HYPERLINK(1)", last_name="@x")
    response = sign_in(scene.manager).get(reverse("balances_csv"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    table = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert table[0][0] == "Person"
    assert "'=HYPERLINK(1) @x" in {row[0] for row in table}
    camille = next(row for row in table if row[0] == "Camille Moreau")
    assert camille[3:] == ["100", "0", "0", "0", "100"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_a_text_never_begins_a_formula(text):
    assert harmless(text) == f"'{text}"
    assert harmless("Élodie") == "Élodie"


def test_many_people_cost_as_many_queries_as_few(scene, sign_in, django_assert_num_queries):
    client = sign_in(scene.manager)
    client.get(reverse("balances"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("balances"))
    for number in range(10):
        book(factories.eligible_person(team=scene.team, first_name=f"P{number}"), date(2026, 3, 3))
    with django_assert_num_queries(len(few)):
        client.get(reverse("balances"))
