"""VTIMEZONE by yearly rules (requirement 9): the errors of libraries would put every summer event an hour off."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import pytest
from dateutil import tz

from telework.feeds.zones import vtimezone
from tests import factories

from .conftest import values

RULED = [
    "Europe/Paris", "Europe/Dublin", "Europe/Lisbon", "America/New_York", "America/St_Johns", "America/Miquelon",
    "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland",
]  # fmt: skip
FIXED = ["Indian/Reunion", "America/Martinique", "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Marquesas", "UTC"]
UNRULED = ["Africa/Casablanca", "Africa/El_Aaiun", "Africa/Cairo", "Asia/Jerusalem"]


def test_paris_changes_on_the_last_sundays_of_march_and_october():
    assert vtimezone("Europe/Paris", 2026) == (
        "BEGIN:VTIMEZONE", "TZID:Europe/Paris",
        "BEGIN:STANDARD", "DTSTART:19701025T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "END:STANDARD",
        "BEGIN:DAYLIGHT", "DTSTART:19700329T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "END:DAYLIGHT",
        "END:VTIMEZONE",
    )  # fmt: skip


@pytest.mark.parametrize("zone", RULED)
def test_a_zone_that_changes_has_one_standard_and_one_daylight_with_rules(zone):
    lines = vtimezone(zone, 2026)
    assert lines.count("BEGIN:STANDARD") == lines.count("BEGIN:DAYLIGHT") == 1
    rules = [line for line in lines if line.startswith("RRULE")]
    assert len(rules) == 2
    assert all(
        re.fullmatch(r"RRULE:FREQ=YEARLY;BYMONTH=\d+;BYDAY=(-1|[1-4])(MO|TU|WE|TH|FR|SA|SU)", rule) for rule in rules
    )
    assert not any(line.startswith("RDATE") or "UNTIL" in line for line in lines)
    offsets = [line for line in lines if line.startswith("TZOFFSET")]
    assert all(re.fullmatch(r"TZOFFSET(FROM|TO):[+-]\d{4}", line) for line in offsets)


@pytest.mark.parametrize("zone", FIXED)
def test_a_zone_that_never_changes_has_only_a_standard(zone):
    lines = vtimezone(zone, 2026)
    assert lines.count("BEGIN:STANDARD") == 1 and "BEGIN:DAYLIGHT" not in lines


@pytest.mark.parametrize("zone", UNRULED)
def test_a_zone_without_one_rule_a_year_has_no_vtimezone(zone):
    assert vtimezone(zone, 2026) == ()


@pytest.mark.parametrize("zone", RULED + FIXED)
def test_rules_give_the_true_offset_every_six_hours_of_2026_and_2027(zone, tmp_path):
    """Read by dateutil, which knows the rules only from our text."""
    text = "\r\n".join(["BEGIN:VCALENDAR", *vtimezone(zone, 2026), "END:VCALENDAR", ""])
    path = tmp_path / "zone.ics"
    path.write_text(text)
    told, true = tz.tzical(str(path)).get(), ZoneInfo(zone)
    moment = datetime(2026, 1, 1, 0, 17)
    while moment.year < 2028:
        assert told.utcoffset(moment.replace(tzinfo=told)) == moment.replace(tzinfo=true).utcoffset(), moment
        moment += timedelta(hours=6)


def test_every_zone_of_the_database_is_ruled_fixed_or_left_out_without_an_error():
    ruled = 0
    for zone in sorted(available_timezones() - {"localtime"})[::12]:
        lines = vtimezone(zone, 2026)
        assert not lines or icalendar.Timezone.from_ical("\r\n".join(lines))["TZID"] == zone
        ruled += bool(lines)
    assert ruled > 30


def test_every_zone_named_by_an_event_is_described_before_the_first_event(fetch, team, book):
    """A TZID without its VTIMEZONE floated after a library update (urlaubsverwaltung)."""
    reader = factories.eligible_person(team=team)
    for zone in ("Indian/Reunion", "America/New_York", "Africa/Casablanca"):
        member = factories.eligible_person(site=factories.SiteFactory(zone=zone))
        factories.MembershipFactory(person=member, team=team)
        book(member, part="morning")
    lines = fetch(reader, team=team)
    named = {line.partition("TZID=")[2].partition(":")[0] for line in lines if "TZID=" in line}
    assert named == {"Indian/Reunion", "America/New_York"}
    head = lines[: lines.index("BEGIN:VEVENT")]
    assert named <= set(values(head, "TZID")) and "VTIMEZONE" not in values(lines[len(head) :], "BEGIN")
