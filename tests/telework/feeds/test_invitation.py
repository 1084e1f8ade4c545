"""The calendar part of mails: REQUEST and CANCEL of the same event as the feed's."""

from datetime import date

import icalendar
import pytest
import vobject

from telework.feeds.invitation import invitation
from telework.models import State

from .conftest import events, unfolded, values

SENDER = "Cent Jours <cent-jours@example.org>"


def test_mail_and_feed_carry_the_same_event(fetch, person, book):
    """With two UIDs the day stood twice in the calendar (cal.com)."""
    booking = book(person)
    mailed = events(unfolded(invitation(booking, method="REQUEST", organizer=SENDER)))[0]
    subscribed = events(fetch(person))[0]
    assert [line for line in mailed if not line.startswith(("ORGANIZER", "ATTENDEE"))] == subscribed


def test_a_request_names_the_sender_as_organizer_and_the_person_as_attendee(person, book):
    octets = invitation(book(person), method="REQUEST", organizer=SENDER)
    calendar = icalendar.Calendar.from_ical(octets)
    event = calendar.walk("VEVENT")[0]
    assert calendar["METHOD"] == "REQUEST"
    assert event["ORGANIZER"] == "mailto:cent-jours@example.org" and event["ORGANIZER"].params["CN"] == "Cent Jours"
    assert event["ATTENDEE"] == f"mailto:{person.email}" and event["ATTENDEE"].params["CN"] == person.name
    assert "X-WR-CALNAME" not in calendar and "NAME" not in calendar


def test_a_cancel_has_the_uid_of_the_request_and_a_higher_sequence(person, book):
    booking = book(person)
    request = events(unfolded(invitation(booking, method="REQUEST", organizer=SENDER)))[0]
    booking.state, booking.sequence = State.CANCELLED, 1
    lines = unfolded(invitation(booking, method="CANCEL", organizer=SENDER))
    cancel = events(lines)[0]
    assert values(lines, "METHOD") == ["CANCEL"] and values(cancel, "STATUS") == ["CANCELLED"]
    assert values(cancel, "UID") == values(request, "UID")
    assert (values(request, "SEQUENCE"), values(cancel, "SEQUENCE")) == (["0"], ["1"])


@pytest.mark.parametrize("part", ["full", "morning"])
def test_a_zone_stands_in_the_mail_only_when_its_event_needs_it(person, book, part):
    lines = unfolded(invitation(book(person, part=part), method="REQUEST", organizer=SENDER))
    assert ("VTIMEZONE" in values(lines, "BEGIN")) == (part == "morning")


def test_a_night_in_a_mail_has_its_hours(night_worker, book):
    octets = invitation(book(night_worker), method="REQUEST", organizer=SENDER)
    event = vobject.readOne(octets.decode()).vevent
    assert event.dtstart.value.isoformat() == "2026-06-12T22:00:00+02:00"
    assert event.dtend.value.isoformat() == "2026-06-13T06:00:00+02:00"


def test_names_with_signs_stay_inside_their_quotes(person, book):
    person.first_name, person.last_name = 'Zoë "Z;o:e, e', "Ni\r\nATTENDEE:mailto:evil@example.org"
    octets = invitation(book(person), method="REQUEST", organizer='"Jours; Cent" <cent-jours@example.org>')
    event = icalendar.Calendar.from_ical(octets).walk("VEVENT")[0]
    assert isinstance(event["ATTENDEE"], icalendar.vCalAddress)
    assert event["ORGANIZER"].params["CN"] == "Jours; Cent"
    assert all(len(line) <= 75 for line in octets.split(b"\r\n"))


def test_the_mail_speaks_the_language_of_the_person(person, book):
    person.account.language = "fr"
    octets = invitation(book(person, date(2026, 6, 15)), method="REQUEST", organizer=SENDER)
    assert "SUMMARY:Télétravail" in octets.decode()


def test_another_method_is_refused(person, book):
    with pytest.raises(ValueError, match="REQUEST, CANCEL"):
        invitation(book(person), method="ADD", organizer=SENDER)
