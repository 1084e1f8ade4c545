"""Rosters as scripts plan them: tried first, then written whole or not at all."""

from base64 import b64encode
from uuid import uuid4

import pytest

from people.models import Absence, AuditEvent, Shift
from tests import factories
from tests.telework.test_api import Script
from tests.telework.test_roster_pages import FILE

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(scene, clock):
    clock("2026-06-08T10:00+02:00")
    planner = factories.eligible_person(team=scene.team)
    factories.grant(planner, "planner")
    return Script(planner)


@pytest.fixture
def two(scene):
    return [factories.eligible_person(team=scene.team, number=name, first_name=name, last_name="Post") for name in "AB"]


def file_of(text: str, **more) -> dict:
    return {"what": "shifts", "content": b64encode(text.encode()).decode()} | more


class TestFiles:
    def test_a_file_is_looked_at_and_only_what_was_seen_is_written(self, api, two):
        looked = api("POST", "/rosters/files", file_of(FILE)).json()
        assert (looked["added"], looked["written"], Shift.objects.count()) == (2, False, 0)
        assert [(one["sign"], one["line"], one["entry"]["person"]["name"]) for one in looked["changes"]] == [
            ("+", 2, "A Post"), ("+", 3, "B Post"),
        ]  # fmt: skip
        unseen = api("POST", "/rosters/files", file_of(FILE, write=True))
        assert (unseen.status_code, Shift.objects.count()) == (422, 0)
        done = api("POST", "/rosters/files", file_of(FILE, write=True, seen=looked["seen"])).json()
        assert (done["written"], Shift.objects.count()) == (True, 2)
        again = api("POST", "/rosters/files", file_of(FILE)).json()
        assert (again["added"], again["unchanged"]) == (0, 2)

    def test_each_fault_is_told_with_its_line_and_nothing_is_written(self, api, two):
        wrong = FILE + "Z,2026-06-22T06:00,2026-06-22T14:00\nA,2026-06-25,\n"
        answer = api("POST", "/rosters/files", file_of(wrong, write=True))
        assert (answer.status_code, answer.json()["code"]) == (422, "faulty_file")
        assert [fault["line"] for fault in answer.json()["data"]["errors"]] == [4, 5]
        assert not Shift.objects.exists()

    @pytest.mark.parametrize("content", ["not base64", "", b64encode(b"x" * 1_000_001).decode()])
    def test_what_is_no_file_is_refused_in_words(self, api, content):
        answer = api("POST", "/rosters/files", file_of("") | {"content": content})
        assert (answer.status_code, answer.json()["field"]) == (422, "content")

    def test_people_of_others_are_unknown_to_a_file(self, api, two):
        factories.eligible_person(number="A7")
        answer = api("POST", "/rosters/files", file_of(FILE.replace("B,", "A7,")))
        assert "nobody you plan for" in answer.json()["detail"]


