"""People by script: the same doors, the same effects, and a version that is held."""

import pytest

from people.models import Person, Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _june(clock):
    clock("2026-06-03T08:00+02:00")


@pytest.fixture
def house(client):
    team = factories.TeamFactory()
    factories.agreement_in_force(team.entity)
    hr, camille = factories.eligible_person(team=team), factories.eligible_person(team=team, last_name="Éluard")
    factories.grant(hr, Role.HR)
    client.force_login(hr.account)
    return {"team": team, "hr": hr, "camille": camille, "stranger": factories.eligible_person()}


def send(client, method, path, **body):
    return getattr(client, method)(f"/api/v1{path}", body, content_type="application/json")


def test_people_are_listed_found_and_paged(client, house):
    page = client.get("/api/v1/people", {"q": "eluard"}).json()
    assert page["count"] == 1 and page["items"][0]["status"] == "active"
    assert client.get("/api/v1/people", {"limit": 1}).json()["count"] == 2
    assert client.get("/api/v1/people", {"entity": str(house["stranger"].entity.uid)}).status_code == 404


def test_a_person_is_added_then_changed_with_the_version_that_was_read(client, house):
    team = house["team"]
    where = {"entity": str(team.entity.uid), "site": str(team.site.uid)}
    made = send(client, "post", "/people", first_name="Ada", last_name="Martin", **where)
    assert made.status_code == 201
    person = made.json()
    changed = send(client, "patch", f"/people/{person['uid']}", version=person["version"], job_title="Lead")
    assert changed.status_code == 200 and changed.json()["job_title"] == "Lead"
    late = send(client, "patch", f"/people/{person['uid']}", version=person["version"], job_title="Other")
    assert late.status_code == 409 and late.json()["code"] == "stale_version"
    assert late.json()["data"]["version"] == changed.json()["version"]
    assert Person.objects.get(uid=person["uid"]).job_title == "Lead"


def test_a_contract_a_team_and_a_last_day(client, house):
    person, other = house["camille"], factories.TeamFactory(entity=house["team"].entity)
    path = f"/people/{person.uid}"
    added = send(client, "post", f"{path}/contracts", start="2026-07-01", rate="62.5", rostered=True)
    assert added.status_code == 201 and added.json()["rate"] == "62.5"
    assert [row["end"] for row in client.get(f"/api/v1{path}/contracts").json()["items"]] == ["2026-06-30", None]
    moved = send(client, "post", f"{path}/memberships", team=str(other.uid), first_day="2026-07-01", move=True)
    assert moved.status_code == 201
    ended = [row["last_day"] for row in client.get(f"/api/v1{path}/memberships").json()["items"]]
    assert ended == ["2026-06-30", None]
    left = send(client, "post", f"{path}/leaving", last_day="2026-09-30")
    assert left.status_code == 200 and person.contracts.order_by("-start").first().end.isoformat() == "2026-09-30"


@pytest.mark.parametrize("rate", ["0", "101", "-1", "1e2", "80,5", ""])
def test_a_rate_that_is_none_is_refused(client, house, rate):
    answer = send(
        client, "post", f"/people/{house['camille'].uid}/contracts", start="2026-07-01", rate=rate, rostered=True
    )
    assert answer.status_code == 422 and house["camille"].contracts.count() == 1
