"""Company month over HTTP: who may see it, what it holds, and how light it stays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from people.models import Membership
from telework.models import Booking, State
from tests import factories
from ui.drawing.company import CompanyGroup, CompanyRow, company_table

pytestmark = pytest.mark.django_db
JUNE = "2026-06"


@pytest.fixture(autouse=True)
def _monday_morning(clock):
    clock("2026-06-08T08:00+00:00")


@pytest.fixture
def hr(scene):
    person = factories.eligible_person(entity=scene.team.entity, first_name="Hélène")
    factories.grant(person, "hr")
    return person


def book(person, day=date(2026, 6, 17), part="full", state=State.APPROVED) -> None:
    at = datetime(2026, 6, 1, 8, tzinfo=UTC)
    Booking.objects.create(person=person, day=day, part=part, state=state, requested_at=at, updated_at=at)


def see(client, period=JUNE, **query):
    return client.get(reverse("company_month", args=[period]), query)


@pytest.mark.parametrize("role", ["planner", "admin", "hr"])
def test_granted_roles_see_their_entity(scene, sign_in, role):
    factories.grant(scene.person, role)
    client = sign_in(scene.person)
    assert client.get(reverse("company")).url == reverse("company_month", args=[JUNE])
    assert "Camille Moreau" in see(client).content.decode()


def test_employees_and_managers_do_not_find_it(scene, sign_in):
    for person in (scene.person, scene.manager):
        client = sign_in(person)
        assert see(client).status_code == 404
        assert client.get(reverse("company")).status_code == 404


def test_people_of_other_entities_are_not_shown(hr, sign_in):
    stranger = factories.eligible_person(team=factories.TeamFactory(), first_name="Stranger")
    client = sign_in(hr)
    assert "Stranger" not in see(client).content.decode()
    assert see(client, entity=str(stranger.entity.uid)).status_code == 404


def test_a_grant_on_the_parent_reaches_the_entities_below(scene, sign_in):
    group = factories.EntityFactory(name="Group")
    scene.team.entity.parent = group
    scene.team.entity.save()
    boss = factories.eligible_person(entity=group)
    factories.grant(boss, "hr", group)
    page = see(sign_in(boss)).content.decode()
    assert "Group" in page
    assert "Camille Moreau" in page


def test_a_line_holds_a_letter_a_day_and_the_same_in_numbers(scene, hr, sign_in):
    book(scene.person)
    book(scene.person, day=date(2026, 6, 18), part="morning")
    book(scene.person, day=date(2026, 6, 19), state=State.REQUESTED)
    page = see(sign_in(hr)).content.decode()
    row = next(line for line in page.splitlines() if "Camille Moreau" in line)
    assert row == "<tr><th>Camille Moreau<td>SSSSS··SSSSS··SS<b>Tt</b><i>?</i>··SSSSS··SS<td>1.5<td>20.5<td>0"


def test_everybody_counts_once_even_in_two_teams(scene, hr, sign_in):
    other = factories.TeamFactory(entity=scene.team.entity, site=scene.team.site)
    Membership.objects.create(person=scene.person, team=other, first_day=date(2020, 1, 1))
    page = see(sign_in(hr)).content.decode()
    assert page.count("Camille Moreau") == 1
    assert "3 people" in page


def test_people_in_no_team_and_teams_have_their_own_heading(scene, hr, sign_in):
    page = see(sign_in(hr)).content.decode()
    assert "In no team" in page
    assert f">{scene.team.name}</a>" in page


def test_who_has_no_contract_in_the_month_is_left_out(scene, hr, sign_in):
    scene.person.contracts.update(end=date(2026, 5, 31))
    assert "Camille Moreau" not in see(sign_in(hr)).content.decode()


def test_site_and_team_can_be_chosen(scene, hr, sign_in):
    other = factories.TeamFactory(entity=scene.team.entity)
    factories.eligible_person(team=other, first_name="Otto")
    client = sign_in(hr)
    only_team = see(client, team=str(other.uid)).content.decode()
    assert "Otto" in only_team
    assert "Camille Moreau" not in only_team
    only_site = see(client, site=str(scene.team.site.uid)).content.decode()
    assert "Otto" not in only_site


@pytest.mark.parametrize("query", [{"team": "x"}, {"site": "\0"}, {"entity": "00000000-0000-0000-0000-000000000000"}])
def test_a_choice_that_does_not_exist_is_not_found(hr, sign_in, query):
    assert see(sign_in(hr), **query).status_code == 404


@pytest.mark.parametrize("period", ["2026-00", "2026-W24", "x", "99999-01"])
def test_a_month_that_does_not_exist_is_not_found(hr, sign_in, period):
    assert see(sign_in(hr), period).status_code == 404


def test_many_people_cost_as_many_queries_as_few(scene, hr, sign_in, django_assert_num_queries):
    client = sign_in(hr)
    see(client)
    with CaptureQueriesContext(connection) as few:
        see(client)
    for number in range(10):
        book(factories.eligible_person(team=scene.team), day=date(2026, 6, 8 + number % 5))
    with django_assert_num_queries(len(few)):
        see(client)


def test_a_thousand_lines_stay_under_250_kilobytes():
    days = [date(2026, 7, 1) + timedelta(days=number) for number in range(31)]
    cells = ("TT", "SS", "TS", "PP", "AA", "..", "..") * 5
    row = CompanyRow("Marie-Christine Vandenbroucke", cells[:31], ["12.5", "20.5", "10.5"])
    groups = [CompanyGroup("Team", "/team/" + "0" * 36, "Le Havre · 25 people", ["1"] * 3, [row] * 25)] * 40
    with translation.override("en"):
        table = company_table(label="July", days=days, heads=["Remote", "On site", "Absent"], groups=groups)
    assert table.count("<tr>") >= 1000
    assert len(table.encode()) < 240_000
