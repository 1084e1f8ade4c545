"""Bytes that people send: encodings, separators, sheets, calendars, and what is refused with its remedy."""

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from people import imports
from people.imports import Unreadable

ZONE = "Europe/Paris"
TEXT = "matricule;début;fin\nA;2026-03-02 06:00;2026-03-02 14:00\n"


def read(content):
    return imports.read(content.encode() if isinstance(content, str) else content, zone=ZONE)


def sheet(*rows) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def calendar(*events: str) -> str:
    named = [event if "UID:" in event else f"UID:{n}\r\n{event}" for n, event in enumerate(events)]
    body = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in named)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//\r\n{body}END:VCALENDAR\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_encoding_is_read(encoding):
    (line,) = read(TEXT.encode(encoding))
    assert line.cells == {"person": "A", "start": "2026-03-02 06:00", "end": "2026-03-02 14:00"} and line.number == 2


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_usual_separator_is_read(separator):
    assert read(TEXT.replace(";", separator))[0].get("end") == "2026-03-02 14:00"


def test_a_sheet_gives_the_same_lines_as_text():
    start, end = datetime(2026, 3, 2, 6), datetime(2026, 3, 2, 14)
    (line,) = read(sheet(["Person", "Start", "End"], [7, start, end]))
    assert line.cells == {"person": "7", "start": "2026-03-02T06:00", "end": "2026-03-02T14:00"}


def test_a_recurring_event_is_unrolled_without_its_exceptions():
    event = (
        "ATTENDEE:mailto:a@example.org\r\nDTSTART;TZID=Europe/Paris:20260302T220000\r\n"
        "DTEND;TZID=Europe/Paris:20260303T060000\r\nRRULE:FREQ=DAILY;COUNT=4\r\n"
        "EXDATE;TZID=Europe/Paris:20260303T220000"
    )
    lines = read(calendar(event))
    assert [line.get("start")[:10] for line in lines] == ["2026-03-02", "2026-03-04", "2026-03-05"]
    assert lines[0].get("person") == "a@example.org" and lines[0].get("end") == "2026-03-03T06:00:00+01:00"


def test_a_whole_day_event_covers_its_days():
    (line,) = read(calendar("SUMMARY:A\r\nDTSTART;VALUE=DATE:20260302\r\nDTEND;VALUE=DATE:20260305"))
    assert (line.get("first_day"), line.get("last_day")) == ("2026-03-02", "2026-03-04")


BOMB = io.BytesIO()
with zipfile.ZipFile(BOMB, "w", zipfile.ZIP_DEFLATED) as _packed:
    _packed.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
LONG = "SUMMARY:A\r\nDTSTART:20260302T060000Z\r\nDTEND:20260302T140000Z\r\nRRULE:"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"x" * 1_000_001, "1 MB"),
        ("person,start,end\n", "no entry"),
        ("person,start,begin\nA,1,2\n", "“start” and “begin” mean the same"),
        ("who,start\nA,1\n", "no column names the person"),
        ("person,start\nA,\0\n", "Line 2: a NUL"),
        ('person,start\nA,"06:00\n', "quotation mark"),
        ("person,start\nA," + "x" * 300, "300 characters"),
        ("person" + "," * 250 + "x\nA\n", "251 columns"),
        (BOMB.getvalue(), "unpacks to 60 MB"),
        (b"PK\x03\x04broken", "cannot be opened"),
        (b"\xd0\xcf\x11\xe0old", "old Excel"),
        ("BEGIN:VCALENDAR\r\nEND:VEVENT", "calendar"),
        (calendar(), "no event"),
        (calendar(*["SUMMARY:A\r\nDTSTART:20260302T060000Z"] * 1001), "1001 events"),
        (calendar(LONG + "FREQ=DAILY"), "more than 500 times"),
        (calendar(LONG + "FREQ=DAILY;COUNT=501"), "more than 500 times"),
        (calendar(LONG + "FREQ=MINUTELY;COUNT=5"), "within the day"),
        (calendar("SUMMARY:A"), "no start"),
        (calendar("SUMMARY:A\r\nDTSTART;TZID=Mars/Olympus:20260302T060000"), "“Mars/Olympus” is not known"),
        (calendar(LONG + "FREQ=DAILY;COUNT=500\r\nRDATE:20290302T060000Z"), "more than 500 times"),
        ("person,start\nA," + "x" * 200_000, "Line 2: a cell is too long"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(content, words):
    with pytest.raises(Unreadable, match=words):
        read(content)


def test_a_rule_that_never_comes_true_ends_soon():
    with pytest.raises(Unreadable, match="Every event"):
        read(calendar(LONG + "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5"))


def test_added_dates_and_occurrences_told_apart_are_each_there_once():
    """RDATE adds; an event with the same UID and a RECURRENCE-ID takes the place of that occurrence, or cancels it."""
    series = "UID:x\r\nSUMMARY:A\r\nDTSTART:20260302T060000Z\r\nDTEND:20260302T140000Z\r\nRRULE:FREQ=DAILY;COUNT=3"
    moved = "UID:x\r\nSUMMARY:A\r\nRECURRENCE-ID:20260303T060000Z\r\nDTSTART:20260303T120000Z\r\nDTEND:20260303T200000Z"
    off = "UID:x\r\nSTATUS:CANCELLED\r\nSUMMARY:A\r\nRECURRENCE-ID:20260304T060000Z\r\nDTSTART:20260304T060000Z"
    lines = read(calendar(series + "\r\nRDATE:20260310T060000Z,20260302T060000Z", moved, off))
    assert sorted(line.get("start")[:16] for line in lines) == [
        "2026-03-02T07:00", "2026-03-03T13:00", "2026-03-10T07:00"
    ]  # fmt: skip
