"""The heat map of a year, a month, a week: who may see it, what each cell tells, and the edges of the calendar."""

import re
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies.facts import needs_of
from policies.models import Layer, RequirementKind
from telework.coverage import heat
from telework.coverage.counting import count_of
from telework.coverage.onday import OnDay
from tests import factories

from .saturday import SATURDAY, counts_of, margins_of, saturday_of, supervisor, text_of, three_supervisors

pytestmark = pytest.mark.django_db
SPANS = ("/coverage/", "/coverage/2026/", "/coverage/2026-06/", "/coverage/2026-W25/", f"/coverage/{SATURDAY}/")


@pytest.fixture(autouse=True)
def _monday_morning(clock):
    clock("2026-06-08T08:00+00:00")


@pytest.fixture
def saturday(scene):
    return saturday_of(scene)


def read(sign_in, person, path: str, language: str = "en") -> str:
    type(person.account).objects.filter(pk=person.account.pk).update(language=language)
    answer = sign_in(person).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("path", SPANS)
@pytest.mark.parametrize("who", ["planner", "manager", "hr"])
def test_planner_manager_and_hr_see_every_span(saturday, sign_in, who, path):
    assert "2 of 3 supervisors on site" in text_of(read(sign_in, getattr(saturday, who), path))


@pytest.mark.parametrize("path", SPANS)
def test_an_employee_finds_no_such_page_and_a_stranger_signs_in(saturday, sign_in, client, path):
    assert client.get(path).status_code == 302
    assert sign_in(saturday.people["Ann"]).get(path).status_code == 404


def test_a_planner_of_another_entity_sees_nothing_of_it(saturday, sign_in):
    stranger = factories.PersonFactory()
    factories.grant(stranger, "planner")
    client = sign_in(stranger)
    assert "No requirement holds here yet" in client.get("/coverage/2026/").content.decode()
    assert client.get(f"/coverage/2026/?team={saturday.need.team.uid}").status_code == 404
    assert client.get(f"/coverage/2026/?need={saturday.need.uid}").status_code == 404


@pytest.mark.parametrize(("language", "cell", "caption"), [
    ("en", "Saturday 20 June", "gap: 1 person is missing"),
    ("fr", "samedi 20 juin", "manque\u202f: il manque 1 personne"),
])  # fmt: skip
def test_the_cell_of_the_year_says_day_and_margin(saturday, sign_in, language, cell, caption):
    page = read(sign_in, saturday.planner, "/coverage/2026/", language)
    label = re.search(rf'aria-label="({cell}[^"]*)"', page)[1]
    assert label.startswith(cell) and margins_of(page) == {cell: "−1"}


def test_the_month_has_a_line_for_each_requirement_and_opens_the_one_clicked(saturday, scene, sign_in):
    most = factories.requirement(scene.team, 50, kind=RequirementKind.SHARE_OF_PEOPLE, name_en="Share remote")
    page = read(sign_in, saturday.planner, "/coverage/2026-06/")
    assert margins_of(page)["Supervisors, Saturday 20 June"] == "−1"
    assert "<b>Share remote</b>" in page
    link = re.search(r'href="([^"]+)" data-stop [^>]*aria-label="Share remote, Saturday 20 June', page)[1]
    opened = read(sign_in, saturday.planner, link.replace("&amp;", "&").partition("#")[0])
    assert f'name="at" value="{most.uid}"' in opened


def test_the_week_shows_each_hour_and_its_night_opens_the_date_it_started_on(saturday, sign_in):
    saturday.need.slots.update(days=[5])
    type(saturday.need).objects.update(last_day=None, version=2)
    page = read(sign_in, saturday.planner, "/coverage/2026-W25/")
    hours = {name: low for name, low in margins_of(page).items() if low == "−1"}
    assert list(hours) == ["Sat 20 June, 22:00", "Sat 20 June, 23:00", *(f"Sun 21 June, 0{n}:00" for n in range(6))]
    assert re.search(r'href="[^"]*day=2026-06-20[^"]*" data-stop [^>]*aria-label="Sun 21 June, 03:00', page)


