"""One absence or shift by hand: its effect is seen first, nothing is cancelled, and taking it away undoes it."""

import re
from datetime import date, time
from uuid import uuid4

import pytest

from notifications.models import Message
from people import imports
from people.models import Absence, Account, AuditEvent, Person, Shift
from telework.models import Booking
from telework.views.rosters.examples import example
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/rosters/by-hand/"
SHIFT = {"what": "shift", "person": "A", "first_day": "2026-06-20", "start": "22:00", "end": "06:00"}
ABSENCE = {"what": "absence", "person": "A", "first_day": "2026-06-10", "last_day": "", "part": "3", "kind": "leave"}


@pytest.fixture
def worker(scene):
    return factories.eligible_person(team=scene.team, number="A", first_name="Alma", last_name="Ferrand")


@pytest.fixture
def desk(scene, clock, sign_in, worker):
    """A planner signed in."""
    clock("2026-06-08T10:00+02:00")
    planner = factories.eligible_person(team=scene.team)
    factories.grant(planner, "planner")
    client = sign_in(planner)
    client.cookies["django_language"] = "en"
    return client


def write(desk, form):
    answer = desk.post(PAGE, form | {"write": "1"})
    assert answer.status_code == 302
    return answer


@pytest.mark.parametrize(("form", "model"), [(SHIFT, Shift), (ABSENCE, Absence)])
def test_an_entry_is_looked_at_written_and_undone_by_taking_it_away(desk, worker, form, model):
    seen = desk.post(PAGE, form)
    assert seen.status_code == 200 and "No new gap in coverage." in seen.content.decode()
    assert not model.objects.exists() and not AuditEvent.objects.exists()

    done = write(desk, form)
    entry = model.objects.get(person=worker)
    listed = desk.get(done.url).content.decode()
    assert f'value="{entry.uid}"' in listed

    away = {"what": form["what"], "entry": str(entry.uid)}
    assert "Take it away" in desk.post(PAGE, away).content.decode() and model.objects.exists()
    write(desk, away)
    assert not model.objects.exists()
    assert [event.verb for event in AuditEvent.objects.order_by("pk")] == [
        f"{form['what']}.added", f"{form['what']}.removed"
    ]  # fmt: skip


def test_a_night_belongs_to_the_day_it_starts_on(desk):
    write(desk, SHIFT)
    shift = Shift.objects.get()
    assert shift.day == date(2026, 6, 20) and (shift.end - shift.start).total_seconds() == 8 * 3600


def test_a_half_and_exact_hours_are_kept_as_such(desk):
    write(desk, ABSENCE | {"part": "2"})
    write(desk, ABSENCE | {"first_day": "2026-06-11", "part": "hours", "start": "14:00", "end": "16:30"})
    half, hours = Absence.objects.order_by("first_day")
    assert half.halves == 2 and half.start is None
    assert (hours.end - hours.start).total_seconds() == 2.5 * 3600


def test_a_gap_is_shown_before_and_telework_stays(desk, scene, worker):
    factories.requirement(scene.team, 5)
    booking = Booking.objects.create(
        person=worker, day=date(2026, 6, 10), state="approved", requested_at=scene.now, updated_at=scene.now
    )
    page = desk.post(PAGE, ABSENCE).content.decode()
    assert "1 telework day is concerned" in page and not Message.objects.exists()

    write(desk, ABSENCE)
    booking.refresh_from_db()
    assert booking.state == "approved" and Message.objects.filter(recipient=worker, kind="coverage.changed").exists()


