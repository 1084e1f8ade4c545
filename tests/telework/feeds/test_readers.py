"""What real readers make of our bytes: instants in summer, in winter, and over both nights of the clock change."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import vobject

from tests import factories

from .conftest import add_shift

NIGHTS = [
    (datetime(2026, 7, 14, 20, tzinfo=UTC), 8),
    (datetime(2026, 12, 15, 21, tzinfo=UTC), 8),
    (datetime(2026, 10, 24, 20, tzinfo=UTC), 9),  # 22:00 to 06:00 with an hour more
    (datetime(2027, 3, 27, 21, tzinfo=UTC), 7),  # and with an hour less
]


def by_icalendar(octets: bytes) -> list[tuple]:
    calendar = icalendar.Calendar.from_ical(octets)
    return [(event.decoded("DTSTART"), event.decoded("DTEND")) for event in calendar.walk("VEVENT")]


def by_vobject(octets: bytes) -> list[tuple]:
    """vobject knows a TZID only by the VTIMEZONE beside it: it is the test of ours."""
    found = vobject.readOne(octets.decode())
    return [(event.dtstart.value, event.dtend.value) for event in found.contents.get("vevent", [])]


@pytest.fixture
def on_nights(db, book):
    person = factories.eligible_person()
    person.contracts.update(rostered=True)
    for start, hours in NIGHTS:
        add_shift(person, start, start + timedelta(hours=hours), day=start.date())
        book(person, start.date())
    return person


@pytest.mark.parametrize("read", [by_icalendar, by_vobject])
@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York", "Indian/Reunion", "Africa/Casablanca"])
def test_readers_find_the_instants_of_the_shifts(client, subscribe, on_nights, read, zone):
    type(on_nights.site).objects.update(zone=zone)
    spans = read(client.get(subscribe(on_nights)).content)
    assert [(start.astimezone(UTC), end.astimezone(UTC)) for start, end in spans] == [
        (start, start + timedelta(hours=hours)) for start, hours in sorted(NIGHTS)
    ]


@pytest.mark.parametrize("read", [by_icalendar, by_vobject])
def test_readers_find_dates_for_whole_days(client, subscribe, person, book, read):
    book(person, date(2026, 6, 12))
    assert read(client.get(subscribe(person)).content) == [(date(2026, 6, 12), date(2026, 6, 13))]


def test_readers_find_no_fault_in_a_calendar_with_everything(client, subscribe, on_nights, book):
    book(on_nights, date(2026, 6, 12), state="requested")
    octets = client.get(subscribe(on_nights)).content
    calendar = icalendar.Calendar.from_ical(octets)
    assert not calendar.errors and not [error for part in calendar.walk() for error in part.errors]
    assert vobject.readOne(octets.decode()).validate(raiseException=True)