def test_a_night_out_of_the_week_opens_its_own_date(saturday, sign_in):
    saturday.need.slots.update(days=[6])
    type(saturday.need).objects.update(last_day=None, version=2)
    page = read(sign_in, saturday.planner, "/coverage/2026-W26/")
    links = re.findall(r'href="([^"]+)" data-stop [^>]*aria-label="Mon 22 June, 0[0-5]:00', page)
    assert len(links) == 6
    for link in links:
        assert "Sun 22:00–06:00: 0 of 3" in text_of(read(sign_in, saturday.planner, link))


def test_a_cell_is_a_gap_exactly_where_its_date_tells_of_one(scene, saturday):
    first, last = date(2026, 6, 15), date(2026, 6, 28)
    factories.shift(saturday.people["Otto"], "2026-06-22T20:00+02:00", "2026-06-23T04:00+02:00")
    layers = [{"layer": Layer.DATED, "dates": ["2026-06-23"], "start": time(3), "end": time(9), "number": 1}]
    need = factories.requirement(scene.team, 1, layers=layers, skill=saturday.need.skill, name_en="All day")
    needs = needs_of([saturday.need, need], first - timedelta(days=2), last + timedelta(days=2))
    count = count_of(needs, first - timedelta(days=2), last + timedelta(days=2))
    found = 0
    for one in needs:
        lows = heat.by_day(heat.lows_of_days(count.map.of_group(str(one.requirement.uid)), first, last), first)
        for number in range(14):
            day = first + timedelta(days=number)
            shown = OnDay(one, count, day)
            assert shown.low == lows.get(day, heat.NONE)
            assert bool(shown.gaps) == (shown.low < 0), day
            found += shown.low < 0
    assert 2 < found < 28


@pytest.mark.parametrize(("start", "end", "minutes", "hours"), [
    ("2026-03-28T22:00+01:00", "2026-03-29T06:00+02:00", 420, 7),
    ("2026-10-24T22:00+02:00", "2026-10-25T06:00+01:00", 540, 8),
])  # fmt: skip
def test_nights_of_the_clock_change_are_as_long_as_they_are(scene, sign_in, start, end, minutes, hours):
    day = date.fromisoformat(start[:10])
    one = supervisor(scene.team, "Ann", shift=(start, end))
    three_supervisors(scene.team, one, first_day=day, last_day=day)
    planner = saturday_planner(scene)
    page = read(sign_in, planner, f"/coverage/{day}/")
    assert counts_of(page)["22:00–06:00"] == (1, "3")
    hatch = re.search(r'class="missing" x="[^"]+" y="[^"]+" width="([\d.]+)%"', page)[1]
    assert round(float(hatch) * (1440 + minutes) / 100) == minutes
    week = read(sign_in, planner, f"/coverage/{day.isocalendar().year}-W{day.isocalendar().week:02}/")
    assert sum(low == "−2" for low in margins_of(week).values()) == hours


def saturday_planner(scene):
    planner = factories.PersonFactory(entity=scene.team.entity, site=scene.team.site, first_name="Plan")
    factories.grant(planner, "planner")
    return planner


def test_the_axis_names_the_same_hours_on_a_day_of_23_hours(scene, sign_in):
    sunday = date(2026, 3, 29)
    three_supervisors(scene.team, supervisor(scene.team, "Ann"), first_day=sunday, last_day=sunday)
    page = read(sign_in, saturday_planner(scene), f"/coverage/{sunday}/")
    axis = page[page.index("curve-hours") :].partition("</svg>")[0]
    assert re.findall(r">(\d\d:\d\d)<", axis) == [*(f"{n:02}:00" for n in (0, 4, 8, 12, 16, 20, 0, 4)), "08:00"]


@pytest.mark.parametrize(("path", "status"), [
    ("2028-02-29", 200), ("2026-02-29", 404), ("2028-02", 200), ("2026-W53", 200), ("2025-W53", 404),
    ("2026-13", 404), ("2026-W00", 404), ("20260620", 404), ("1969", 404), ("9999", 404), ("٢٠٢٦", 404), ("now", 404),
])  # fmt: skip
def test_addresses_are_dates_that_exist(saturday, sign_in, path, status):
    assert sign_in(saturday.planner).get(f"/coverage/{path}/").status_code == status


@pytest.mark.parametrize("query", [
    "day=2026-13-01", "day=2027-01-01", "day=x", "team=x", "need=00000000-0000-0000-0000-000000000000",
    "at=00000000-0000-0000-0000-000000000000",
])  # fmt: skip
def test_what_is_no_choice_of_the_page_is_not_found(saturday, sign_in, query):
    assert sign_in(saturday.planner).get(f"/coverage/2026/?{query}").status_code == 404


