"""One date of the coverage page: who is where at the gap, who could be asked and how, in both languages."""

import re
from datetime import date, time
from urllib.parse import unquote

import pytest

from people.models import Membership
from tests import factories

from .saturday import DAY, GAP, SATURDAY, counts_of, crew_of, saturday_of, supervisor, text_of, three_supervisors

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday_morning(clock):
    clock("2026-06-08T08:00+00:00")


@pytest.fixture
def saturday(scene):
    return saturday_of(scene)


def read(sign_in, person, path=DAY, language="en") -> str:
    type(person.account).objects.filter(pk=person.account.pk).update(language=language)
    answer = sign_in(person).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_gap_names_who_is_on_site_remote_on_call_and_absent(saturday, sign_in):
    page = read(sign_in, saturday.planner)
    assert GAP in text_of(page) and "Who is where, 22:00–06:00" in page
    assert crew_of(page) == {
        "site": ["Ann Moreau", "Bob Moreau"],
        "remote": ["Remi Moreau"],
        "on_call": ["Calla Moreau"],
        "absent": ["Abel Moreau"],
    }


def test_the_gap_in_french(saturday, sign_in):
    page = text_of(read(sign_in, saturday.planner, language="fr"))
    assert "sam. 22:00–06:00\u202f: 2 superviseurs sur 3 sur site" in page
    assert "Qui pourrait tenir le poste\u202f?" in page and "11 h de repos respectées" in page


def test_each_gap_of_the_year_opens_that_list(saturday, sign_in):
    page = read(sign_in, saturday.planner, "/coverage/2026/")
    link = re.search(r'<ul class="gap-list"><li><a href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert "2 of 3 supervisors on site" in text_of(page)
    opened = read(sign_in, saturday.planner, link.partition("#")[0])
    assert crew_of(opened)["site"] == ["Ann Moreau", "Bob Moreau"]


def test_those_who_could_come_are_the_remote_one_then_on_call_then_off(saturday, sign_in):
    page = read(sign_in, saturday.planner)
    asked = page[page.index('class="lines candidates"') : page.index("Who is where")]
    assert re.findall(r"<strong>(\w+) Moreau</strong>", asked) == ["Remi", "Calla", "Otto"]


def test_somebody_whose_rest_or_leave_would_suffer_is_not_asked(saturday, scene, sign_in):
    supervisor(scene.team, "Tired", shift=("2026-06-20T05:00+02:00", "2026-06-20T12:00+02:00"))
    supervisor(scene.team, "Early", shift=("2026-06-21T16:00+02:00", "2026-06-21T22:00+02:00"))
    supervisor(scene.team, "Fresh", shift=("2026-06-21T17:00+02:00", "2026-06-22T00:00+02:00"))
    page = read(sign_in, saturday.planner)
    asked = page[page.index('class="lines candidates"') : page.index("Who is where")]
    assert re.findall(r"<strong>(\w+) Moreau</strong>", asked) == ["Remi", "Calla", "Fresh", "Otto"]


def test_a_letter_is_made_ready_in_the_language_of_whom_it_is_for(saturday, sign_in):
    page = read(sign_in, saturday.planner)
    letters = {name: unquote(query.replace("&amp;", "&")) for name, query in re.findall(
        r'href="mailto:(\S+?)\?(subject=[^"]+)"', page)}  # fmt: skip
    otto, calla = (letters[saturday.people[name].email] for name in ("Otto", "Calla"))
    assert otto.startswith("subject=sam. 22:00–06:00\u202f: 2 superviseurs sur 3 sur site&body=Bonjour Otto,")
    assert "samedi 20 juin" in otto and "Vous êtes libre de refuser." in otto and "Plan Moreau" in otto
    assert "astreinte" in calla and saturday.people["Remi"].email not in letters


def test_where_nothing_is_missing_nobody_is_written_to(saturday, sign_in):
    saturday.need.slots.update(number=2)
    saturday.need.version += 1
    saturday.need.save()
    page = read(sign_in, saturday.planner)
    assert "mailto:" not in page and "Who could come on site?" in page


def test_the_manager_may_recall_whom_the_planner_leaves_to_the_manager(saturday, sign_in):
    remi = saturday.people["Remi"]
    planner, manager = (read(sign_in, who) for who in (saturday.planner, saturday.manager))
    assert "Recall possible, notice kept" in planner and "by their manager" in planner
    assert ">Recall<" not in planner
    person_page = re.search(r'<a class="button" href="([^"]+)">Recall<', manager)[1]
    assert str(remi.uid) in person_page and str(SATURDAY) in person_page


def test_a_person_of_last_night_shows_until_when(saturday, sign_in):
    sunday = date(2026, 6, 21)
    three_supervisors(saturday.need.team, saturday.people["Ann"], first_day=sunday, last_day=sunday, start=time(0))
    page = read(sign_in, saturday.planner, "/coverage/2026-06-21/")
    assert '<span>Ann Moreau</span> <span class="third">until 06:00</span>' in page


def test_two_posts_of_a_date_are_both_told(saturday, sign_in):
    ann = saturday.people["Ann"]
    factories.shift(ann, "2026-06-20T06:00+02:00", "2026-06-20T10:00+02:00")
    saturday.need.slots.update(start=time(0), end=time(0), number=0)
    saturday.need.version += 1
    saturday.need.save()
    page = read(sign_in, saturday.planner)
    assert '<span>Ann Moreau</span> <span class="third">06:00–10:00, 22:00–06:00</span>' in page


def test_a_night_belongs_to_the_date_on_which_it_starts(saturday, sign_in):
    saturday.need.slots.update(days=[5])
    type(saturday.need).objects.update(last_day=None, version=2)
    assert GAP in read(sign_in, saturday.planner)
    after = text_of(read(sign_in, saturday.planner, "/coverage/2026-06-21/"))
    assert GAP not in after and "Supervisors: everything holds" in after


def test_people_of_other_teams_are_counted_and_not_named(saturday, scene, sign_in):
    other = factories.TeamFactory(entity=scene.team.entity, site=scene.team.site)
    Membership.objects.filter(person=saturday.people["Bob"]).update(team=other)
    saturday.need.team = None
    saturday.need.version += 1
    saturday.need.save()
    manager, planner = (read(sign_in, who) for who in (saturday.manager, saturday.planner))
    assert crew_of(manager)["site"] == ["Ann Moreau"] and "1 person of another team is counted, not named." in manager
    assert '<summary>On site <span class="count">2</span>' in manager
    assert crew_of(planner)["site"] == ["Ann Moreau", "Bob Moreau"]


def test_the_curve_has_its_numbers_in_a_table(saturday, sign_in):
    page = read(sign_in, saturday.planner)
    assert counts_of(page) == {"00:00–22:00": (0, "–"), "22:00–06:00": (2, "3"), "06:00–08:00": (0, "–")}
    assert 'class="missing"' in page


def test_names_of_people_and_needs_are_escaped(saturday, sign_in):
    type(saturday.need).objects.update(name_en="<b>Night", many_en="<i>heads")
    person = saturday.people["Ann"]
    type(person).objects.filter(pk=person.pk).update(last_name="<u>Moreau")
    page = read(sign_in, saturday.planner)
    assert "<b>Night" not in page and "<i>heads" not in page and "<u>Moreau" not in page
    assert "&lt;b&gt;Night" in page and "&lt;u&gt;Moreau" in page
