"""Exceptional days, personal terms and charters as scripts meet them."""

from uuid import uuid4

import pytest

from people.models import ReadEvent, What
from policies.models import PersonalTerm, Regime, TeamCharter
from tests import factories
from tests.telework.test_api import Script, at_nine

__all__ = ["at_nine"]
pytestmark = pytest.mark.django_db
STRIKE = {"name": "Strike", "first": "2026-06-15", "last": "2026-06-19", "words": "No trains."}


def hr_of(team, name="Hélène") -> Script:
    person = factories.PersonFactory(entity=team.entity, site=team.site, first_name=name)
    factories.grant(person, "hr")
    return Script(person)


@pytest.fixture
def hr(at_nine):
    return hr_of(at_nine.team)


@pytest.fixture
def other_hr(at_nine):
    return hr_of(at_nine.team, "Odile")


class TestExceptionalDays:
    def test_one_prepares_another_confirms_and_everybody_concerned_is_told(self, hr, other_hr, at_nine):
        made = hr("POST", "/exceptional", STRIKE)
        assert (made.status_code, made.json()["standing"], made.json()["awaits_confirmation"]) == (201, "waiting", True)
        path = f"/exceptional/{made.json()['uid']}"
        own = hr("POST", f"{path}/confirm")
        assert (own.status_code, own.json()["field"]) == (422, "confirm")
        answer = other_hr("POST", f"{path}/confirm").json()
        assert (answer["regime"]["standing"], answer["told"] > 0) == ("coming", True)
        assert other_hr("POST", f"{path}/confirm").status_code == 422
        assert Script(at_nine.manager)("GET", "/exceptional").json()["items"][0]["name"] == "Strike"

    def test_a_look_writes_nothing(self, hr, at_nine):
        looked = hr("POST", "/exceptional/preview", STRIKE | {"team": str(at_nine.team.uid)}).json()
        assert (looked["count"], {one["name"] for one in looked["people"]}) == (
            2, {at_nine.person.name, at_nine.manager.name},
        )  # fmt: skip
        assert not Regime.objects.exists()

    def test_only_the_people_named_are_meant(self, hr, at_nine):
        body = STRIKE | {"people": [str(at_nine.person.uid)]}
        assert hr("POST", "/exceptional/preview", body).json()["count"] == 1
        foreign = STRIKE | {"people": [str(factories.eligible_person().uid)]}
        assert hr("POST", "/exceptional", foreign).status_code == 404
        assert hr("POST", "/exceptional", body).json()["listed"] is True

    @pytest.mark.parametrize(
        ("changes", "field"),
        [({"last": "2026-06-01"}, "last"), ({"name": " "}, "name"), ({"job": "astronaut"}, "job"),
         ({"cause": "nonsense"}, "cause"), ({"off_quota": False}, "off_quota"), ({"color": "red"}, "color")],
    )  # fmt: skip
    def test_what_cannot_be_meant_names_its_field_and_writes_nothing(self, hr, changes, field):
        answer = hr("POST", "/exceptional", STRIKE | changes)
        assert (answer.status_code, answer.json()["field"], Regime.objects.count()) == (422, field, 0)

    def test_they_end_early_are_extended_or_dismissed(self, hr, other_hr, at_nine, clock):
        path = f"/exceptional/{hr('POST', '/exceptional', STRIKE).json()['uid']}"
        other_hr("POST", f"{path}/confirm")
        extended = hr("POST", f"{path}/extend", {"last": "2026-06-30"}).json()["regime"]
        assert (extended["last_day"], extended["awaits_confirmation"]) == ("2026-06-19", True)
        assert other_hr("POST", f"{path}/dismiss").json()["regime"]["awaits_confirmation"] is False
        ended = hr("POST", f"{path}/end", {"last": "2026-06-17"}).json()
        assert ended["regime"]["last_day"] == "2026-06-17"
        assert hr("POST", f"{path}/end", {"last": "2026-06-18"}).status_code == 422

    def test_who_is_where_is_told_to_those_who_lead_and_by_state(self, hr, at_nine):
        regime = factories.regime([at_nine.person], at_nine.today, at_nine.day(5))
        board = Script(at_nine.manager)("GET", f"/exceptional/{regime.uid}/where").json()
        rows = [row for group in board["groups"] for row in group["people"]]
        assert [(row["person"]["uid"], row["state"]) for row in rows] == [(str(at_nine.person.uid), "on_site")]
        assert Script(at_nine.manager)("GET", f"/exceptional/{regime.uid}/where?state=remote").json()["groups"] == []
        stranger = factories.manager_of(factories.TeamFactory())
        for uid in (regime.uid, uuid4()):
            assert Script(stranger)("GET", f"/exceptional/{uid}/where").json()["code"] == "not_found"
            assert Script(at_nine.manager)("POST", f"/exceptional/{uid}/confirm").status_code == 404