def test_a_leap_year_has_its_day(scene, sign_in):
    leap = date(2028, 2, 29)
    three_supervisors(scene.team, supervisor(scene.team, "Ann"), first_day=leap, last_day=leap)
    page = read(sign_in, saturday_planner(scene), "/coverage/2028/")
    assert margins_of(page) == {"Tuesday 29 February": "−3"}


def test_a_week_over_new_year_shows_both_years(scene, sign_in):
    eve = date(2026, 12, 31)
    three_supervisors(scene.team, supervisor(scene.team, "Ann"), first_day=eve, last_day=eve + timedelta(days=1))
    planner = saturday_planner(scene)
    hours = [name for name, low in margins_of(read(sign_in, planner, "/coverage/2026-W53/")).items() if low == "−3"]
    assert len(hours) == 16 and (hours[0], hours[-1]) == ("Thu 31 Dec, 22:00", "Sat 2 Jan, 05:00")
    assert list(margins_of(read(sign_in, planner, "/coverage/2026/"))) == ["Thursday 31 December"]
    assert list(margins_of(read(sign_in, planner, "/coverage/2027/"))) == ["Friday 1 January"]


def test_without_a_requirement_the_page_leads_to_writing_one(scene, sign_in):
    page = read(sign_in, saturday_planner(scene), "/coverage/2026/")
    assert "No requirement holds here yet" in page and "data-stop" not in page
    assert 'href="/coverage/requirements/' in page[page.index('class="empty"') :]


def test_a_requirement_colours_only_the_dates_on_which_it_holds(saturday, sign_in):
    type(saturday.need).objects.update(first_day=date(2026, 6, 19), last_day=date(2026, 6, 21), version=2)
    page = read(sign_in, saturday.planner, "/coverage/2026/")
    assert list(margins_of(page)) == ["Friday 19 June", "Saturday 20 June", "Sunday 21 June"]
    before = text_of(read(sign_in, saturday.planner, "/coverage/2026/?day=2026-06-18"))
    assert "It says nothing about this date." in before or "Supervisors: everything holds" in before
    assert "No requirement holds here yet" in read(sign_in, saturday.planner, "/coverage/2027/")


def test_requirements_of_several_zones_are_drawn_each_by_its_own_clock(saturday, scene, sign_in):
    far = factories.TeamFactory(entity=scene.team.entity, site=factories.SiteFactory(zone="America/Montreal"))
    one = supervisor(far, "Rose", shift=("2026-06-20T22:00-04:00", "2026-06-21T06:00-04:00"))
    three_supervisors(far, one, name_en="Night of Montreal")
    page = read(sign_in, saturday.planner, f"/coverage/{SATURDAY}/")
    assert "Montreal time" in page and "Paris time" in page and page.count("curve-hours") == 2
    table = page[page.index("<caption>Night of Montreal") :].partition("</table>")[0]
    assert "<td>22:00–06:00</td><td>1</td><td>3</td>" in table


def test_the_table_of_the_year_has_the_number_of_the_map(saturday, sign_in):
    page = read(sign_in, saturday.planner, "/coverage/2026/")
    table = page[page.index("heat-table") :].partition("</table>")[0]
    june = re.search(r'<th scope="row">June</th>(.*?)(?=<tr>|</tbody>)', table, re.S)[1]
    assert june.split("<td>")[20].strip() == "−1" and table.count("−1") == 1


def test_the_gaps_of_a_month_that_is_over_are_listed_as_past(saturday, sign_in, clock):
    clock("2026-07-08T08:00+00:00")
    page = text_of(read(sign_in, saturday.planner, "/coverage/2026-06/"))
    assert "1 gap is past" in page and "Sat 20 June 22:00–06:00" in page and "Every requirement holds" not in page


@pytest.mark.parametrize("path", SPANS[1:])
@pytest.mark.parametrize("who", ["planner", "manager"])
def test_ten_people_cost_as_many_queries_as_forty(saturday, scene, sign_in, who, path):
    def cost() -> int:
        client = sign_in(getattr(saturday, who))
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    for number in range(4):
        supervisor(scene.team, f"Few{number}")
    few = cost()
    for number in range(30):
        supervisor(scene.team, f"More{number}")
    assert cost() == few <= 45
