"""Many people at once, as scripts read them: balances, the company's month, one's series."""

from datetime import date

import pytest

from tests import factories
from tests.telework.test_api import Script, at_nine

__all__ = ["at_nine"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def api(at_nine):
    return Script(at_nine.person)


@pytest.fixture
def manager_api(at_nine):
    return Script(at_nine.manager)


@pytest.fixture
def hr_api(at_nine):
    person = factories.PersonFactory(entity=at_nine.team.entity, site=at_nine.team.site)
    factories.grant(person, "hr")
    return Script(person)


class TestBalances:
    def test_a_manager_reads_the_same_numbers_as_the_person(self, api, manager_api, at_nine):
        api("POST", "/bookings", {"day": "2026-06-12"})
        own = api("GET", f"/people/{at_nine.person.uid}/balance").json()
        rows = manager_api("GET", "/balances").json()["items"]
        line = next(row for row in rows if row["person"]["uid"] == str(at_nine.person.uid))
        shared = ("total", "done", "booked", "pending", "left", "first", "last", "article")
        assert {name: line[name] for name in shared} == {name: own[name] for name in shared}
        assert (line["pending"], line["unit"]) == ("1", "day")

    def test_they_are_sorted_filtered_and_paged(self, hr_api, at_nine):
        for number in range(3):
            factories.eligible_person(team=at_nine.team, last_name=f"A{number}")
        page = hr_api("GET", "/balances?sort=-name&limit=2&offset=1").json()
        names = [row["person"]["name"] for row in hr_api("GET", "/balances?sort=-name").json()["items"]]
        assert page["count"] == len(names) and [row["person"]["name"] for row in page["items"]] == names[1:3]
        members = hr_api("GET", f"/balances?team={at_nine.team.uid}").json()
        assert {row["team"] for row in members["items"]} == {at_nine.team.name}

    def test_whoever_sees_nobody_else_s_finds_nothing(self, api, manager_api):
        other = factories.TeamFactory()
        assert api("GET", "/balances").status_code == 404
        assert manager_api("GET", f"/balances?team={other.uid}").status_code == 404

    @pytest.mark.parametrize("query", ["sort=salary", "person=x", "limit=0", "team=x"])
    def test_what_is_no_filter_is_refused(self, manager_api, query):
        answer = manager_api("GET", f"/balances?{query}")
        assert (answer.status_code, answer.json()["field"]) == (422, query.partition("=")[0])

    def test_queries_do_not_grow_with_people(self, manager_api, at_nine, django_assert_max_num_queries):
        manager_api("GET", "/balances")
        for _number in range(5):
            factories.eligible_person(team=at_nine.team)
        with django_assert_max_num_queries(20):
            assert len(manager_api("GET", "/balances").json()["items"]) >= 6


class TestCompany:
    def test_a_month_tells_places_of_work_by_team(self, api, hr_api, at_nine):
        api("POST", "/bookings", {"day": "2026-06-12"})
        month = hr_api("GET", "/company/month/2026-06").json()
        team = next(group for group in month["teams"] if group["team"]["uid"] == str(at_nine.team.uid))
        line = next(line for line in team["people"] if line["person"]["uid"] == str(at_nine.person.uid))
        assert line["days"][11] == ["requested", "requested"]
        assert (len(month["days"]), month["counts"][11]["day"]) == (30, "2026-06-12")
        assert month["people"] == sum(len(group["people"]) for group in month["teams"])

    def test_a_team_alone_is_told_and_what_is_foreign_is_not_there(self, hr_api, at_nine):
        factories.eligible_person(team=factories.TeamFactory(entity=at_nine.team.entity, site=at_nine.team.site))
        month = hr_api("GET", f"/company/month/2026-06?team={at_nine.team.uid}").json()
        assert [group["team"]["name"] for group in month["teams"]] == [at_nine.team.name]
        foreign = factories.TeamFactory()
        for query in (f"team={foreign.uid}", f"entity={foreign.entity.uid}", f"site={foreign.site.uid}", "team=x"):
            assert hr_api("GET", f"/company/month/2026-06?{query}").status_code == 404

    def test_managers_and_employees_find_nothing(self, api, manager_api):
        assert {script("GET", "/company/month/2026-06").status_code for script in (api, manager_api)} == {404}

    @pytest.mark.parametrize("period", ["2026-W24", "2026-13", "June", "2026"])
    def test_another_time_than_a_month_is_refused_in_words(self, hr_api, period):
        answer = hr_api("GET", f"/company/month/{period}")
        assert (answer.status_code, answer.json()["field"]) == (422, "period")


class TestSeries:
    def test_those_with_days_to_come_are_listed_until_they_are_given_back(self, api, manager_api):
        made = api("POST", "/series", {"first_day": "2026-06-15", "rrule": "FREQ=WEEKLY;COUNT=3"}).json()
        held = api("GET", "/series").json()["items"]
        assert [(one["uid"], one["to_come"], one["first_day"]) for one in held] == [(made["uid"], 3, "2026-06-15")]
        assert manager_api("GET", "/series").json()["items"] == []
        api("DELETE", f"/series/{made['uid']}")
        assert api("GET", "/series").json()["items"] == []

    def test_what_was_asked_for_at_once_is_given_back_at_once(self, api, manager_api, at_nine):
        asked = api("POST", "/bookings", {"first": "2026-06-15", "last": "2026-06-16"}).json()
        uids = [outcome["booking"]["uid"] for outcome in asked["outcomes"] if outcome["booking"]]
        assert manager_api("POST", f"/bookings/{uids[0]}/cancel-together").status_code == 404
        given = api("POST", f"/bookings/{uids[0]}/cancel-together").json()
        assert (given["cancelled"], [one["state"] for one in given["bookings"]]) == (2, ["cancelled"] * 2)
        assert date.fromisoformat(given["bookings"][0]["day"]) == date(2026, 6, 15)
