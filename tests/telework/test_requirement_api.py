"""Requirements as scripts meet them: written, read, replaced, ended and copied, with every fault in words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import AuditEvent
from policies.models import Requirement, Slot
from telework.models import Booking
from tests import factories
from tests.telework.coverage.conftest import SATURDAY, night
from tests.telework.test_api import Script, at_nine, key_of

__all__ = ["at_nine", "night"]
pytestmark = pytest.mark.django_db

NIGHTS = {"layer": "weekly", "days": [5], "start": "22:00", "end": "06:00", "number": 3}


@pytest.fixture
def planner(night):
    person = factories.eligible_person(team=night.scene.team, first_name="Paule")
    factories.grant(person, "planner")
    return person


@pytest.fixture
def api(night, planner, clock):
    clock("2026-06-08T09:00:00+02:00")
    return Script(planner)


def body(night, **fields) -> dict:
    team = night.scene.team
    return {"entity": str(team.entity.uid), "site": str(team.site.uid), "skill": "supervisor", "name_en": "Nights",
            "first_day": "2026-06-08", "slots": [NIGHTS]} | fields  # fmt: skip


def made(api, night, **fields) -> dict:
    answer = api("POST", "/requirements", body(night, **fields))
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_one_is_written_read_replaced_ended_and_listed(api, night):
    first = made(api, night)["requirement"]
    assert (first["version"], first["name_fr"], first["clock"]) == (1, "Nights", "Europe/Paris")
    assert first["slots"] == [
        {"layer": "weekly", "days": [5], "dates": [], "start": "22:00", "end": "06:00", "number": "3"}
    ]
    path = f"/requirements/{first['uid']}"
    assert api("GET", path).json() == first

    dated = {"layer": "dated", "dates": ["2026-12-24"], "start": "22:00", "end": "06:00", "number": "4"}
    change = body(night, slots=[NIGHTS, dated], version=1, name_fr="Nuits", since="2026-06-08")
    changed = api("PUT", path, change).json()["requirement"]
    assert (changed["uid"], changed["version"], changed["name_fr"], len(changed["slots"])) == (
        first["uid"], 2, "Nuits", 2,
    )  # fmt: skip

    ended = api("POST", f"{path}/end", {"last_day": "2026-12-31", "version": 2}).json()
    assert (ended["requirement"]["last_day"], ended["requirement"]["version"]) == ("2026-12-31", 3)
    assert [item["name_fr"] for item in api("GET", "/requirements").json()["items"]] == ["Besoin", "Nuits"]


def test_what_is_read_can_be_written_again(api, night):
    read = made(api, night)["requirement"]
    named = {name: read.pop(name) for name in ("uid", "clock", "entity", "team", "site", "skill")}
    again = read | {"entity": named["entity"]["uid"], "site": named["site"]["uid"], "skill": named["skill"]["code"]}
    written = api("PUT", f"/requirements/{named['uid']}", again).json()["requirement"]
    assert written == named | read | {"version": 2}


def test_a_write_answers_new_gaps_and_the_telework_in_them(api, night):
    night.book(night.supervisors[0])
    answer = made(api, night, slots=[NIGHTS | {"number": 4}])
    gap = next(gap for gap in answer["gaps"] if gap["day"] == str(SATURDAY))
    assert (gap["start"], gap["value"], gap["limit"]) == ("2026-06-20T22:00+02:00", 3, 4)
    assert gap["detail"] == "Sat 22:00–06:00: 3 of 4 people on site."
    assert [(met["person"]["name"], met["day"]) for met in answer["concerned"]] == [("S0 Moreau", str(SATURDAY))]
    assert Booking.objects.get().is_active


def test_a_look_ahead_writes_nothing(api, night):
    answer = api("POST", "/requirements/preview", body(night, slots=[NIGHTS | {"number": 4}]))
    assert (answer.status_code, answer.json()["gap_count"] > 0, answer.json()["requirement"]) == (200, True, None)
    assert Requirement.objects.count() == 1 and not AuditEvent.objects.filter(verb__startswith="requirement").exists()


def test_every_fault_is_told_with_its_field(api, night):
    wrong = [NIGHTS | {"number": -1}, NIGHTS | {"layer": "dated", "days": []}]
    answer = api("POST", "/requirements", body(night, last_day="2026-06-01", slots=wrong))
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    problem = answer.json()
    assert (problem["field"], problem["code"]) == ("last_day", "invalid_value")
    assert "before it begins on 8 June 2026" in problem["detail"]
    fields = [fault["field"] for fault in problem["data"]["errors"]]
    assert fields == ["last_day", "slots.0.number", "slots.1.dates"]


def test_more_people_than_there_are_is_refused_until_it_is_accepted(api, night):
    asked = body(night, slots=[NIGHTS | {"number": 5}])
    answer = api("POST", "/requirements", asked)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, "unmeetable", "slots.0.number")
    assert Requirement.objects.count() == 1
    assert api("POST", "/requirements", asked | {"accept_unmeetable": True}).status_code == 201
    assert AuditEvent.objects.get(verb="requirement.created").data["accepted"][0][0] == "slots.0.number"


def test_an_old_version_is_a_409(api, night):
    path = f"/requirements/{made(api, night)['requirement']['uid']}"
    api("PUT", path, body(night, version=1))
    answer = api("PUT", path, body(night, version=1))
    assert (answer.status_code, answer.json()["code"], answer.json()["data"]["version"]) == (409, "stale_version", 2)
    future = made(api, night, first_day="2026-09-01")["requirement"]["uid"]
    assert api("DELETE", f"/requirements/{future}?version=9").status_code == 409
    assert Slot.objects.filter(requirement__uid=future).exists()


def test_from_a_day_on_the_past_stays(api, night, clock, planner):
    path = f"/requirements/{made(api, night)['requirement']['uid']}"
    clock("2026-07-08T09:00:00+02:00")
    api = Script(planner)
    changed = api("PUT", path, body(night, version=1, since="2026-07-08", slots=[NIGHTS | {"number": 2}])).json()
    assert changed["requirement"]["first_day"] == "2026-07-08"
    assert {item["last_day"] for item in api("GET", "/requirements").json()["items"]} == {None, "2026-07-07"}


def test_only_one_that_has_never_held_is_taken_away(api, night):
    future = made(api, night, first_day="2026-09-01")["requirement"]["uid"]
    assert api("DELETE", f"/requirements/{future}?version=1").status_code == 204
    answer = api("DELETE", f"/requirements/{night.need.uid}")
    assert (answer.status_code, "End it instead" in answer.json()["detail"]) == (422, True)
    assert Requirement.objects.get() == night.need


def test_a_copy_is_for_another_team(api, night):
    source = made(api, night)["requirement"]["uid"]
    team = factories.TeamFactory(entity=night.scene.team.entity)
    copying = {"team": str(team.uid), "first_day": "2026-07-01"}
    assert api("POST", f"/requirements/{source}/copy", copying).json()["code"] == "unmeetable"
    answer = api("POST", f"/requirements/{source}/copy", copying | {"accept_unmeetable": True})
    copy = answer.json()["requirement"]
    assert (answer.status_code, copy["team"]["name"], copy["first_day"]) == (201, team.name, "2026-07-01")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"skill": "pilot"}, "“pilot” is not known. Known: supervisor."),
        ({"site": "00000000-0000-4000-8000-000000000000"}, "is not known. Known: Site"),
        ({"slots": [NIGHTS | {"start": "25:00"}]}, "“25:00” is not a time."),
        ({"slots": [NIGHTS | {"number": True}]}, "“True” is not a number."),
        ({"slots": [NIGHTS | {"number": [3]}]}, "“list” is not a number."),
        ({"slots": [NIGHTS | {"dates": ["2026-02-30"]}]}, "30 February does not exist."),
        ({"slots": [NIGHTS | {"days": [7]}]}, "“7” is no day of the week."),
        ({"kind": "some"}, "Choose one of: minimum, share_at_once"),
        ({"staffing": {"calls": "many"}}, "missing"),
        ({"staffing": {"calls": [60], "seconds": 240, "percent": 100, "within": 15}}, "from 0 to 99.99"),
        ({"misspelt": 1}, "is not known here"),
    ],
)
def test_a_value_that_will_not_do_is_named(api, night, change, words):
    answer = api("POST", "/requirements", body(night, **change))
    assert (answer.status_code, words in answer.json()["detail"]) == (422, True), answer.json()
    assert Requirement.objects.count() == 1


def test_a_team_or_an_entity_out_of_reach_is_not_found(api, night):
    for change in ({"team": str(factories.TeamFactory().uid)}, {"entity": str(factories.EntityFactory().uid)}):
        assert api("POST", "/requirements", body(night, **change)).status_code == 404


def test_a_manager_writes_for_the_team_only(api, night):
    manager = Script(night.scene.manager)
    assert manager("POST", "/requirements", body(night)).status_code == 404
    own = made(manager, night, entity=None, team=str(night.scene.team.uid))["requirement"]
    assert own["entity"]["name"] == night.scene.team.entity.name
    assert [item["uid"] for item in manager("GET", "/requirements").json()["items"]] == [own["uid"]]
    assert manager("PUT", f"/requirements/{night.need.uid}", body(night, version=1)).status_code == 404


def test_a_key_needs_the_scope(api, night, planner, capsys):
    reader = Script(key=key_of(planner, "requirements:read", capsys=capsys))
    assert reader("GET", "/requirements").status_code == 200
    assert reader("POST", "/requirements/preview", body(night)).status_code == 200
    assert reader("POST", "/requirements", body(night)).status_code == 403
    writer = Script(key=key_of(planner, "requirements:write", capsys=capsys))
    assert writer("POST", "/requirements", body(night)).status_code == 201


def test_listing_costs_the_same_queries_for_one_and_for_many(api, night):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            api("GET", "/requirements")
        return len(queries)

    one = cost()
    for _number in range(8):
        made(api, night)
    assert len(api("GET", "/requirements").json()["items"]) == 9
    assert cost() == one
