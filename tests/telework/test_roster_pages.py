"""Planners bring rosters in: the difference first, then all of it or nothing; rotations and exchanges alike."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from notifications.models import Message
from people.models import Absence, AuditEvent, Contract, Shift
from telework.models import Booking
from tests import factories

pytestmark = pytest.mark.django_db
FILE = "person,start,end\nA,2026-06-20T22:00,2026-06-21T06:00\nB,2026-06-20T22:00,2026-06-21T06:00\n"


@pytest.fixture
def desk(scene, clock, sign_in):
    """A planner signed in, and two people called A and B."""
    clock("2026-06-08T10:00+02:00")
    planner = factories.eligible_person(team=scene.team)
    factories.grant(planner, "planner")
    for number in "AB":
        factories.eligible_person(team=scene.team, number=number, first_name=number, last_name="Post")
    client = sign_in(planner)
    client.cookies["django_language"] = "en"
    return client


def upload(desk, text, **form):
    content = text if isinstance(text, bytes) else text.encode()
    return desk.post("/rosters/", {"file": SimpleUploadedFile("roster.csv", content), "what": "shifts", **form})


def hidden(answer) -> dict[str, str]:
    """What the form below the difference sends back."""
    return {name: answer.context["form"].get(name, "") for name in answer.context["form"] if name != "file"} | dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.content.decode())
    )


def test_a_file_is_looked_at_first_and_written_only_then(desk):
    seen = upload(desk, FILE)
    assert seen.status_code == 200 and "2 new" in seen.content.decode()
    assert not Shift.objects.exists() and not AuditEvent.objects.exists()

    done = desk.post("/rosters/", hidden(seen))

    assert done.status_code == 302 and Shift.objects.count() == 2
    assert AuditEvent.objects.filter(verb="shifts.imported").count() == 2


def test_each_bad_line_is_told_and_nothing_is_written(desk):
    answer = upload(desk, FILE + "A,2026-06-20T23:00,2026-06-20T07:00\nZ,2026-06-22T06:00,2026-06-22T14:00\n")
    page = answer.content.decode()
    assert answer.status_code == 422 and "2 lines cannot be used. Nothing was written." in page
    assert "ends before it starts" in page and "“Z” is nobody you plan for" in page
    assert not Shift.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"PK\x03\x04", b"x" * 1_000_001, b"a,b\n1,2"])
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(desk, content):
    answer = upload(desk, content)
    assert answer.status_code == 422 and answer.context["error"].sentence


@pytest.mark.parametrize("content", ["", "%%%", "é", "AAAA"])
def test_what_comes_back_broken_is_refused(desk, content):
    assert desk.post("/rosters/", {"content": content, "write": "1"}).status_code == 422


def test_what_changed_since_it_was_seen_is_not_written(desk):
    seen = hidden(upload(desk, FILE))
    answer = desk.post("/rosters/", seen | {"seen": "0" * 32})
    assert answer.status_code == 422 and "changed meanwhile" in answer.content.decode()
    assert not Shift.objects.exists()


def test_an_absence_that_opens_a_gap_shows_it_before_and_tells_the_person_after(desk, scene):
    person = factories.eligible_person(team=scene.team, number="C")
    factories.requirement(scene.team, 5)
    booking = Booking.objects.create(
        person=person, day=date(2026, 6, 10), state="approved", requested_at=scene.now, updated_at=scene.now
    )
    text = "person,first day,last day,kind\nC,2026-06-10,2026-06-10,leave\n"

    seen = upload(desk, text, what="absences")
    page = seen.content.decode()
    assert "1 telework day is concerned" in page and not Absence.objects.exists() and not Message.objects.exists()

    desk.post("/rosters/", hidden(seen))
    booking.refresh_from_db()
    assert booking.state == "approved"
    assert Message.objects.filter(recipient=person, kind="coverage.changed").exists()


ROTATION = {"cycle": "2x 06:00-14:00\n2x -", "people": "A\nB", "first": "2026-06-15", "last": "2026-06-22",
            "shift_by": "2", "exceptions": "2026-06-16 -"}  # fmt: skip


def test_a_rotation_is_laid_out_for_people_from_a_date(desk):
    seen = desk.post("/rosters/rotations/", ROTATION)
    assert "7 new" in seen.content.decode() and not Shift.objects.exists()
    assert not Contract.objects.filter(rostered=True).exists()

    assert desk.post("/rosters/rotations/", hidden(seen)).status_code == 302

    days = {who: [s.day.day for s in Shift.objects.filter(person__number=who)] for who in "AB"}
    assert days == {"A": [15, 19, 20], "B": [17, 18, 21, 22]}
    assert Contract.objects.filter(rostered=True, start=date(2026, 6, 15)).count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cycle", ""), ("cycle", "early"), ("people", ""), ("people", "Z"), ("people", "\0"), ("first", "31/02/2026"),
        ("last", "2026-06-01"), ("last", "2036-06-01"), ("shift_by", "many"), ("shift_by", "9" * 50),
        ("exceptions", "Christmas -"), ("site", "Moon"), ("skill", "pilot"),
    ],
)  # fmt: skip
def test_a_rotation_that_cannot_be_is_refused_with_a_sentence(desk, field, value):
    answer = desk.post("/rosters/rotations/", ROTATION | {field: value, "write": "1"})
    assert answer.status_code == 422 and not Shift.objects.exists()


SWAP = {"person": "A", "day": "2026-06-20", "other": "B", "other_day": "2026-06-24"}


def test_two_people_exchange_a_shift_each(desk):
    shifts = FILE.replace("B,2026-06-20", "B,2026-06-24").replace("21T06:00\n", "21T06:00\n", 1)
    shifts = shifts.replace("B,2026-06-24T22:00,2026-06-21", "B,2026-06-24T22:00,2026-06-25")
    desk.post("/rosters/", hidden(upload(desk, shifts)))
    Contract.objects.update(rostered=True)

    seen = desk.post("/rosters/swaps/", SWAP)
    assert seen.status_code == 200 and "Exchange the two shifts" in seen.content.decode()
    assert Shift.objects.get(day=date(2026, 6, 20)).person.number == "A"

    assert desk.post("/rosters/swaps/", SWAP | {"write": "1"}).status_code == 302
    assert Shift.objects.get(day=date(2026, 6, 20)).person.number == "B"
    assert Shift.objects.get(day=date(2026, 6, 24)).person.number == "A"
    assert AuditEvent.objects.filter(verb="shift.swapped").count() == 2


def test_posts_of_the_same_hour_are_exchanged_too(desk, scene):
    desk.post("/rosters/", hidden(upload(desk, FILE)))
    elsewhere = factories.SiteFactory()
    Shift.objects.filter(person__number="A").update(site=elsewhere)
    desk.post("/rosters/swaps/", SWAP | {"other_day": "2026-06-20", "write": "1"})
    assert Shift.objects.get(site=elsewhere).person.number == "B"


@pytest.mark.parametrize(
    ("field", "value"), [("person", "Z"), ("day", ""), ("other_day", "2026-06-21"), ("other", "A")]
)
def test_an_exchange_that_cannot_be_is_refused_with_a_sentence(desk, field, value):
    desk.post("/rosters/", hidden(upload(desk, FILE)))
    form = SWAP | {"other_day": "2026-06-20", "write": "1"} | {field: value}
    answer = desk.post("/rosters/swaps/", form)
    assert answer.status_code == 422 and answer.context["error"].sentence
    assert not AuditEvent.objects.filter(verb="shift.swapped").exists()


@pytest.mark.parametrize("path", ["/rosters/", "/rosters/rotations/", "/rosters/swaps/"])
def test_the_pages_speak_french_and_are_shut_to_others(desk, scene, client, path):
    client.force_login(scene.person.account)
    assert client.get(path).status_code == 404
    factories.grant(scene.person, "hr")
    scene.person.account.language = "fr"
    scene.person.account.save()
    with translation.override("fr"):
        page = client.get(path).content.decode()
    assert "Plannings" in page and not re.search(r">[^<]*\b(the|with|See)\b[^<]*<", page)
