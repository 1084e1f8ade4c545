"""Today: who is where by planned time; never presence, never why somebody is absent."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from people.models import Absence, OnCall
from telework.models import Booking, State
from telework.today import today_of_people
from tests import factories

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 6, 9)
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture(autouse=True)
def june(clock):
    return clock("2026-06-09T10:41+02:00")


@pytest.fixture
def crew(team, june):
    """Somebody on site, at a distance, half and half, absent, on a night, and off."""
    names = ("Ines", "Thomas", "Elodie", "Manon", "Mehdi", "Yasmine")
    people = {name: factories.eligible_person(team=team, first_name=name, last_name="Test") for name in names}
    for name, part in (("Thomas", "full"), ("Elodie", "afternoon")):
        Booking.objects.create(
            person=people[name], day=TUESDAY, part=part, state=State.APPROVED,
            requested_at=june, updated_at=june, requested_by=people[name],
        )  # fmt: skip
    Absence.objects.create(person=people["Manon"], kind="other", first_day=TUESDAY, last_day=date(2026, 6, 10))
    people["Mehdi"].contracts.update(rostered=True)
    factories.shift(people["Mehdi"], "2026-06-08T22:00+02:00", "2026-06-09T06:00+02:00")
    factories.shift(people["Mehdi"], "2026-06-09T22:00+02:00", "2026-06-10T06:00+02:00")
    people["Yasmine"].contracts.update(rostered=True)
    factories.shift(people["Yasmine"], "2026-06-12T06:00+02:00", "2026-06-12T14:00+02:00")
    return people


def bars(today, name: str) -> list[tuple[str, str, str]]:
    row = next(row for row in today.rows if row.name.startswith(name))
    return [(bar.state, *(f"{each.astimezone(PARIS):%d %H:%M}" for each in (bar.start, bar.end))) for bar in row.bars]


def look(team, day=TUESDAY):
    return today_of_people([one.person for one in team.memberships.select_related("person__site")], day, "Europe/Paris")


def test_each_person_stands_where_the_plan_puts_them(team, crew):
    today = look(team)
    assert bars(today, "Ines") == [("S", "09 09:00", "09 17:00")]
    assert bars(today, "Thomas") == [("T", "09 09:00", "09 17:00")]
    assert bars(today, "Elodie") == [("S", "09 09:00", "09 13:00"), ("T", "09 13:00", "09 17:00")]
    assert bars(today, "Mehdi") == [("S", "08 22:00", "09 06:00"), ("S", "09 22:00", "10 06:00")]
    assert bars(today, "Manon") == [("A", "09 09:00", "09 17:00")]
    assert today.off == 1


def test_the_next_date_of_work_is_told_of_whoever_is_absent_and_of_nobody_else(team, crew):
    today = look(team)
    assert {row.name: row.back for row in today.rows if row.back} == {"Manon Test": date(2026, 6, 11)}


def test_counts_at_an_instant_are_those_of_that_instant(team, crew, june):
    today = look(team)
    assert (today.count("S", june), today.count("T", june)) == (2, 1)
    afternoon = june.replace(hour=15)
    assert (today.count("S", afternoon), today.count("T", afternoon)) == (1, 2)


def test_a_handover_counts_who_begins_and_not_who_changes_place(team, crew, june):
    told = [(f"{at.astimezone(PARIS):%H:%M}", site, remote) for at, site, remote in look(team).handovers(june)]
    assert told == [("22:00", 1, 0)]
    morning = [
        (f"{at.astimezone(PARIS):%H:%M}", site, remote)
        for at, site, remote in look(team).handovers(june.replace(hour=1))
    ]
    assert morning == [("09:00", 2, 1), ("22:00", 1, 0)]


def test_a_request_leaves_its_person_on_site(team, crew, june):
    ines = crew["Ines"]
    Booking.objects.create(
        person=ines, day=TUESDAY, part="full", state=State.REQUESTED,
        requested_at=june, updated_at=june, requested_by=ines,
    )  # fmt: skip
    assert bars(look(team), "Ines")[0][0] == "S"


def test_on_call_is_a_state_of_its_own(team, crew, june):
    person = crew["Yasmine"]
    OnCall.objects.create(
        person=person, start=june.replace(hour=8), end=june.replace(hour=20), zone="Europe/Paris", site=person.site
    )
    assert [row.name for row in look(team).of("@")] == ["Yasmine Test"]


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_the_date_of_a_clock_change_has_its_own_length(team, day, hours):
    today = look(team, day)
    assert (today.end - today.start).total_seconds() / 3600 == hours


def test_the_number_of_queries_does_not_grow_with_the_team(team, crew, django_assert_num_queries):
    people = [one.person for one in team.memberships.select_related("person__site")]
    with django_assert_num_queries(9):
        today_of_people(people, TUESDAY, "Europe/Paris")
    with django_assert_num_queries(9):
        today_of_people(people[1:], TUESDAY, "Europe/Paris")


# ── the page


def test_the_page_says_it_in_words(sign_in, team, crew):
    text = sign_in(crew["Ines"]).get("/today/").content.decode()
    assert "Tuesday 9 June" in text and "At 10:41" in text
    for sentence in ("on site 09:00–13:00", "remote 13:00–17:00", "absent, back on Thursday 11", "until 06:00"):
        assert sentence in text
    assert "1 person has the day off." in text
    assert "It observes nobody" in text


def test_whoever_leads_nobody_sees_their_team_and_not_the_site(sign_in, team, crew):
    client = sign_in(crew["Ines"])
    assert b"Whole site" not in client.get("/today/").content
    assert client.get(f"/today/?site={crew['Ines'].site.uid}").status_code == 404


def test_a_manager_sees_everybody_of_the_entity_at_the_site_and_of_no_other(sign_in, team, crew, manager):
    same = factories.TeamFactory(entity=team.entity, site=team.site)
    factories.eligible_person(team=same, first_name="Sister", last_name="Team")
    other = factories.TeamFactory(site=team.site)
    factories.eligible_person(team=other, first_name="Foreign", last_name="Entity")
    text = sign_in(manager).get(f"/today/?site={team.site.uid}").content.decode()
    assert "Sister Team" in text
    assert "Foreign Entity" not in text


def test_the_margin_is_told_to_whoever_may_look_at_coverage(sign_in, team, crew, manager):
    factories.requirement(team, 3, kind="minimum", name_en="Crew on site", name_fr="Équipe sur site")
    text = sign_in(manager).get("/today/").content.decode()
    assert "3 of 3" in text and "Tight until 13:00: nobody can be missing." in text
    assert "3 of 3" not in sign_in(crew["Ines"]).get("/today/").content.decode()


def test_a_person_without_a_team_is_told_so(sign_in, person):
    person.memberships.all().delete()
    assert "You are in no team yet" in sign_in(person).get("/today/").content.decode()


@pytest.mark.parametrize("address", ["0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_date_out_of_reach_is_not_found(sign_in, person, address):
    assert sign_in(person).get(f"/today/{address}/").status_code == 404


def test_scripts_read_the_same(sign_in, team, crew):
    answer = sign_in(crew["Ines"]).get(f"/api/v1/teams/{team.uid}/day/2026-06-09").json()
    states = {one["name"]: [each["state"] for each in one["stretches"]] for one in answer["items"]}
    assert states["Elodie Test"] == ["on_site", "telework"]
    assert answer["off"] == 1
