"""Teams, entities and sites as scripts lay them out."""

from uuid import uuid4

import pytest

from people.models import Entity, Site, Team
from tests import factories
from tests.telework.test_api import Script, at_nine

__all__ = ["at_nine"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def api(at_nine):
    """Somebody of human resources who administers the entity, too."""
    person = factories.PersonFactory(entity=at_nine.team.entity, site=at_nine.team.site)
    for role in ("hr", "admin"):
        factories.grant(person, role)
    return Script(person)


def team_body(team, **more) -> dict:
    return {
        "name": "Night desk",
        "entity": str(team.entity.uid),
        "site": str(team.site.uid),
        "codes": ["branch"],
    } | more


def test_a_team_is_created_listed_and_changed(api, at_nine):
    made = api("POST", "/staff-teams", team_body(at_nine.team))
    assert (made.status_code, made.json()["codes"]) == (201, ["branch"])
    listed = api("GET", "/staff-teams").json()
    assert made.json() in listed["items"] and listed["count"] == 2
    uid, version = made.json()["uid"], made.json()["version"]
    changed = api("PUT", f"/staff-teams/{uid}", team_body(at_nine.team, name="Day desk", version=version)).json()
    assert (changed["name"], changed["version"] != version) == ("Day desk", True)


def test_an_old_version_writes_nothing(api, at_nine):
    uid = at_nine.team.uid
    version = next(one for one in api("GET", "/staff-teams").json()["items"] if one["uid"] == str(uid))["version"]
    api("PUT", f"/staff-teams/{uid}", team_body(at_nine.team, version=version))
    answer = api("PUT", f"/staff-teams/{uid}", team_body(at_nine.team, name="Mine", version=version))
    assert (answer.status_code, answer.json()["code"]) == (409, "stale_version")
    assert Team.objects.get(uid=uid).name == "Night desk"


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": " "}, "name"), ({"codes": ["Großes Haus"]}, "codes"), ({"entity": str(uuid4())}, "entity"),
     ({"site": str(uuid4())}, "site"), ({"manager": "Nadia"}, "manager"), ({"name": "a\0"}, "name")],
)  # fmt: skip
def test_what_cannot_be_used_names_its_field(api, at_nine, changes, field):
    answer = api("POST", "/staff-teams", team_body(at_nine.team, **changes))
    assert (answer.status_code, answer.json()["field"], Team.objects.count()) == (422, field, 1)


def test_foreign_teams_and_places_are_unknown(api, at_nine):
    foreign = factories.TeamFactory()
    body = team_body(at_nine.team, version="x")
    answers = {api("PUT", f"/staff-teams/{uid}", body).content for uid in (foreign.uid, uuid4())}
    assert len(answers) == 1 and b"not_found" in answers.pop()
    assert api("POST", "/staff-teams", team_body(foreign)).json()["field"] == "entity"
    assert foreign.entity.name not in api("GET", "/organisation").content.decode()


def test_an_entity_is_created_below_and_changed(api, at_nine):
    home = at_nine.team.entity
    made = api("POST", "/entities", {"name": "Branch", "parent": str(home.uid)})
    assert (made.status_code, made.json()["parent"]["uid"]) == (201, str(home.uid))
    path = f"/entities/{made.json()['uid']}"
    changed = api("PUT", path, {"name": "Second branch", "version": made.json()["version"]}).json()
    assert (changed["name"], Entity.objects.get(uid=changed["uid"]).parent) == ("Second branch", home)
    circle = api("PUT", f"/entities/{home.uid}", {"name": home.name, "parent": changed["uid"], "version": "old"})
    assert circle.status_code == 409
    assert api("POST", "/entities", {"name": home.name, "parent": str(home.uid)}).json()["field"] == "name"
    foreign = str(factories.EntityFactory().uid)
    assert api("POST", "/entities", {"name": "X", "parent": foreign}).json()["field"] == "parent"


def test_a_site_is_created_and_changed_unless_others_work_there(api, at_nine):
    made = api("POST", "/sites", {"name": "Saint-Denis", "zone": "Indian/Reunion", "holiday_region": "FR-RE"})
    assert (made.status_code, made.json()["yours"]) == (201, True)
    path = f"/sites/{made.json()['uid']}"
    body = {"name": "Saint-Pierre", "zone": "Indian/Reunion", "holiday_region": "FR-RE"}
    assert api("PUT", path, body | {"version": made.json()["version"]}).json()["name"] == "Saint-Pierre"
    assert api("PUT", path, body | {"version": "1", "zone": "Mars/Olympus"}).status_code in (409, 422)
    assert api("POST", "/sites", body | {"zone": "Mars/Olympus"}).json()["field"] == "zone"
    factories.PersonFactory(site=Site.objects.get(uid=made.json()["uid"]))
    assert api("PUT", path, body | {"version": "1"}).status_code == 404


def test_managers_find_nothing(at_nine):
    manager = Script(at_nine.manager)
    assert {manager("GET", path).status_code for path in ("/staff-teams", "/organisation")} == {404}
    assert manager("POST", "/staff-teams", team_body(at_nine.team)).status_code == 404
    assert manager("POST", "/sites", {"name": "Mine"}).status_code == 404
