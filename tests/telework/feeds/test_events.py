"""What one booking is in a calendar (requirements 5 to 8, 10, 11, 21), and the errors that others shipped."""

from datetime import UTC, date, datetime, timedelta

import pytest

from people.models import Absence
from telework.models import Booking, Privacy, State
from tests import factories

from .conftest import MADE, add_shift, events, starts, unfolded, values

DAY = date(2026, 6, 12)


def only(lines):
    found = events(lines)
    assert len(found) == 1
    return found[0]


def test_a_whole_office_day_is_a_date_with_an_exclusive_end(fetch, person, book):
    """Others showed it at 00:00 with equal ends (timeoff-management), to 23:59 (Jorani), or a day early (Odoo)."""
    book(person)
    event = only(fetch(person))
    assert "DTSTART;VALUE=DATE:20260612" in event and "DTEND;VALUE=DATE:20260613" in event


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Indian/Reunion", "Europe/Paris"])
def test_a_date_stays_that_date_in_every_zone(fetch, person, book, zone):
    type(person.site).objects.update(zone=zone)
    book(person)
    assert "DTSTART;VALUE=DATE:20260612" in only(fetch(type(person).objects.get(pk=person.pk)))


def test_the_last_day_of_a_year_ends_on_the_first_of_the_next(fetch, person, book):
    book(person, date(2026, 12, 31))
    assert "DTEND;VALUE=DATE:20270101" in only(fetch(person))


@pytest.mark.parametrize(
    ("part", "start", "end"), [("morning", "T090000", "T130000"), ("afternoon", "T130000", "T170000")]
)
@pytest.mark.parametrize("day", [date(2026, 6, 12), date(2026, 12, 11)])
def test_a_half_day_has_its_hours_in_its_zone(fetch, person, book, part, start, end, day):
    book(person, day, part=part)
    event = only(fetch(person))
    assert f"DTSTART;TZID=Europe/Paris:{day:%Y%m%d}{start}" in event
    assert f"DTEND;TZID=Europe/Paris:{day:%Y%m%d}{end}" in event
    assert not values(event, "DURATION")


def test_a_half_day_whose_hours_nobody_knows_names_the_half(fetch, person, book):
    person.contracts.update(rostered=True, pattern=None)
    book(person, part="morning")
    event = only(fetch(person))
    assert "DTSTART;VALUE=DATE:20260612" in event and values(event, "SUMMARY") == ["Telework\\, first half"]


def test_a_night_shift_goes_past_midnight(fetch, night_worker, book):
    book(night_worker)
    event = only(fetch(night_worker))
    assert "DTSTART;TZID=Europe/Paris:20260612T220000" in event
    assert "DTEND;TZID=Europe/Paris:20260613T060000" in event


def test_the_second_half_of_a_night_lies_on_the_next_date(fetch, night_worker, book):
    book(night_worker, part="afternoon")
    event = only(fetch(night_worker))
    assert "DTSTART;TZID=Europe/Paris:20260613T020000" in event


def test_a_night_by_pattern_goes_past_midnight_too(fetch, book, db):
    pattern = factories.WorkPatternFactory(days=[{"start": "22:00", "end": "06:00"}])
    person = factories.eligible_person(pattern=pattern)
    book(person)
    assert "DTEND;TZID=Europe/Paris:20260613T060000" in only(fetch(person))


