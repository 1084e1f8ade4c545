"""Balances of many people under agreements whose caps are of any kind: the same numbers as on each one's own page."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Absence, Person
from telework.balances import balances_of
from telework.models import Booking, State
from telework.year import year_of
from tests import factories
from tests.telework.test_caps_shown import cap, under

TODAY = date(2026, 6, 8)
READING = '[readings.absent_later]\nchoice = "given_back"\nby = "ours"\narticle = "1"\n'


def book(person, day, part="full") -> None:
    at = datetime(2026, 1, 1, 8, tzinfo=UTC)
    Booking.objects.create(
        person=person, day=day, part=part, state=State.APPROVED, requested_at=at, updated_at=at
    )  # fmt: skip


def row_of(person):
    return next(row for row in balances_of(Person.objects.all(), today=TODAY) if row.uid == person.uid)


def numbers(row) -> tuple:
    return row.due, row.done, row.booked, row.pending, row.left


def own(person) -> tuple:
    held = year_of(person, 2026, today=TODAY).balance
    return held.entitlement.total, held.done, held.booked, held.pending, held.left


@pytest.fixture
def booked(scene):
    for day in (date(2026, 3, 3), date(2026, 6, 9), date(2026, 7, 7)):
        book(scene.person, day)
    book(scene.person, date(2026, 7, 8), part="morning")
    return scene


@pytest.mark.parametrize("unit", ["day", "half_day", "slot", "hour"])
@pytest.mark.parametrize("per", ["year", "half_year", "quarter"])
def test_a_cap_of_any_unit_over_any_part_of_a_year_is_told_as_on_ones_own_page(booked, unit, per):
    under(booked, cap("main", limit=60, unit=f'"{unit}"', per=f'"{per}"'))
    assert numbers(row_of(booked.person)) == own(booked.person)


@pytest.mark.parametrize("per", ["week", "month"])
def test_where_nothing_is_due_over_the_year_its_days_are_told_all_the_same(booked, per):
    under(booked, cap("main", limit=2, unit='"day"', per=f'"{per}"'))
    row = row_of(booked.person)
    assert (row.due, row.left) == (None, None)
    assert (row.done, row.booked) == (1, Decimal("2.5"))


def test_days_that_an_absence_took_are_given_back_here_too(booked):
    text = factories.agreement_text().replace("[[rules]]", READING + "[[rules]]", 1)
    factories.agreement_in_force(booked.team.entity, text=text, since=date(2020, 1, 2))
    Absence.objects.create(person=booked.person, first_day=date(2026, 7, 7), last_day=date(2026, 7, 7))
    row = row_of(booked.person)
    assert (row.booked, row.left) == (Decimal("1.5"), Decimal("97.5"))
    assert numbers(row) == own(booked.person)


def test_the_page_names_what_is_counted_and_costs_the_same_for_few_and_many(booked, client, clock):
    clock("2026-06-08T08:00+00:00")
    under(booked, cap("main", limit=60, unit='"half_day"', per='"year"'))
    client.force_login(booked.manager.account)
    client.get(reverse("balances"))
    counts = []
    for more in (0, 6):
        for _ in range(more):
            factories.eligible_person(team=booked.team)
        with CaptureQueriesContext(connection) as seen:
            html = client.get(reverse("balances")).content.decode()
        counts.append(len(seen))
    assert "60 half-days" in html
    assert counts[0] == counts[1]
