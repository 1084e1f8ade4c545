"""Agreements as scripts write them: drafts, faults, cases, signatures, publication, comparison, and the lab."""

from uuid import uuid4

import pytest

from people.models import Role
from policies.models import AgreementVersion
from telework import tasks
from telework.models import LabRun
from tests import factories
from tests.policies.test_documents import CASES
from tests.telework.test_api import Script, at_nine, key_of

__all__ = ["at_nine"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(at_nine):
    person = factories.eligible_person(team=at_nine.team, first_name="Hélène")
    factories.grant(person, Role.HR)
    return person


@pytest.fixture
def api(hr):
    return Script(hr)


@pytest.fixture
def held(at_nine):
    return AgreementVersion.objects.get(agreement__entity=at_nine.team.entity)


@pytest.fixture
def draft(api, held) -> dict:
    made = api("POST", f"/agreements/{held.uid}/draft")
    assert made.status_code == 201
    return made.json()


def saved(api, draft, **changes):
    body = {name: draft[name] for name in ("text", "cases", "version")} | changes
    return api("PUT", f"/agreements/{draft['uid']}", body)


class TestDrafts:
    def test_a_version_is_begun_written_tested_and_put_in_force(self, api, held, draft):
        assert (draft["state"], draft["number"], draft["text"]) == ("draft", 2, held.text)
        kept = saved(api, draft, cases=CASES).json()
        assert (kept["version"], kept["checked"]["faults"], kept["checked"]["passed"]) == (2, [], 1)
        path = f"/agreements/{draft['uid']}"
        assert api("POST", f"{path}/test").json()["state"] == "tested"
        published = api("POST", f"{path}/publish", {"since": "2026-09-01"}).json()
        assert (published["state"], published["effective_from"]) == ("in_force", "2026-09-01")
        listed = api("GET", "/agreements").json()
        assert [(one["number"], one["state"]) for one in listed["items"]] == [(2, "in_force"), (1, "in_force")]

    def test_an_old_version_writes_nothing(self, api, draft):
        saved(api, draft, cases=CASES)
        answer = saved(api, draft, text="title = 'mine'")
        assert (answer.status_code, answer.json()["code"], answer.json()["data"]["version"]) == (
            409,
            "stale_version",
            2,
        )
        assert AgreementVersion.objects.get(uid=draft["uid"]).cases == CASES

    def test_what_is_in_force_is_neither_written_nor_taken_away(self, api, held):
        read = api("GET", f"/agreements/{held.uid}").json()
        for answer in (saved(api, read, text="title = 1"), api("DELETE", f"/agreements/{held.uid}")):
            assert (answer.status_code, answer.json()["code"]) == (422, "agreement_faulty")
            assert "no longer changes" in answer.json()["detail"]
        assert AgreementVersion.objects.get(pk=held.pk).text == read["text"]

    def test_faults_are_kept_with_the_draft_and_refused_by_publication(self, api, draft):
        kept = saved(api, draft, text="title = 1").json()
        fault = kept["checked"]["faults"][0]
        assert (kept["text"], fault["where"], fault["line"] >= 0) == ("title = 1", "text", True)
        answer = api("POST", f"/agreements/{draft['uid']}/publish", {"since": "2026-09-01"})
        assert (answer.status_code, answer.json()["data"]["errors"] != []) == (422, True)
        assert AgreementVersion.objects.get(uid=draft["uid"]).state == "draft"

    def test_a_look_keeps_nothing(self, api, draft):
        found = api("POST", f"/agreements/{draft['uid']}/check", {"text": draft["text"], "cases": "nonsense"}).json()
        assert found["faults"][0]["where"] == "cases"
        assert AgreementVersion.objects.get(uid=draft["uid"]).edition == 1

    def test_a_draft_is_taken_away(self, api, draft):
        assert api("DELETE", f"/agreements/{draft['uid']}").status_code == 204
        assert api("GET", f"/agreements/{draft['uid']}").status_code == 404

    @pytest.mark.parametrize(("source", "number"), [("ima-gie-2021", 1), ("", 1)])
    def test_an_agreement_begins_from_one_that_comes_with_us_or_from_an_empty_page(self, api, hr, source, number):
        made = api("POST", "/agreements", {"entity": str(hr.entity.uid), "source": source}).json()
        assert (made["number"], made["state"], bool(made["cases"])) == (number, "draft", True)
        assert (
            api("POST", f"/agreements/{made['uid']}/check", {"text": made["text"], "cases": made["cases"]}).json()[
                "faults"
            ]
            == []
        )

    def test_an_unknown_source_and_a_character_that_cannot_be_kept_are_refused(self, api, hr, draft):
        answer = api("POST", "/agreements", {"entity": str(hr.entity.uid), "source": "nowhere"})
        assert (answer.status_code, answer.json()["field"]) == (422, "source")
        assert saved(api, draft, text="a\0b").json()["field"] == "text"


class TestCases:
    def test_they_are_run_signed_and_lapse_with_their_answer(self, api, draft):
        kept = saved(api, draft, cases=CASES).json()
        path = f"/agreements/{draft['uid']}"
        signed = api("POST", f"{path}/sign", {"capacity": "HR director"}).json()
        assert [one["signed"][0]["capacity"] for one in signed["items"]] == ["HR director"]
        saved(api, kept, cases=CASES.replace("99", "98").replace("left = 0", "left = 1"))
        case = api("GET", f"{path}/cases").json()["items"][0]
        assert (case["passed"], case["signed"], case["lapsed"]) == (True, [], True)

    def test_only_those_that_fail_are_listed_and_none_of_them_is_signed(self, api, draft):
        wrong = CASES + CASES.partition("\n\n")[2].replace("hundredth", "other").replace("left = 0", "left = 9")
        saved(api, draft, cases=wrong)
        path = f"/agreements/{draft['uid']}"
        failed = api("GET", f"{path}/cases?failed=true").json()
        assert (failed["count"], failed["passed"], failed["items"][0]["name"]) == (1, 1, "The other day")
        assert api("POST", f"{path}/sign", {"capacity": "HR", "cases": ["The other day"]}).status_code == 422
        assert api("POST", f"{path}/test").status_code == 422
        assert api("POST", f"{path}/sign", {"capacity": " "}).json()["field"] == "capacity"

    def test_a_case_is_proposed_without_the_name_and_fits_into_the_draft(self, api, draft, at_nine):
        body = {"person": str(at_nine.person.uid), "day": "2026-06-12"}
        proposed = api("POST", f"/agreements/{draft['uid']}/cases/propose", body).json()
        assert proposed["passed"] and at_nine.person.last_name not in proposed["text"]
        checked = saved(api, draft, cases=proposed["text"]).json()["checked"]
        assert (checked["faults"], checked["passed"]) == ([], 1)
        foreign = body | {"person": str(factories.eligible_person().uid)}
        assert api("POST", f"/agreements/{draft['uid']}/cases/propose", foreign).status_code == 404


class TestReading:
    def test_everybody_reads_the_agreement_they_are_under(self, at_nine, held):
        sheet = Script(at_nine.person)("GET", "/agreement").json()
        assert sheet["agreement"]["uid"] == str(held.uid) and "text" not in sheet["agreement"]
        assert any(section["rules"] for section in sheet["sections"])
        lonely = Script(factories.eligible_person())("GET", "/agreement")
        assert (lonely.status_code, lonely.json()["code"]) == (409, "no_agreement")

    def test_two_versions_are_compared_rule_by_rule(self, api, held, draft):
        text = held.text.replace("value = 100", "value = 90")
        saved(api, draft, text=text)
        found = api("GET", f"/agreements/{draft['uid']}/compare?base={held.uid}").json()
        assert {rule["change"] for rule in found["rules"]} >= {"same"}
        assert (found["base"]["number"], found["this"]["number"], found["day"]) == (1, 2, "2026-06-08")
        assert api("GET", f"/agreements/{draft['uid']}/compare").json()["field"] == "base"

    def test_foreign_and_unknown_ones_answer_alike(self, api, at_nine, draft):
        foreign = factories.agreement_in_force(factories.EntityFactory())
        for path in ("", "/sheet", "/cases", "/lab", f"/compare?base={draft['uid']}"):
            answers = {api("GET", f"/agreements/{uid}{path}").content for uid in (foreign.uid, uuid4())}
            assert len(answers) == 1 and b"not_found" in answers.pop()
        assert api("GET", f"/agreements/{draft['uid']}/compare?base={foreign.uid}").status_code == 404
        assert Script(at_nine.manager)("GET", "/agreements").status_code == 404

    def test_a_key_that_reads_does_not_write(self, hr, held, capsys):
        key = Script(key=key_of(hr, "agreements:read", capsys=capsys))
        assert key("GET", "/agreements").status_code == 200
        assert key("POST", f"/agreements/{held.uid}/draft").status_code == 403


class TestLab:
    MAY = {"first": "2026-05-01", "last": "2026-05-31"}

    def test_a_run_is_asked_for_worked_on_and_read(self, api, draft, at_nine):
        for _ in range(6):
            factories.eligible_person(team=at_nine.team)
        made = api("POST", f"/agreements/{draft['uid']}/lab", self.MAY)
        assert (made.status_code, made.json()["state"], made.json()["as_of"]) == (201, "waiting", "2026-06-08")
        uid = made.json()["uid"]
        assert api("GET", f"/lab/{uid}").json()["result"] is None
        while tasks.run_lab(uid):
            pass
        read = api("GET", f"/lab/{uid}").json()
        assert (read["state"], read["percent"], read["agreement"]) == ("done", 100, draft["uid"])
        assert read["result"]["sentences"] and not read["changed_since"]

    def test_one_at_a_time_and_it_can_be_stopped(self, api, draft):
        path = f"/agreements/{draft['uid']}/lab"
        uid = api("POST", path, self.MAY).json()["uid"]
        assert api("POST", path, self.MAY).json()["code"] == "run_refused"
        assert api("POST", f"/lab/{uid}/cancel").json()["state"] == "cancelled"
        assert [run["state"] for run in api("GET", path).json()["items"]] == ["cancelled"]

    @pytest.mark.parametrize(
        ("changes", "status"), [({"last": "2026-04-01"}, 422), ({"reading": "nothing"}, 422), ({"people": 5}, 422)]
    )
    def test_what_makes_no_run_is_refused(self, api, draft, changes, status):
        answer = api("POST", f"/agreements/{draft['uid']}/lab", self.MAY | changes)
        assert (answer.status_code, LabRun.objects.count()) == (status, 0)
