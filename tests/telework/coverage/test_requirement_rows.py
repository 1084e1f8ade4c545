"""Lines of the editor: what a stroke of the brush makes of them, dates as text, and a form that loses nothing."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from people.imports import Wrong
from telework.views.coverage.requirements.dates import read_dates, told_dates, write_dates
from telework.views.coverage.requirements.grids import grid_of
from telework.views.coverage.requirements.rows import DAY, WEEK, Row, Stroke, by_number, painted, span_of, whole_days
from telework.views.coverage.requirements.sheet import Section, blank, read_sheet

SAT, SUN = frozenset({5}), frozenset({6})
ALWAYS = Row(WEEK, "00:00", "24:00", "3")


def paint(rows, days, start, end, number, *, repeats=True):
    return painted(rows, Stroke(days, *span_of(start, end), number), repeats=repeats)


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        ("22:00", "06:00", (1320, 1800)),
        ("22h", "6h30", (1320, 1830)),
        ("00:00", "00:00", (0, DAY)),
        ("00:00", "24:00", (0, DAY)),
        ("08:00", "08:00", (480, 480 + DAY)),
        ("24:00", "06:00", None),
        ("25:00", "06:00", None),
        ("08:60", "09:00", None),
        ("", "06:00", None),
    ],
)
def test_hours_go_over_midnight_and_equal_hours_are_a_full_day(start, end, span):
    assert span_of(start, end) == span


def test_a_stroke_cuts_what_stood_there_and_keeps_the_rest():
    rows = paint([ALWAYS], SAT, "14:00", "22:00", "5")
    assert rows == [
        Row(WEEK - SAT, "00:00", "24:00", "3"),
        Row(SAT, "00:00", "14:00", "3"),
        Row(SAT, "14:00", "22:00", "5"),
        Row(SAT, "22:00", "24:00", "3"),
    ]


def test_painting_the_old_number_again_brings_the_old_line_back():
    rows = paint([ALWAYS], SAT, "14:00", "22:00", "5")
    assert paint(rows, SAT, "14:00", "22:00", "3") == [ALWAYS]


def test_a_night_is_one_line_of_the_day_on_which_it_begins():
    assert paint([], SAT, "22:00", "06:00", "3") == [Row(SAT, "22:00", "06:00", "3")]


def test_what_is_left_of_a_night_after_its_midnight_begins_on_the_next_day():
    night = Row(SAT, "20:00", "08:00", "2")
    assert paint([night], SAT, "22:00", "06:00", "") == [
        Row(SAT, "20:00", "22:00", "2"),
        Row(SUN, "06:00", "08:00", "2"),
    ]


def test_hours_painted_past_midnight_alone_are_those_of_the_next_day():
    rows = painted([], Stroke(SUN, DAY + 60, DAY + 300, "2"), repeats=True)
    assert rows == [Row(frozenset({0}), "01:00", "05:00", "2")]
    assert painted([], Stroke(WEEK, DAY + 60, DAY + 300, "2"), repeats=False) == []


def test_lines_that_cannot_be_read_stay_as_they_were_typed():
    odd = [Row(SAT, "25:00", "06:00", "3"), Row(SAT, "08:00", "12:00", "many"), Row(frozenset(), "08:00", "12:00", "3")]
    assert paint(odd, SAT, "00:00", "24:00", "1")[1:] == odd


def test_lines_that_overlap_elsewhere_keep_overlapping():
    peak = Row(SAT, "14:00", "22:00", "5")
    assert set(paint([ALWAYS, peak], frozenset({0}), "08:00", "12:00", "4")) >= {peak}


times = st.integers(0, 95).map(lambda quarter: quarter * 15)
strokes = st.builds(
    lambda days, start, length, number: Stroke(frozenset(days), start, start + length, number),
    st.sets(st.integers(0, 6), min_size=1), times, st.integers(1, 96).map(lambda quarters: quarters * 15),
    st.sampled_from(["1", "2", ""]),
)  # fmt: skip


def week_of(rows) -> dict[int, set[str]]:
    """The numbers at each quarter of an hour of a week; Sunday's night goes on into Monday's morning."""
    found: dict[int, set[str]] = {}
    for row in rows:
        start, end = row.span
        for day in row.days:
            for minute in range(start, end, 15):
                found.setdefault((day * DAY + minute) % (7 * DAY), set()).add(row.number)
    return found


@given(st.lists(strokes, max_size=6), strokes)
def test_a_stroke_changes_its_hours_and_no_others(before, last):
    rows = []
    for stroke in before:
        rows = painted(rows, stroke, repeats=True)
    after = week_of(painted(rows, last, repeats=True))
    touched = {(day * DAY + minute) % (7 * DAY) for day in last.days for minute in range(last.start, last.end, 15)}
    old = week_of(rows)
    assert {minute: numbers for minute, numbers in after.items() if minute not in touched} == {
        minute: numbers for minute, numbers in old.items() if minute not in touched
    }
    for minute in touched:
        assert not last.number or last.number in after[minute]


def test_whole_days_take_the_number_that_binds():
    rows = [Row(WEEK, number="60"), Row(SAT, number="40"), Row(SUN, number="80")]
    assert whole_days(rows)[5] == "40" and whole_days(rows)[6] == "60"
    assert by_number({0: "60", 1: "60", 2: "", 5: "40"}) == [
        Row(frozenset({0, 1}), number="60"),
        Row(SAT, number="40"),
    ]


def test_dates_are_read_alone_and_as_ranges_and_written_back_the_same():
    text = "2026-12-31 – 2027-01-02, 24/12/2026; 2026-12-25"
    days = read_dates("dates", text)
    assert len(days) == 5 and days[0] == date(2026, 12, 24)
    assert write_dates(days) == "2026-12-24 – 2026-12-25, 2026-12-31 – 2027-01-02"
    assert read_dates("dates", write_dates(days)) == days
    with translation.override("fr"):
        assert told_dates(days) == "24–25 décembre 2026, 31 décembre 2026 – 2 janvier 2027"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "are missing"),
        ("2026-02-30", "does not exist"),
        ("Christmas", "is not a date"),
        ("2026-12-31 – 2026-12-24", "ends before it begins"),
        ("2026-01-01 – 2026-02-01 – 2026-03-01", "more than two ends"),
        ("2026-01-01 – 2028-01-01", "more than 400"),
    ],
)
def test_dates_that_cannot_be_meant_are_named(text, says):
    with translation.override("en"), pytest.raises(Wrong) as wrong:
        read_dates("dates.d0", text)
    assert says in wrong.value.sentence and wrong.value.field == "dates.d0"


def test_another_kind_keeps_the_numbers_in_its_own_shape():
    post = QueryDict(mutable=True)
    post.update({"kind": "share_of_people", "shape": "hours", "line.w": "1", "start.w.0": "08:00", "end.w.0": "18:00"})
    post.update({"number.w.0": "60"})
    post.setlist("days.w.0", ["0", "1"])
    assert read_sheet(post).sections[0].rows == [Row(frozenset({0, 1}), number="60")]
    back = QueryDict(mutable=True)
    back.update({"kind": "minimum", "shape": "whole", "whole.w.0": "60", "whole.w.1": "60", "whole.w.2": ""})
    assert read_sheet(back).sections[0].rows == [Row(frozenset({0, 1}), "00:00", "24:00", "60")]


def test_the_grid_shows_the_number_that_binds_and_the_night_of_the_day_before():
    rows = [ALWAYS, Row(SAT, "20:00", "04:00", "5")]
    with translation.override("en"):
        drawn = str(grid_of(blank(), Section("w", rows), title="Every week"))
        free = str(grid_of(blank(), Section("w", rows[1:]), title="Every week"))
    assert 'aria-label="Saturday, 19:00, 3"' in drawn and 'aria-label="Saturday, 20:00, 5"' in drawn
    assert 'aria-label="Saturday, the day after, 03:00, 5"' in drawn
    assert 'aria-label="Sunday, 03:00, 5"' in free and 'class="ghost"' in free
    assert 'aria-label="Sunday, 04:00, nothing asked"' in free
