"""Coverage as scripts read it: the numbers of the pages, names of those one may know, and nothing ever written."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.telework.coverage.saturday import saturday_of, three_supervisors
from tests.telework.test_api import Script, key_of

pytestmark = pytest.mark.django_db
NIGHT = "2026-06-20"


@pytest.fixture
def saturday(scene, clock):
    clock("2026-06-08T08:00+00:00")
    return saturday_of(scene)


@pytest.fixture
def api(saturday):
    return Script(saturday.planner)


def group(day: dict, place: str) -> dict:
    return next(one for one in day["people"] if one["place"] == place)


def names(rows: list[dict]) -> set[str]:
    return {row["person"]["name"].partition(" ")[0] for row in rows}


def test_margins_and_gaps_tell_the_same(api):
    month = api("GET", "/coverage/2026-06").json()
    gaps = api("GET", "/coverage/2026-06/gaps").json()
    assert (len(month["days"]), month["first"], month["gap_count"]) == (30, "2026-06-01", gaps["count"])
    assert month["lowest"][19] == min(one["margins"][19] for one in month["requirements"]) == -1
    assert NIGHT in {gap["day"] for gap in gaps["items"]}
    gap = next(gap for gap in gaps["items"] if gap["day"] == NIGHT)
    assert (gap["start"], gap["value"], gap["limit"]) == ("2026-06-20T22:00+02:00", 2, 3)


def test_gaps_come_a_page_at_a_time(api, saturday, scene):
    first = date(2026, 7, 1)
    three_supervisors(scene.team, saturday.people["Ann"], first_day=first, last_day=date(2026, 7, 31))
    whole = api("GET", "/coverage/2026/gaps?limit=200").json()
    page = api("GET", "/coverage/2026/gaps?limit=2&offset=1").json()
    assert page["count"] == whole["count"] > 3 and page["items"] == whole["items"][1:3]


def test_a_week_tells_its_hours(api):
    week = api("GET", "/coverage/2026-W25").json()
    assert [len(day["margins"]) for day in week["hours"]] == [24] * 7
    assert week["hours"][5]["margins"][23] == -1
    assert api("GET", "/coverage/2026-06").json()["hours"] == []


def test_one_date_tells_who_is_where_and_who_could_come(api):
    day = api("GET", f"/coverage/{NIGHT}/people").json()
    assert day["requirements"][0]["gaps"] == day["requirements"][0]["planned_gaps"] != []
    assert names(group(day, "site")["people"]) == {"Ann", "Bob"} and group(day, "site")["count"] == 2
    assert names(group(day, "remote")["people"]) == {"Remi"} and names(group(day, "absent")["people"]) == {"Abel"}
    assert {(one["person"]["name"].split()[0], one["place"]) for one in day["could_come"]} >= {
        ("Remi", "remote"), ("Calla", "on_call"), ("Otto", "off"),
    }  # fmt: skip


def test_somebody_moved_in_thought_fills_the_gap_and_nothing_is_written(api, saturday):
    day = api("GET", f"/coverage/{NIGHT}/people").json()
    remi = group(day, "remote")["people"][0]["person"]["uid"]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        moved = api("POST", f"/coverage/{NIGHT}/what-if", {"changes": [{"person": remi, "place": "site"}]}).json()
    assert group(moved, "site")["count"] == 3 and moved["requirements"][0]["gaps"] == []
    assert moved["requirements"][0]["planned_gaps"] == day["requirements"][0]["planned_gaps"]
    written = ("INSERT", "UPDATE", "DELETE")
    assert [one["sql"] for one in queries if one["sql"].startswith(written) and "session" not in one["sql"]] == []
    assert api("GET", f"/coverage/{NIGHT}/people").json() == day


def test_what_is_foreign_answers_like_what_is_not_there(api):
    foreign = factories.eligible_person()
    team = factories.TeamFactory()
    for uid in (foreign.uid, uuid4()):
        body = {"changes": [{"person": str(uid), "place": "site"}]}
        assert api("POST", f"/coverage/{NIGHT}/what-if", body).json()["code"] == "not_found"
    for query in (f"team={team.uid}", f"need={uuid4()}", f"team={uuid4()}"):
        assert api("GET", f"/coverage/2026-06?{query}").status_code == 404
    assert api("GET", f"/coverage/{NIGHT}/people?at={uuid4()}").status_code == 404


def test_employees_find_nothing_and_a_key_needs_its_scope(scene, saturday, capsys):
    employee = factories.eligible_person(team=scene.team)
    for path in ("2026-06", "2026-06/gaps", f"{NIGHT}/people"):
        assert Script(employee)("GET", f"/coverage/{path}").status_code == 404
    key = Script(key=key_of(saturday.planner, "requirements:read", capsys=capsys))
    assert key("GET", "/coverage/2026-06").status_code == 403


@pytest.mark.parametrize(
    ("path", "field"),
    [("2026-13", "period"), ("soon", "period"), ("1066", "period"), ("2026-06/people", "period"),
     ("2026-06?team=x", "team"), ("2026-06?page=2", "page")],
)  # fmt: skip
def test_what_cannot_be_read_names_its_field(api, path, field):
    answer = api("GET", f"/coverage/{path}")
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_calls_become_people_and_a_wrong_number_names_its_field(api):
    calls = {"calls": [30, 60], "seconds": 240, "percent": 80, "within": 20, "first": "08:00"}
    found = api("POST", "/staffing", calls).json()["items"]
    assert [(one["start"], one["end"]) for one in found] == [("08:00:00", "08:30:00"), ("08:30:00", "09:00:00")]
    assert 0 < found[0]["people"] < found[1]["people"]
    assert api("POST", "/staffing", calls | {"first": "08:10"}).json()["field"] == "first"
    assert api("POST", "/staffing", calls | {"percent": 101}).json()["field"] == "percent"
    assert api("POST", "/staffing", calls | {"calls": [30, -1]}).status_code == 422
