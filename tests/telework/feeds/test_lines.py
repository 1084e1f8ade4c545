"""The form of a calendar: RFC 5545 lines, its head, and nothing that a feed should not carry (requirements 1 to 4)."""

from datetime import date

import icalendar
import pytest
import vobject

from telework.feeds.lines import fold, one_line, text
from tests import factories

from .conftest import unfolded, values

NASTY = "Zoë; \\ d'Île, née\r\nبن علي\u2028X" + "é" * 90 + "\x00\x07🚗"


@pytest.fixture
def odd_person(db, book):
    """Somebody whose name, team and place hold all that a content line could trip over."""
    person = factories.eligible_person(first_name=NASTY[:80], last_name="Ni, Chéallaigh; \\o/")
    person.places.update(label="maison; « chez, moi »\\\n2e étage 🏠")
    book(person)
    return person


def test_a_feed_is_one_published_calendar_of_events_and_zones_only(fetch, person, book):
    book(person)
    lines = fetch(person)
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    assert values(lines, "VERSION") == ["2.0"] and values(lines, "METHOD") == ["PUBLISH"]
    assert values(lines, "PRODID")[0].startswith("-//Cent Jours//")
    assert set(values(lines, "BEGIN")) == {"VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT"}
    assert not values(lines, "ATTENDEE") and not values(lines, "ORGANIZER") and not values(lines, "URL")


def test_a_calendar_without_a_day_still_has_a_component(fetch, person):
    """RFC 5545 §3.6 asks for at least one, and classic Outlook insists."""
    assert "VTIMEZONE" in values(fetch(person), "BEGIN")


def test_every_line_ends_with_crlf_and_has_at_most_75_octets(client, subscribe, odd_person):
    octets = client.get(subscribe(odd_person)).content
    assert not octets.startswith(b"\xef\xbb\xbf") and octets.endswith(b"END:VCALENDAR\r\n")
    lines = octets.split(b"\r\n")
    assert b"\n" not in octets.replace(b"\r\n", b"") and b"\r" not in octets.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no character is cut by a fold
    assert any(line.startswith(b" ") for line in lines)


def test_texts_are_escaped_once_and_read_back_whole_by_two_libraries(client, subscribe, odd_person):
    octets = client.get(subscribe(odd_person)).content
    place = "maison; « chez, moi »\\\n2e étage 🏠"
    event = icalendar.Calendar.from_ical(octets).walk("VEVENT")[0]
    assert event["LOCATION"] == place
    assert vobject.readOne(octets.decode()).vevent.location.value == place


def test_the_two_names_are_equal_on_one_line_and_the_zone_is_an_iana_name(fetch, odd_person):
    lines = fetch(odd_person)
    assert values(lines, "NAME") == values(lines, "X-WR-CALNAME")
    assert len(values(lines, "NAME")[0]) <= 300 and "\\n" not in values(lines, "NAME")[0]
    assert values(lines, "X-WR-TIMEZONE") == ["Europe/Paris"]


def test_both_refresh_intervals_agree_on_one_to_four_hours(fetch, person):
    lines = fetch(person)
    assert values(lines, "REFRESH-INTERVAL") == values(lines, "X-PUBLISHED-TTL") == ["PT2H"]
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT2H" in lines


@pytest.mark.parametrize("length", [74, 75, 76, 149, 150, 300])
@pytest.mark.parametrize("character", ["a", "é", "€", "🏠"])
def test_folding_loses_nothing_and_never_passes_75_octets(length, character):
    line = character * length
    folded = fold(line)
    assert max(len(part.encode()) for part in folded.split("\r\n")) <= 75
    assert unfolded(folded.encode()) == [line]


def test_a_fold_stands_where_it_was_counted_by_hand():
    assert fold("SUMMARY:" + "x" * 67) == "SUMMARY:" + "x" * 67 + "\r\n"
    assert fold("SUMMARY:" + "x" * 68) == "SUMMARY:" + "x" * 67 + "\r\n x\r\n"
    assert fold("SUMMARY:" + "x" * 66 + "é") == "SUMMARY:" + "x" * 66 + "\r\n é\r\n"


def test_line_breaks_of_every_kind_are_one_and_controls_are_left_out():
    assert text("a\r\nb\rc\nd\u2028e\x85f\x00g\x0bh") == "a\\nb\\nc\\nd\\ne\\nfg\\nh"
    assert text("tab\tstays; comma, backslash\\") == "tab\tstays\\; comma\\, backslash\\\\"
    assert one_line(" a \r\n b \t c" + "x" * 300) == "a b c" + "x" * 250


def test_dates_before_the_year_1000_keep_four_digits():
    from telework.feeds.lines import day_value

    assert day_value(date(999, 1, 2)) == "09990102"