def test_taking_a_shift_away_shows_the_gap_it_opens(desk, scene):
    write(desk, SHIFT)
    factories.requirement(scene.team, 1, start=time(22), end=time(6))
    page = desk.post(PAGE, {"what": "shift", "entry": str(Shift.objects.get().uid)}).content.decode()
    assert "1 new gap in coverage would open" in page and Shift.objects.count() == 1


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (ABSENCE | {"person": "Z"}, "person"), (ABSENCE | {"person": ""}, "person"),
        (SHIFT | {"person": "\0"}, "person"),
        (ABSENCE | {"first_day": ""}, "first_day"), (ABSENCE | {"first_day": "2026-02-30"}, "first_day"),
        (ABSENCE | {"last_day": "2026-06-09"}, "last_day"), (ABSENCE | {"part": "7"}, "part"),
        (ABSENCE | {"kind": "sick"}, "kind"), (ABSENCE | {"start": "14:00"}, "start"),
        (ABSENCE | {"part": "hours"}, "start"), (ABSENCE | {"part": "hours", "start": "14:00"}, "end"),
        (ABSENCE | {"part": "hours", "start": "9", "end": "10:00"}, "start"),
        (ABSENCE | {"part": "hours", "start": "14:00", "end": "15:00", "last_day": "2026-06-12"}, "last_day"),
        (SHIFT | {"first_day": "soon"}, "first_day"), (SHIFT | {"first_day": ""}, "first_day"),
        (SHIFT | {"end": ""}, "end"), (SHIFT | {"end": "26:00"}, "end"), (SHIFT | {"site": "Moon"}, "site"),
        (SHIFT | {"skill": "pilot"}, "skill"), (SHIFT | {"start": "2026-06-20T22:00"}, "start"),
        (SHIFT | {"first_day": "2026-03-29", "start": "02:30", "end": "06:00"}, "start"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field_with_a_sentence(desk, form, field):
    answer = desk.post(PAGE, form | {"write": "1"})
    assert answer.status_code == 422 and answer.context["error"].sentence and answer.context["error"].field == field
    assert f'id="roster-{field}-error"' in answer.content.decode(), "the sentence stands at the field"
    assert not Shift.objects.exists() and not Absence.objects.exists()


@pytest.mark.parametrize("form", [SHIFT, ABSENCE])
def test_what_stands_already_is_named_instead_of_doubled(desk, form):
    write(desk, form)
    answer = desk.post(PAGE, form)
    assert answer.status_code == 422 and "Alma Ferrand" in answer.context["error"].sentence


def test_what_is_planned_of_one_person_is_listed_for_a_month(desk):
    write(desk, SHIFT)
    page = desk.get(PAGE, {"whose": "Alma Ferrand", "since": "2026-06-15"}).content.decode()
    assert "22:00–06:00" in page
    assert "22:00–06:00" not in desk.get(PAGE, {"whose": "A", "since": "2026-07-01"}).content.decode()


@pytest.mark.parametrize(("query", "field"), [({"whose": "Z"}, "whose"), ({"whose": "A", "since": "x"}, "since")])
def test_a_look_up_of_nobody_is_a_sentence(desk, query, field):
    answer = desk.get(PAGE, query)
    assert answer.status_code == 422 and answer.context["error"].field == field


def test_people_elsewhere_are_out_of_reach_like_people_who_are_not_there(desk, scene):
    stranger = factories.eligible_person(team=factories.TeamFactory(), number="S")
    foreign = factories.shift(stranger, "2026-06-20T06:00+02:00", "2026-06-20T14:00+02:00")
    there = Absence.objects.create(person=stranger, first_day=date(2026, 6, 10), last_day=date(2026, 6, 10))
    for uid in (there.uid, foreign.uid, uuid4(), "x"):
        for what in ("absence", "shift"):
            assert desk.post(PAGE, {"what": what, "entry": str(uid), "write": "1"}).status_code == 404
    assert desk.post(PAGE, ABSENCE | {"person": "S"}).status_code == 422
    assert Absence.objects.filter(pk=there.pk).exists()


@pytest.mark.parametrize(("role", "status"), [("hr", 302), ("planner", 302), (None, 404), ("admin", 404), ("dpo", 404)])
def test_planners_and_hr_write_and_nobody_else(scene, clock, sign_in, worker, role, status):
    clock("2026-06-08T10:00+02:00")
    actor = factories.eligible_person(team=scene.team)
    if role:
        factories.grant(actor, role)
    client = sign_in(actor)
    assert client.post(PAGE, ABSENCE | {"write": "1"}).status_code == status
    assert Absence.objects.count() == (status == 302)
    assert client.get("/rosters/template.csv").status_code == (200 if status == 302 else 404)


def test_a_manager_does_not_write_rosters(scene, clock, sign_in, worker):
    clock("2026-06-08T10:00+02:00")
    assert sign_in(scene.manager).post(PAGE, SHIFT | {"write": "1"}).status_code == 404


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("what", ["shifts", "absences"])
def test_the_example_file_is_read_without_a_fault(desk, scene, language, what):
    for number in ("10427", "10583"):
        factories.eligible_person(team=scene.team, number=number)
    Account.objects.update(language=language)
    answer = desk.get("/rosters/template.csv", {"what": what})
    assert ("personne;" in answer.content.decode()) == (language == "fr")
    assert answer["Content-Disposition"] == f'attachment; filename="{what}.csv"'
    lines = imports.read(answer.content, zone="Europe/Paris")
    plan = (imports.plan_shifts if what == "shifts" else imports.plan_absences)(lines, Person.objects.all())
    assert not plan.faults and len(plan.added) == len(example(what, scene.today).rows) == 2


def test_a_rotation_is_shown_as_days_before_it_is_written(desk):
    form = {"cycle": "2x 06:00-14:00\n2x -", "people": "A", "first": "2026-06-15", "last": "2026-06-18"}
    page = desk.post("/rosters/rotations/", form).content.decode()
    strip = re.search(r'Alma Ferrand</h3><ol class="strip">(.*?)</ol>', page, re.DOTALL)[1]
    assert re.findall(r'<b aria-hidden="true">(\d+)</b><i aria-hidden="true">(\d*)</i>', strip) == [
        ("15", "06"), ("16", "06"), ("17", ""), ("18", "")
    ]  # fmt: skip
    assert "Monday 15 June" in strip and "06:00–14:00" in strip


def test_names_of_usual_rotations_are_in_the_reader_s_language(desk):
    Account.objects.update(language="fr")
    page = desk.get("/rosters/rotations/", {"preset": "2-2-3 day/night"}).content.decode()
    assert "2-2-3 jour/nuit" in page and "19:00-07:00" in page and ">2-2-3 day/night<" not in page
