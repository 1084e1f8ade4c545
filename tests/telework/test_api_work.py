"""What human resources do by script about the work of somebody: contracts corrected, teams left, skills, weeks."""

from datetime import date
from uuid import uuid4

import pytest

from people.models import Contract, Entity, Membership, Skill, WorkPattern
from tests import factories
from tests.telework.test_api import Script, at_nine

__all__ = ["at_nine"]
pytestmark = pytest.mark.django_db
WEEK = {"days": [5, 1, 2, 1], "start": "09:00", "end": "17:00"}


@pytest.fixture
def api(at_nine) -> Script:
    """Somebody of human resources."""
    person = factories.PersonFactory(entity=at_nine.team.entity, site=at_nine.team.site)
    factories.grant(person, "hr")
    return Script(person)


@pytest.fixture
def stranger(at_nine) -> Script:
    """Somebody of human resources of another entity."""
    person = factories.PersonFactory(entity=factories.EntityFactory(), site=at_nine.team.site)
    factories.grant(person, "hr")
    return Script(person)


def contract_of(api, person) -> dict:
    return api("GET", f"/people/{person.uid}/contracts").json()["items"][-1]


class TestWeeks:
    def test_are_written_once_and_named_by_contracts(self, api, at_nine):
        made, again = api("POST", "/work-patterns", WEEK), api("POST", "/work-patterns", WEEK)
        assert (made.status_code, made.json()) == (200, again.json())
        name = made.json()["name"]
        assert WorkPattern.objects.get(name=name).days[0] == {"start": "09:00", "end": "17:00"}
        assert name in [week["name"] for week in api("GET", "/work-patterns").json()["items"]]
        body = {"start": "2027-01-01", "rate": "60", "pattern": name}
        assert api("POST", f"/people/{at_nine.person.uid}/contracts", body).json()["pattern"] == name

    @pytest.mark.parametrize("change", [{"days": []}, {"days": [8]}, {"start": "9:00"}, {"end": "09:00"}])
    def test_that_make_no_sense_are_refused(self, api, change):
        before = WorkPattern.objects.count()
        assert api("POST", "/work-patterns", WEEK | change).status_code == 422
        assert WorkPattern.objects.count() == before

    def test_are_not_for_whoever_looks_after_nobody(self, at_nine):
        employee = Script(at_nine.person)
        assert employee("POST", "/work-patterns", WEEK).status_code == 404
        assert employee("GET", "/work-patterns").status_code == employee("GET", "/skills").status_code == 404

    def test_a_name_that_nobody_uses_is_told_with_its_remedy(self, api, at_nine):
        body = {"start": "2027-01-01", "pattern": "Full moon"}
        answer = api("POST", f"/people/{at_nine.person.uid}/contracts", body)
        assert (answer.status_code, answer.json()["field"]) == (422, "pattern")
        assert "Full moon" in answer.json()["detail"] and "/work-patterns" in answer.json()["detail"]

    def test_open_an_empty_company_to_its_first_file(self, api, at_nine):
        Contract.objects.all().delete()
        WorkPattern.objects.all().delete()
        name = api("POST", "/work-patterns", WEEK).json()["name"]
        rows = [["number", "last name", "first name", "site", "contract from", "rate"]]
        rows += [["N1", "Petit", "Eve", at_nine.team.site.name, "2026-07-01", "100"]]
        wish = {"kind": "people", "entity": str(at_nine.team.entity.uid), "rows": rows}
        without, held = api("POST", "/imports", wish).json(), api("POST", "/imports", wish | {"pattern": name}).json()
        assert (without["state"], without["faults"][0]["field"]) == ("faulty", "pattern")
        assert without["faults"][0]["sentence"].startswith("Working days are missing")
        assert (held["state"], held["faults"]) == ("ready", [])


