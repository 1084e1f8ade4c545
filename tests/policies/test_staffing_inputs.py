"""The staffing helper: heads by interval from the calls of a day, kept with a requirement and read back."""

from dataclasses import replace
from datetime import time

import pytest
from django.utils import translation

from policies.services import StaffingInputs, inputs_from, staffing_numbers
from policies.services.staffing import BadInputs

MORNING = StaffingInputs(calls=(60, 0, 30.5), seconds=240, percent=90, within=15, first="08:00", away=30, busiest=85)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def heads(**change) -> list[int]:
    return [one.heads for one in staffing_numbers(replace(MORNING, **{"away": 0, "busiest": None} | change))]


def test_heads_come_by_interval_with_their_clock_times():
    found = staffing_numbers(replace(MORNING, away=0, busiest=None))
    assert found[0] == (time(8), time(8, 30), 13), "the worked example of the trade"
    assert [(one.start, one.end) for one in found[1:]] == [(time(8, 30), time(9)), (time(9), time(9, 30))]
    assert found[1].heads == 0


def test_the_last_interval_of_a_day_ends_at_midnight():
    (last,) = staffing_numbers(replace(MORNING, calls=(4,), minutes=15, first="23:45"))
    assert (last.start, last.end) == (time(23, 45), time(0))


def test_time_off_the_phone_asks_for_more_heads():
    assert heads(calls=(60,)) == [13] and heads(calls=(60,), away=35) == [20]


def test_nobody_is_busier_than_the_highest_occupancy():
    assert heads(calls=(60,), busiest=61) == [14], "8 erlangs at 61 % are 13.1 people"
    assert heads(calls=(60,), busiest=100) == [13]
    assert heads(calls=(60,), busiest=61, away=30) == [20]


def test_the_inputs_kept_with_a_requirement_read_back_equal():
    assert inputs_from(MORNING.as_json()) == MORNING
    least = {"calls": [60], "seconds": 240, "percent": 90, "within": 15}
    assert inputs_from(least) == StaffingInputs((60,), 240, 90, 15)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"calls": []}, "calls", "No calls are given"),
        ({"calls": "60"}, "calls", "No calls are given"),
        ({"calls": [60, -1, "x"]}, "calls.1", "“-1”; give a number from 0"),
        ({"calls": [10**7]}, "calls.0", "busy at once"),
        ({"calls": [1] * 33}, "calls", "33 intervals go past midnight; 32 fit"),
        ({"seconds": 0}, "seconds", "“0”; give a number from 1"),
        ({"seconds": "240"}, "seconds", "“240”"),
        ({"percent": 100}, "percent", "to 99.99"),
        ({"within": None}, "within", "“None”"),
        ({"away": 95}, "away", "to 90"),
        ({"busiest": 0}, "busiest", "from 1 to 100"),
        ({"busiest": "all"}, "busiest", "“all”"),
        ({"minutes": 20}, "minutes", "Choose 15, 30 or 60"),
        ({"minutes": [30]}, "minutes", "Choose 15, 30 or 60"),
        ({"first": "08:10"}, "first", "“08:10” is not the start of an interval"),
        ({"first": 8}, "first", "“8” is not the start"),
        ({"erlang": 1}, "erlang", "not known here"),
    ],
)
def test_an_input_that_will_not_do_is_named(change, field, words):
    with pytest.raises(BadInputs) as refused:
        inputs_from(MORNING.as_json() | change)
    faults = dict(refused.value.faults)
    assert words in faults[field]


def test_all_that_is_missing_is_named_at_once_and_in_french():
    with translation.override("fr"), pytest.raises(BadInputs) as refused:
        inputs_from({"calls": [60]})
    assert refused.value.faults == [(name, "Ce nombre manque.") for name in ("seconds", "percent", "within")]