class TestByHand:
    NIGHT = {"day": "2026-06-20", "start": "22:00", "end": "06:00"}

    def test_a_shift_is_tried_added_listed_and_taken_away(self, api, two):
        body = self.NIGHT | {"person": str(two[0].uid)}
        tried = api("POST", "/shifts", body | {"write": False})
        assert (tried.status_code, tried.json()["written"], Shift.objects.count()) == (200, False, 0)
        made = api("POST", "/shifts", body)
        assert (made.status_code, made.json()["entry"]["end"]) == (201, "2026-06-21T04:00:00Z")
        uid = made.json()["entry"]["uid"]
        listed = api("GET", f"/people/{two[0].uid}/roster?first=2026-06-01&last=2026-06-30").json()
        assert [entry["uid"] for entry in listed["items"]] == [uid]
        assert api("DELETE", f"/shifts/{uid}?write=false").json()["written"] is False
        assert Shift.objects.exists() and api("DELETE", f"/shifts/{uid}").json()["written"] is True
        assert not Shift.objects.exists()
        assert sorted(AuditEvent.objects.values_list("verb", flat=True)) == ["shift.added", "shift.removed"]

    @pytest.mark.parametrize(
        ("times", "halves"), [({"part": "morning"}, 1), ({}, 3), ({"start": "09:00", "end": "10:30"}, None)]
    )
    def test_absences_are_of_days_halves_or_hours(self, api, two, times, halves):
        made = api("POST", "/absences", {"person": str(two[0].uid), "first_day": "2026-06-15"} | times)
        assert (made.status_code, made.json()["entry"]["halves"]) == (201, halves)
        assert api("DELETE", f"/absences/{made.json()['entry']['uid']}").status_code == 200
        assert not Absence.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "field"), [({"start": "25:00"}, "start"), ({"end": ""}, "end"), ({"site": "Mars"}, "site"),
                               ({"skill": "flying"}, "skill"), ({"rank": 1}, "rank")],
    )  # fmt: skip
    def test_what_cannot_be_used_names_its_field(self, api, two, changes, field):
        answer = api("POST", "/shifts", self.NIGHT | {"person": str(two[0].uid)} | changes)
        assert (answer.status_code, answer.json()["field"], Shift.objects.count()) == (422, field, 0)

    def test_a_second_shift_at_the_same_hours_is_refused(self, api, two):
        body = self.NIGHT | {"person": str(two[0].uid)}
        api("POST", "/shifts", body)
        assert (api("POST", "/shifts", body).status_code, Shift.objects.count()) == (422, 1)

    def test_what_is_foreign_answers_like_what_is_not_there(self, api, scene):
        foreign = factories.eligible_person()
        shift = factories.shift(foreign, "2026-06-20T06:00+02:00", "2026-06-20T14:00+02:00")
        for uid in (foreign.uid, uuid4()):
            assert api("POST", "/shifts", self.NIGHT | {"person": str(uid)}).json()["code"] == "not_found"
            assert api("GET", f"/people/{uid}/roster").status_code == 404
        for uid in (shift.uid, uuid4(), "x"):
            assert api("DELETE", f"/shifts/{uid}").status_code == 404
        assert Script(scene.manager)("POST", "/rosters/files", file_of(FILE)).status_code == 404


class TestRotationsAndSwaps:
    def test_a_cycle_is_laid_out_for_people(self, api, two):
        body = {"people": [str(two[0].uid), "B"], "cycle": "06:00-14:00\n14:00-22:00\noff", "first": "2026-06-15",
                "last": "2026-06-20", "shift_by": 1}  # fmt: skip
        looked = api("POST", "/rosters/rotations", body)
        assert (looked.status_code, looked.json()["added"], Shift.objects.count()) == (200, 8, 0), looked.content
        done = api("POST", "/rosters/rotations", body | {"write": True, "seen": looked.json()["seen"]}).json()
        assert (done["written"], Shift.objects.count()) == (True, 8)
        assert api("POST", "/rosters/rotations", body | {"cycle": "whenever"}).json()["field"] == "cycle"

    def test_two_people_exchange_a_shift_or_only_try_to(self, api, two):
        for person, day in zip(two, ("20", "23"), strict=True):
            factories.shift(person, f"2026-06-{day}T06:00+02:00", f"2026-06-{day}T14:00+02:00")
        body = {"person": str(two[0].uid), "day": "2026-06-20", "other": str(two[1].uid), "other_day": "2026-06-23"}
        tried = api("POST", "/rosters/swaps", body | {"write": False}).json()
        assert (tried["written"], Shift.objects.get(day="2026-06-20").person) == (False, two[0])
        assert api("POST", "/rosters/swaps", body).json()["written"] is True
        assert Shift.objects.get(day="2026-06-20").person == two[1]
        nothing = api("POST", "/rosters/swaps", body | {"day": "2026-06-21"})
        assert (nothing.status_code, nothing.json()["field"]) == (422, "day")
