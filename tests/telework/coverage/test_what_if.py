"""What if: every move changes the numbers by exactly the person moved, and nothing at all is written."""

import random
import re
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import AuditEvent
from tests import factories

from .saturday import DAY, GAP, SATURDAY, counts_of, crew_of, saturday_of, supervisor, text_of

pytestmark = pytest.mark.django_db
PLANNED = {"Ann": "site", "Bob": "site", "Remi": "remote", "Abel": "absent", "Otto": "off", "Calla": "on_call"}
NIGHT = "22:00–06:00"


@pytest.fixture(autouse=True)
def _monday_morning(clock):
    clock("2026-06-08T08:00+00:00")


@pytest.fixture
def saturday(scene):
    return saturday_of(scene)


@pytest.fixture
def look(saturday, sign_in):
    """The page of the night with people moved in thought."""
    client = sign_in(saturday.planner)

    def _look(**places: str) -> str:
        answer = client.get(saturday.what_if(**places))
        assert answer.status_code == 200
        return answer.content.decode()

    return _look


@pytest.mark.parametrize(
    ("name", "place"), [(name, place) for name in PLANNED for place in ("site", "remote", "absent")]
)
def test_each_move_of_each_person_counts_that_person_and_nobody_else(look, name, place):
    on_site = sum((place if who == name else planned) == "site" for who, planned in PLANNED.items())
    assert counts_of(look(**{name: place}))[NIGHT] == (on_site, "3")


def test_any_moves_together_count_who_is_then_on_site(look):
    drawn = random.Random(7)
    for _ in range(12):
        moved = {name: drawn.choice(("site", "remote", "absent")) for name in PLANNED if drawn.random() < 0.6}
        now = PLANNED | moved
        page = look(**moved)
        assert counts_of(page)[NIGHT][0] == sum(place == "site" for place in now.values()), moved
        crew = crew_of(page)
        assert sorted(name.partition(" ")[0] for name in crew.get("site", ())) == sorted(
            name for name, place in now.items() if place == "site"
        )


def test_whoever_reads_sees_that_it_is_thought_and_what_is_planned(look):
    page = text_of(look(Otto="site"))
    assert "What if: nothing is saved" in page and "As planned: " + GAP in page
    assert "Supervisors: everything holds" in page
    assert 'class="before"' in look(Otto="site")


def test_nothing_is_written_and_the_next_page_is_as_planned(look, saturday):
    look()
    events = AuditEvent.objects.count()
    with CaptureQueriesContext(connection) as asked:
        look(Ann="absent", Otto="site", Remi="site")
    written = [one["sql"] for one in asked if re.match(r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE)", one["sql"], re.I)]
    assert asked.captured_queries and not written
    assert AuditEvent.objects.count() == events
    assert counts_of(look())[NIGHT] == (2, "3") and GAP in text_of(look())


def test_a_break_stays_a_break_wherever_the_person_is(look, saturday):
    ann = saturday.people["Ann"]
    ann.shifts.update(breaks=[[120, 150]])
    ann.calendar_version += 1
    ann.save()
    planned = {"22:00–24:00": (2, "3"), "00:00–00:30": (1, "3"), "00:30–06:00": (2, "3")}

    def night(page):
        return {hours: held for hours, held in counts_of(page).items() if held[1] == "3"}

    assert night(look()) == planned and night(look(Ann="site")) == planned
    assert set(night(look(Ann="absent")).values()) == {(1, "3")}


def test_a_short_absence_is_thought_away_with_the_rest(look, saturday):
    bob = saturday.people["Bob"]
    bob.absences.create(
        first_day=SATURDAY, last_day=SATURDAY, start="2026-06-20T23:00+02:00", end="2026-06-21T01:00+02:00"
    )
    bob.calendar_version += 1
    bob.save()
    assert (1, "3") in counts_of(look()).values()
    assert counts_of(look(Bob="site"))[NIGHT] == (2, "3")


def test_a_gap_that_a_thought_opens_can_be_closed_by_another(look, saturday):
    saturday.need.slots.update(number=2)
    saturday.need.version += 1
    saturday.need.save()
    assert "Sat 22:00–06:00: 1 of 2 supervisors on site" in text_of(look(Ann="absent"))
    assert counts_of(look(Ann="absent", Otto="site"))[NIGHT] == (2, "2")


def test_somebody_of_last_night_moves_with_the_gap_of_that_night(scene, saturday, sign_in):
    need = saturday.need
    need.slots.update(start=time(0), end=time(0))
    type(need).objects.update(first_day=date(2026, 6, 21), last_day=date(2026, 6, 21), version=2)
    sunday, ann = "/coverage/2026-06-21/", saturday.people["Ann"]
    client = sign_in(saturday.planner)
    assert counts_of(client.get(sunday).content.decode())["00:00–06:00"] == (2, "3")
    moved = counts_of(client.get(f"{sunday}?if={ann.uid}.absent").content.decode())
    assert moved["00:00–06:00"] == (1, "3")


def test_more_people_than_fit_are_moved_though_most_choices_are_empty(saturday, sign_in):
    empty = "&".join(["if="] * 90)
    page = sign_in(saturday.planner).get(f"{DAY}?{empty}&if={saturday.people['Otto'].uid}.site").content.decode()
    assert counts_of(page)[NIGHT] == (3, "3")


@pytest.mark.parametrize(
    "wrong", ["garbage", ".site", "0000.site", "{ann}.off", "{ann}.on_call", "{ann}.home", "{other}.site"]
)
def test_what_is_no_move_of_a_person_in_sight_is_not_found(saturday, sign_in, wrong):
    stranger = factories.eligible_person()
    given = wrong.format(ann=saturday.people["Ann"].uid, other=stranger.uid)
    assert sign_in(saturday.planner).get(f"{DAY}?if={given}").status_code == 404


def test_somebody_on_call_who_counts_is_missed_when_absent(look, saturday):
    type(saturday.need).objects.update(counts_on_call=True, version=2)
    assert counts_of(look())[NIGHT] == (3, "3")
    assert counts_of(look(Calla="absent"))[NIGHT] == (2, "3")
    assert counts_of(look(Calla="site"))[NIGHT] == (3, "3")


def test_a_whole_day_of_two_posts_moves_as_a_booking_would(scene, saturday, look):
    two = supervisor(scene.team, "Two")
    factories.shift(two, "2026-06-20T06:00+02:00", "2026-06-20T10:00+02:00")
    saturday.people["Two"] = two
    assert counts_of(look())["06:00–10:00"] == (1, "–")
    assert counts_of(look(Two="remote")) == {"00:00–22:00": (0, "–"), NIGHT: (2, "3"), "06:00–08:00": (0, "–")}
