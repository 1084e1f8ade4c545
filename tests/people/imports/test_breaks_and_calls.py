"""On-call periods and breaks in roster files: read beside the shifts, named line by line where they cannot be meant."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook

from people import imports
from people.imports.breaks import read_breaks
from people.imports.instants import Wrong
from people.models import OnCall, Shift
from tests import factories

pytestmark = pytest.mark.django_db
PARIS = "Europe/Paris"
ON_CALL = "person,start,end,kind\nA,2026-03-06T18:00,2026-03-09T08:00,on_call\n"
BREAKS = "person;date;start;end;breaks\nA;2026-03-02;06:00;14:00;10:00-10:15; 12h00 – 12h30\n"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


# ── breaks


def minutes(text: str, start: str = "2026-03-02T06:00+01:00", end: str = "2026-03-02T14:00+01:00") -> list[list[int]]:
    return read_breaks(text, at(start), at(end), PARIS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("10:00-10:15", [[240, 255]]),
        ("12h – 12h30; 10:00-10:15", [[240, 255], [360, 390]]),
        ("10:00-10:15 12:00-12:30", [[240, 255], [360, 390]]),
        ("06:00-06:10, 13:50-14:00", [[0, 10], [470, 480]]),
        ("10:00-10:15;10:15-10:30", [[240, 255], [255, 270]]),
    ],
)
def test_breaks_are_minutes_after_the_start(text, expected):
    assert minutes(text) == expected


def test_breaks_of_a_night_lie_on_the_day_that_the_night_reaches():
    night = "2026-03-02T22:00+01:00", "2026-03-03T06:00+01:00"
    assert minutes("23:45-00:15; 03:00-03:20", *night) == [[105, 135], [300, 320]]


def test_breaks_follow_the_clock_through_its_changes():
    spring = "2026-03-28T22:00+01:00", "2026-03-29T06:00+02:00"
    assert minutes("04:00-04:20", *spring) == [[300, 320]]
    autumn = "2026-10-24T22:00+02:00", "2026-10-25T06:00+01:00"
    assert minutes("04:00-04:20", *autumn) == [[420, 440]]
    assert minutes("2026-10-25T02:30+01:00/2026-10-25T02:45+01:00", *autumn) == [[330, 345]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("05:45-06:15", r"05:45-06:15 lies outside the shift \(06:00 – 14:00\)"),
        ("13:50-14:10", "13:50-14:10 lies outside"),
        ("10:00-10:30; 10:15-10:45", "10:00-10:30 and 10:15-10:45 overlap"),
        ("10:00-10:00", "has no length"),
        ("06:00-14:00", "take the whole shift"),
        ("06:00-10:00; 10:00-14:00", "take the whole shift"),
        ("10:00", "“10:00” is no break"),
        ("lunch", "“lunch” is no break"),
        ("25:00-26:00", "“25:00” is not a time"),
        ("x/y", "“x” is not a date with its time"),
    ],
)
def test_a_break_that_cannot_be_meant_is_named(text, words):
    with pytest.raises(Wrong, match=words) as wrong:
        minutes(text)
    assert wrong.value.field == "breaks"


@pytest.mark.parametrize(("text", "words"), [("02:30-02:45", "comes twice")])
def test_a_break_in_the_repeated_hour_is_never_guessed(text, words):
    with pytest.raises(Wrong, match=words):
        minutes(text, "2026-10-24T22:00+02:00", "2026-10-25T06:00+01:00")


def test_a_file_brings_breaks(roster):
    roster.load(BREAKS.replace("10:15; 12h00", "10:15, 12h00"))
    assert Shift.objects.get().breaks == [[240, 255], [360, 390]]


def test_other_breaks_replace_those_there_are_and_a_file_without_the_column_leaves_them(roster):
    one = "person;date;start;end;breaks\nA;2026-03-02;06:00;14:00;10:00-10:15\n"
    roster.load(one)
    assert roster.plan(one).unchanged == 1
    other = roster.load(one.replace("10:15", "10:20"))
    assert (len(other.added), len(other.removed), Shift.objects.get().breaks) == (1, 1, [[240, 260]])
    assert roster.plan("person,date,start,end\nA,2026-03-02,06:00,14:00\n").changes is False
    roster.load(one.replace("10:00-10:15", ""))
    assert Shift.objects.get().breaks == []


def test_what_was_looked_at_has_its_breaks(roster):
    one, other = (roster.plan(BREAKS.replace("10:15; 12h00", f"10:{end}, 12h00")) for end in (15, 20))
    assert one.digest != other.digest


def test_one_wrong_break_refuses_the_whole_file(roster):
    plan = roster.plan(
        "person,date,start,end,pauses\nA,2026-03-02,06:00,14:00,\nB,2026-03-02,06:00,14:00,15:00-15:10\n"
    )
    (fault,) = plan.faults
    assert (fault.line, fault.field) == (3, "breaks") and not plan.removed


# ── on call


@pytest.mark.parametrize("word", ["on_call", "On-Call", "astreinte", "ASTREINTE"])
def test_a_line_of_that_kind_is_an_on_call_period(roster, word):
    plan = roster.load(ON_CALL.replace("on_call", word))
    call = OnCall.objects.get()
    assert (call.person.number, call.start, call.end) == (
        "A",
        at("2026-03-06T18:00+01:00"),
        at("2026-03-09T08:00+01:00"),
    )
    assert (call.zone, call.site, Shift.objects.count()) == (PARIS, call.person.site, 0)
    assert plan.days == (date(2026, 3, 6), date(2026, 3, 9))
    assert roster.plan(ON_CALL).unchanged == 1


def test_shifts_and_on_call_periods_stand_in_one_file_and_may_overlap(roster):
    roster.load(ON_CALL + "A,2026-03-07T06:00,2026-03-07T14:00,shift\nA,2026-03-08T06:00,2026-03-08T14:00,\n")
    assert (OnCall.objects.count(), Shift.objects.count()) == (1, 2)


def test_whole_days_on_call_go_from_midnight_to_midnight(roster):
    roster.load("personne;du;au;type\nA;28/03/2026;29/03/2026;astreinte\n")
    call = OnCall.objects.get()
    assert (call.start, call.end) == (at("2026-03-28T00:00+01:00"), at("2026-03-30T00:00+02:00"))
    assert imports.days_of(call) == (date(2026, 3, 28), date(2026, 3, 29))


def test_each_kind_of_entry_replaces_its_own(roster):
    shift = "A,2026-03-07T06:00,2026-03-07T14:00,\n"
    roster.load(ON_CALL + "A,2026-03-10T18:00,2026-03-11T08:00,on_call\n" + shift)
    plan = roster.load(ON_CALL + "A,2026-03-11T18:00,2026-03-12T08:00,on_call\n", replaces=True)
    assert [type(row) for row in plan.removed] == [OnCall]
    assert (OnCall.objects.count(), Shift.objects.count()) == (2, 1)
    roster.load(
        "person,start,end\nA,2026-03-06T06:00,2026-03-06T14:00\nA,2026-03-09T06:00,2026-03-09T14:00\n", replaces=True
    )
    assert (OnCall.objects.count(), sorted(shift.day.day for shift in Shift.objects.all())) == (2, [6, 9])


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ("A,2026-03-08T18:00,2026-03-10T08:00,on_call,,", "start", "overlaps line 2"),
        ("A,2026-03-20T18:00,2026-03-20T08:00,on_call,,", "end", "ends before it starts"),
        ("A,2026-03-20T18:00,2026-04-30T08:00,on_call,,", "end", "more than a month"),
        ("A,2026-03-29T02:30,2026-03-30T08:00,on_call,,", "start", "does not exist in Europe/Paris"),
        ("A,2026-03-20T18:00,2026-03-21T08:00,leave,,", "kind", "“leave” is not known in a roster"),
        ("A,2026-03-20T18:00,2026-03-21T08:00,on_call,Nowhere,", "site", "“Nowhere” is not known"),
        ("A,2026-03-20T18:00,2026-03-21T08:00,on_call,,pilot", "skill", "“pilot” is not known"),
        ("Z,2026-03-20T18:00,2026-03-21T08:00,on_call,,", "person", "“Z” is nobody"),
        ("A,,,on_call,,", "start", "start is missing"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_nothing_is_written(roster, row, field, words):
    good = "A,2026-03-06T18:00,2026-03-09T08:00,on_call,,\n"
    (fault,) = roster.plan(f"person,start,end,kind,site,skill\n{good}{row}\n").faults
    assert (fault.line, fault.field) == (3, field) and re.search(words, fault.sentence)
    assert not OnCall.objects.exists()


def test_what_stands_already_is_told(roster):
    roster.load(ON_CALL)
    (fault,) = roster.plan("person,start,end,kind\nA,2026-03-08T18:00,2026-03-10T08:00,on_call\n").faults
    assert "already has 2026-03-06 18:00 – 2026-03-09 08:00" in fault.sentence


def test_a_sheet_brings_both(roster):
    book = Workbook()
    book.active.append(["Matricule", "Début", "Fin", "Type", "Pauses"])
    book.active.append(["A", datetime(2026, 3, 6, 18), datetime(2026, 3, 9, 8), "Astreinte", None])
    book.active.append(["B", datetime(2026, 3, 6, 6), datetime(2026, 3, 6, 14), "Poste", "10:00-10:15\n12:00-12:30"])
    content = io.BytesIO()
    book.save(content)
    roster.load(content.getvalue())
    assert OnCall.objects.get().person.number == "A"
    assert Shift.objects.get().breaks == [[240, 255], [360, 390]]


@pytest.mark.parametrize("said", ["CATEGORIES:Astreinte", "SUMMARY:On call"])
def test_a_calendar_brings_on_call_periods_by_category_or_title(roster, said):
    person = roster.people.get(number="A")
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//t//t//EN", "BEGIN:VEVENT", "UID:1", said,
        f"ATTENDEE:mailto:{person.email}", "DTSTART;TZID=Europe/Paris:20260306T180000",
        "DTEND;TZID=Europe/Paris:20260309T080000", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    roster.load("\r\n".join(lines))
    assert OnCall.objects.get().start == at("2026-03-06T18:00+01:00")


def test_a_month_on_call_costs_as_many_queries_as_a_day(roster, django_assert_max_num_queries):
    days = "".join(f"{who},2026-04-{day:02},18:00,08:00,on_call\n" for who in "AB" for day in range(1, 31))
    with django_assert_max_num_queries(7):
        assert len(roster.plan("person,date,start,end,kind\n" + days).added) == 60


def test_feeds_and_coverage_learn_of_it(roster):
    roster.load(ON_CALL)
    assert [person.calendar_version for person in roster.people.filter(number__in="AB").order_by("number")] == [2, 1]
    assert factories.PersonFactory._meta.model.objects.filter(on_calls__isnull=False).count() == 1
