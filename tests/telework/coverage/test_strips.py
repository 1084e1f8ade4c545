"""Every kind of requirement is drawn beside a request and beside a refusal, with the same numbers in a table."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils.translation import override

from policies.core.facts import Part
from telework import services
from telework.coverage.days import Sight
from telework.models import Booking
from telework.views.strips import coverage_of
from tests import factories

pytestmark = pytest.mark.django_db

KINDS = [
    ("share_at_once", 50, "1 → 2 people remote", "2", 0),
    ("share_of_people", 50, "1 → 2 people remote", "2", 0),
    ("people_remote", 3, "1 → 2 people remote", "3", 1),
    ("share_of_minutes", 50, "8 h → 16 h remote", "16 h", 0),
    ("minimum", 1, "3 → 2 people", "1", 1),
]


@pytest.fixture(autouse=True)
def _monday_morning(clock):
    clock("2026-06-08T08:00+00:00")


@pytest.fixture
def team(scene):
    """Four people of one team (the manager is one); one of them is remote that Thursday already."""
    people = [factories.eligible_person(team=scene.team) for _ in range(2)]
    services.book_day(person=people[0], day=scene.day(3), **scene.by(people[0]))
    return scene, people[1]


def strip_of(scene, person, day=3, halves=Part.FULL.halves):
    start, end = (datetime(2026, 6, 8 + day, hour, tzinfo=UTC) for hour in (3, 19))
    (strip,) = coverage_of(person, scene.day(day), halves, start=start, end=end)
    return strip


@pytest.mark.parametrize(("kind", "number", "change", "most", "left"), KINDS)
def test_each_kind_says_what_the_day_would_change(team, kind, number, change, most, left):
    scene, person = team
    factories.requirement(scene.team, number, kind=kind)
    strip = strip_of(scene, person)
    assert strip.change == change
    assert strip.shown(strip.proposal.most) == most
    assert strip.proposal.margin == left
    assert strip.proposal.sight is (Sight.SAFE if left else Sight.TIGHT)
    assert ("need" if kind == "minimum" else "at most") in strip.drawing


@pytest.mark.parametrize(("kind", "number"), [("share_at_once", 25), ("share_of_people", 25), ("people_remote", 1)])
def test_too_many_remote_are_hatched_and_told_in_the_table(team, kind, number):
    scene, person = team
    factories.requirement(scene.team, number, kind=kind)
    strip = strip_of(scene, person)
    assert strip.proposal.sight is Sight.CLOSED and 'class="missing"' in strip.drawing
    assert any(row[1:] == ("1", "2", "1") for row in strip.rows)
    assert strip.margin == "2, at most 1"


def test_hours_are_hours_in_either_language(team):
    scene, person = team
    factories.requirement(scene.team, 25, kind="share_of_minutes")
    assert strip_of(scene, person, halves=Part.MORNING.halves).rows[0][1:] == ("8 h", "12 h", "8 h")
    with override("fr"):
        assert "8\u202fh" in strip_of(scene, person).rows[0][1]


def test_the_strictest_of_two_slots_is_what_is_drawn(team):
    scene, person = team
    factories.requirement(scene.team, 75, kind="share_of_people", layers=({"number": 50},))
    assert strip_of(scene, person).proposal.most == 2


@pytest.mark.parametrize("kind", ["share_at_once", "share_of_people", "share_of_minutes", "people_remote"])
def test_panel_and_inbox_draw_it_with_a_table_beside(team, sign_in, kind):
    scene, person = team
    number = 1 if kind == "people_remote" else 25
    need = factories.requirement(scene.team, number, kind=kind)
    page = sign_in(person).get(f"/year/day/{scene.day(3)}/", headers={"hx-request": "true"}).content.decode()
    finding = page[page.index('<article class="finding">') : page.index("</article>")]
    assert 'class="strip"' in finding and "At most" in finding
    need.delete()
    booking = services.book_day(person=person, day=scene.day(3), **scene.by(person))
    factories.requirement(scene.team, number, kind=kind)
    inbox = sign_in(scene.manager).get(reverse("request", args=[booking.uid])).content.decode()
    assert 'class="strip"' in inbox and "at most" in inbox
    assert Booking.objects.get(pk=booking.pk).is_active