def test_an_end_in_the_hour_shown_twice_is_told_in_utc(fetch, book, db):
    """25 October 2026: 02:30 comes twice in Paris; a local time could only mean the first."""
    person = factories.eligible_person()
    start, end = datetime(2026, 10, 24, 18, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    add_shift(person, start, end, day=date(2026, 10, 24))
    book(person, date(2026, 10, 24))
    event = only(fetch(person))
    assert "DTSTART:20261024T180000Z" in event and "DTEND:20261025T013000Z" in event


def test_a_zone_without_a_yearly_rule_is_told_in_utc(fetch, person, book):
    type(person.site).objects.update(zone="Africa/Casablanca")
    book(person, part="morning")
    lines = fetch(type(person).objects.get(pk=person.pk))
    assert values(only(lines), "DTSTART")[0].endswith("Z") and "TZID" not in "".join(lines)


def test_an_absence_changes_no_hours_of_a_booking(fetch, night_worker, book):
    Absence.objects.create(person=night_worker, first_day=DAY, last_day=DAY, halves=1)
    book(night_worker, part="afternoon")
    assert "DTSTART;TZID=Europe/Paris:20260613T020000" in only(fetch(night_worker))


def test_a_uid_stays_when_the_day_moves_and_sequence_follows_the_row(client, subscribe, person, book):
    booking, path = book(person), subscribe(person)
    before = only(unfolded(client.get(path).content))
    Booking.objects.update(day=date(2026, 6, 16), sequence=1, updated_at=MADE + timedelta(days=1))
    type(person).objects.update(calendar_version=2)
    after = only(unfolded(client.get(path).content))
    assert values(before, "UID") == values(after, "UID") == [str(booking.uid)]
    assert values(after, "SEQUENCE") == ["1"] and values(after, "DTSTART") == ["20260616"]


def test_stamps_come_from_the_row_and_not_from_the_clock(fetch, person, book):
    book(person)
    event = only(fetch(person))
    assert values(event, "DTSTAMP") == values(event, "LAST-MODIFIED") == ["20260601T080000Z"]


def test_feeds_of_other_privacy_and_scope_have_other_uids(fetch, team, book):
    member = factories.eligible_person(team=team)
    book(member)
    choices = [{}, {"privacy": Privacy.BUSY}, {"team": team}, {"team": team, "privacy": Privacy.BUSY}]
    uids = [values(only(fetch(member, **choice)), "UID")[0] for choice in choices]
    assert len(set(uids)) == 4


def test_telework_is_working_elsewhere_and_leaves_the_time_free(fetch, person, book):
    book(person)
    event = only(fetch(person))
    assert values(event, "X-MICROSOFT-CDO-BUSYSTATUS") == ["WORKINGELSEWHERE"]
    assert values(event, "TRANSP") == ["TRANSPARENT"]
    assert values(event, "STATUS") == ["CONFIRMED"] and values(event, "SUMMARY") == ["Telework"]
    assert values(event, "LOCATION") == ["home"]


def test_a_day_awaiting_its_answer_is_tentative(fetch, person, book):
    book(person, state=State.REQUESTED)
    event = only(fetch(person))
    assert values(event, "STATUS") == ["TENTATIVE"]
    assert values(event, "SUMMARY") == ["Telework (awaiting an answer)"]


@pytest.mark.parametrize("state", [State.REFUSED, State.CANCELLED])
def test_what_was_refused_or_cancelled_is_not_there(fetch, person, book, state):
    book(person, state=state)
    assert not events(fetch(person))


def test_busy_tells_one_title_and_neither_place_nor_text(fetch, person, book):
    person.places.update(label="Chez Anne")
    book(person)
    book(person, date(2026, 6, 15), part="morning")
    book(person, date(2026, 6, 16), state=State.REQUESTED)
    lines = fetch(person, privacy=Privacy.BUSY)
    assert set(values(lines, "SUMMARY")) == {"Busy"}
    assert values(lines, "X-MICROSOFT-CDO-BUSYSTATUS") == ["BUSY", "BUSY", "FREE"]
    assert values(lines, "TRANSP") == ["OPAQUE", "OPAQUE", "TRANSPARENT"]
    told = "".join(lines).lower()
    assert "anne" not in told and "telework:" not in told and "location" not in told and "elsewhere" not in told


@pytest.mark.parametrize("privacy", list(Privacy))
def test_a_reason_never_leaves_the_house(fetch, person, book, privacy):
    book(person, reason="other", reason_text="secretreason", decision={"note": "secretreason"})
    assert "secretreason" not in "".join(fetch(person, privacy=privacy))


def test_a_team_feed_names_people_and_hides_their_places(fetch, team, book):
    reader, other = factories.eligible_person(team=team), factories.eligible_person(team=team, last_name="Ñandú")
    other.places.update(label="Chez Anne")
    book(other)
    lines = fetch(reader, team=team)
    assert values(lines, "SUMMARY") == [f"{other.name} · Telework"]
    assert "Anne" not in "".join(lines) and values(lines, "NAME") == [f"Telework · {team.name}"]


def test_a_team_feed_shows_people_only_while_they_are_in_the_team(fetch, team, book):
    reader, mover = factories.eligible_person(team=team), factories.eligible_person()
    factories.MembershipFactory(person=mover, team=team, first_day=date(2026, 6, 15), last_day=date(2026, 6, 19))
    for day in (date(2026, 6, 12), date(2026, 6, 15), date(2026, 6, 19), date(2026, 6, 22)):
        book(mover, day)
    assert starts(fetch(reader, team=team)) == ["20260615", "20260619"]


def test_texts_are_in_the_language_of_the_owner_whatever_the_client_asks(client, subscribe, person, book):
    book(person)
    path = subscribe(person)
    english = client.get(path, headers={"accept-language": "fr"}).content
    assert "SUMMARY:Telework" in english.decode()
    type(person.account).objects.update(language="fr")
    french = client.get(path, headers={"accept-language": "en"}).content
    assert "SUMMARY:Télétravail" in french.decode()