class TestTerms:
    @pytest.fixture
    def term(self, at_nine):
        return factories.term(at_nine.person, at_nine.today, lifts=["notice"])

    def test_the_person_and_hr_read_what_holds_and_the_look_is_kept(self, hr, at_nine, term):
        own = Script(at_nine.person)("GET", "/terms").json()
        assert [(one["uid"], one["is_open"]) for one in own["items"]] == [(str(term.uid), True)]
        path = f"/people/{at_nine.person.uid}/terms"
        read = hr("GET", path).json()
        assert read["items"] == own["items"] and read["offers"]["effects"] == []
        assert ReadEvent.objects.filter(person=at_nine.person, what=What.TERMS).count() == 1
        assert Script(at_nine.manager)("GET", path).status_code == 404

    def test_people_are_found_by_name_and_without_a_name_those_with_terms(self, hr, at_nine, term):
        found = hr("GET", "/terms/people").json()
        assert [one["person"]["uid"] for one in found["items"]] == [str(at_nine.person.uid)]
        named = hr("GET", f"/terms/people?q={at_nine.manager.last_name}").json()["items"]
        assert (str(at_nine.manager.uid), False) in {(one["person"]["uid"], one["has_terms"]) for one in named}
        assert Script(at_nine.person)("GET", "/terms/people").status_code == 404

    def test_what_the_agreement_does_not_offer_is_refused_and_not_written(self, hr, at_nine):
        path = f"/people/{at_nine.person.uid}/terms"
        for body in ({"effect": "anything"}, {"code": "formula:none"}, {}):
            answer = hr("POST", path, body | {"first": "2026-06-15"})
            assert (answer.status_code, bool(answer.json()["field"])) == (422, True)
            assert hr("POST", f"{path}/preview", body | {"first": "2026-06-15"}).status_code == 422
        assert hr("POST", path, {"effect": "x", "first": "2026-06-15", "reason": "health"}).json()["field"] == "reason"
        assert hr("POST", path, {"effect": "x", "first": "2026-06-15", "number": "NaN"}).json()["field"] == "number"
        assert not PersonalTerm.objects.exists()

    def test_an_earlier_end_is_set_once_and_by_hr_only(self, hr, at_nine, term):
        assert Script(at_nine.person)("POST", f"/terms/{term.uid}/end").status_code == 404
        assert hr("POST", f"/terms/{term.uid}/end", {"last": "2026-06-30"}).json()["last_day"] == "2026-06-30"
        late = hr("POST", f"/terms/{term.uid}/end", {"last": "2026-07-31"})
        assert (late.status_code, late.json()["field"]) == (422, "last")
        assert hr("POST", f"/terms/{uuid4()}/end").status_code == 404

    def test_the_first_day_in_the_post_is_kept(self, hr, at_nine):
        path = f"/people/{at_nine.person.uid}/post"
        assert hr("PUT", path, {"since": "2026-06-01"}).json()["in_post_since"] == "2026-06-01"
        assert hr("PUT", path, {"since": "2027-01-01"}).json()["field"] == "in_post_since"
        assert hr("PUT", path, {"since": None}).json()["in_post_since"] is None


class TestCharters:
    def test_the_manager_writes_and_the_team_reads(self, at_nine):
        path, manager = f"/teams/{at_nine.team.uid}/charter", Script(at_nine.manager)
        written = manager("PUT", path, {"words": "We meet on Tuesdays."}).json()
        assert (written["first_day"], written["words"]) == ("2026-06-08", "We meet on Tuesdays.")
        manager("PUT", path, {"words": "And on Fridays.", "first": "2026-07-01"})
        read = Script(at_nine.person)("GET", path).json()
        assert (read["charter"], read["coming"]["words"]) == (written, "And on Fridays.")
        assert (read["yours_to_write"], manager("GET", path).json()["yours_to_write"]) == (False, True)

    @pytest.mark.parametrize(
        ("body", "field"),
        [({"values": {"invented": 2}}, "invented"), ({"first": "2026-01-01"}, "first"),
         ({"values": {"a": "much"}}, "values.a"), ({"words": "x" * 2001}, "words"), ({"rule": "1"}, "rule")],
    )  # fmt: skip
    def test_what_the_agreement_does_not_leave_to_the_team_is_refused(self, at_nine, body, field):
        answer = Script(at_nine.manager)("PUT", f"/teams/{at_nine.team.uid}/charter", body)
        assert (answer.status_code, answer.json()["field"], TeamCharter.objects.count()) == (422, field, 0)

    def test_members_do_not_write_and_strangers_find_nothing(self, at_nine):
        path = f"/teams/{at_nine.team.uid}/charter"
        assert Script(at_nine.person)("PUT", path, {"words": "Mine."}).status_code == 404
        stranger = Script(factories.eligible_person())
        answers = {stranger("GET", f"/teams/{uid}/charter").content for uid in (at_nine.team.uid, uuid4())}
        assert len(answers) == 1
