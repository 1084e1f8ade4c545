"""From the decision to the calendar: every change of a booking through the services reaches both kinds of feed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from notifications import holding
from people.services import add_shift
from policies.core.facts import Part
from telework import services
from telework.models import Booking
from tests import factories

from .conftest import NOW, events, starts, unfolded, values
from .conftest import add_shift as write_shift

SHIFT, EIGHT_HOURS = datetime(2026, 6, 18, 12, tzinfo=UTC), timedelta(hours=8)
DAY, NEXT = date(2026, 6, 18), date(2026, 6, 19)


@pytest.fixture
def booking(scene):
    """A request of a member of the team, made through the services."""
    return services.book_day(day=DAY, part=Part.FULL, **scene.own)


class Reader:
    """A program that keeps the last tag, as they all do."""

    def __init__(self, client, path: str) -> None:
        self.client, self.path, self.tag = client, path, ""

    def look(self) -> list[str] | None:
        """Content lines, or None when nothing has changed."""
        answer = self.client.get(self.path, headers={"If-None-Match": self.tag} if self.tag else {})
        self.tag = answer["ETag"]
        return None if answer.status_code == 304 else unfolded(answer.content)


@pytest.fixture(params=["personal", "team"])
def reader(request, client, subscribe, scene, booking):
    if request.param == "personal":
        return Reader(client, subscribe(scene.person))
    return Reader(client, subscribe(factories.eligible_person(team=scene.team), team=scene.team))


def test_each_step_of_a_booking_is_seen_once(reader, scene, booking):
    requested = events(reader.look())[0]
    assert values(requested, "STATUS") == ["TENTATIVE"]
    assert reader.look() is None
    services.approve_bookings(bookings=[booking], **scene.by(scene.manager))
    approved = events(reader.look())[0]
    assert values(approved, "STATUS") == ["CONFIRMED"]
    assert reader.look() is None
    moved = services.edit_booking(booking=Booking.objects.get(), day=NEXT, **scene.by(scene.person))
    lines = reader.look()
    assert starts(lines) == ["20260619"]
    services.withdraw_booking(booking=moved, **scene.by(scene.person))
    assert events(reader.look()) == []
    assert reader.look() is None
    assert [int(values(event, "SEQUENCE")[0]) for event in (requested, approved, events(lines)[0])] == [0, 1, 2]
    assert values(requested, "UID") == values(approved, "UID") == values(events(lines)[0], "UID")


def test_a_new_shift_moves_the_hours(reader, scene):
    assert starts(reader.look()) == ["20260618"]
    add_shift(scene.person, start=SHIFT, end=SHIFT + EIGHT_HOURS, site=scene.person.site, by=scene.manager, now=NOW)
    assert starts(reader.look()) == ["20260618T140000"]


def test_a_shift_written_behind_the_services_is_seen_the_next_day(reader, scene, monkeypatch):
    reader.look()
    write_shift(scene.person, SHIFT, SHIFT + EIGHT_HOURS, day=DAY)
    assert reader.look() is None
    monkeypatch.setattr("people.clock.now", lambda: NOW + timedelta(days=1))
    assert starts(reader.look()) == ["20260618T140000"]


def test_a_restored_copy_keeps_its_calendars_shut_until_it_is_released(client, subscribe, person):
    """503 lets clients keep what they have; anything else would delete the days of since the backup."""
    path = subscribe(person)
    holding.hold(as_of=NOW, since=NOW)
    answer = client.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "3600")
    assert client.get("/cal/unknown.ics").status_code == 404
    holding.release(NOW, send_old=False)
    assert client.get(path).status_code == 200