class TestContract:
    def test_is_corrected_with_the_version_that_was_read(self, api, at_nine):
        held = contract_of(api, at_nine.person)
        body = {name: held[name] for name in ("start", "end", "status", "rostered", "trial_end", "version")}
        body |= {"pattern": held["pattern"] or "", "rate": "80"}
        changed = api("PUT", f"/contracts/{held['uid']}", body)
        assert (changed.status_code, changed.json()["rate"]) == (200, "80")
        assert api("PUT", f"/contracts/{held['uid']}", body).json()["code"] == "stale_version"

    def test_that_has_begun_is_not_taken_away_but_a_coming_one_is(self, api, at_nine):
        held = contract_of(api, at_nine.person)
        assert api("DELETE", f"/contracts/{held['uid']}").status_code == 422
        coming = api(
            "POST", f"/people/{at_nine.person.uid}/contracts", {"start": "2027-01-01", "rostered": True}
        ).json()
        assert api("DELETE", f"/contracts/{coming['uid']}?version=old").status_code == 409
        assert api("DELETE", f"/contracts/{coming['uid']}?version={coming['version']}").status_code == 204
        assert not Contract.objects.filter(uid=coming["uid"]).exists()

    def test_of_another_entity_is_one_that_is_not_there(self, api, stranger, at_nine):
        body = contract_of(api, at_nine.person)
        for caller, uid in ((stranger, body["uid"]), (api, uuid4()), (Script(at_nine.person), body["uid"])):
            assert caller("DELETE", f"/contracts/{uid}").status_code == 404
            sent = {"start": "2026-01-01", "rostered": True, "version": body["version"]}
            assert caller("PUT", f"/contracts/{uid}", sent).status_code == 404


def test_a_place_in_a_team_ends_on_its_last_day(api, at_nine):
    place = api("GET", f"/people/{at_nine.person.uid}/memberships").json()["items"][0]
    told = {"team": place["team"]["uid"], "role": place["role"], "first_day": place["first_day"]}
    path = f"/people/{at_nine.person.uid}/memberships/end"
    assert api("POST", path, told | {"role": "deputy", "last_day": "2026-12-31"}).json()["field"] == "team"
    left = api("POST", path, told | {"last_day": "2026-12-31"}).json()["items"]
    assert left[0]["last_day"] == "2026-12-31"
    assert Membership.objects.get(person=at_nine.person, team=at_nine.team).last_day == date(2026, 12, 31)


def test_a_skill_is_given_and_ended(api, at_nine):
    Skill.objects.create(code="night_watch", name="Night watch")
    path, given = f"/people/{at_nine.person.uid}/skills", {"skill": "night_watch", "first_day": "2026-07-01"}
    assert "night_watch" in [skill["code"] for skill in api("GET", "/skills").json()["items"]]
    assert api("POST", path, given | {"skill": "magic"}).json()["field"] == "skill"
    assert api("POST", path, given).status_code == 201
    assert api("GET", path).json()["items"][-1]["skill"] == {"code": "night_watch", "name": "Night watch"}
    ended = api("POST", f"{path}/end", given | {"last_day": "2026-09-30"}).json()["items"]
    assert ended[-1]["last_day"] == "2026-09-30"
    assert api("POST", f"{path}/end", given | {"first_day": "2026-07-02", "last_day": "2026-09-30"}).status_code == 422


def test_a_balance_is_answered_where_the_agreement_counts_no_days(api, at_nine):
    """An agreement with weekly bounds alone; the year has no sum."""
    entity: Entity = at_nine.person.entity
    version = entity.agreements.get().versions.filter(state="in_force").first()
    parts = version.text.split("[[rules]]")
    version.text = "[[rules]]".join(part for part in parts if 'kind = "yearly' not in part and "allowance" not in part)
    version.save()
    answer = Script(at_nine.person)("GET", f"/people/{at_nine.person.uid}/balance")
    assert answer.status_code == 200, answer.content
    assert answer.json()["total"] is None and answer.json()["lines"] == []
