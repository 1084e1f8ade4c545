"""The days on which a rule holds: seasons over the new year, weeks out of so many, and when two of them cannot meet."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.core.agreement import AgreementError, load
from policies.core.schema import Wrong
from policies.core.times import times_of, told

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
NOTHING = {
    "seasons": (),
    "except_seasons": (),
    "spans": (),
    "except_spans": (),
    "weekdays": frozenset(),
    "every_weeks": 1,
    "starts": None,
}
SUMMER = {"from_day": "07-01", "to_day": "08-31"}
NEW_YEAR = {"from_day": "12-15", "to_day": "01-05"}


def times(**said):
    return times_of({**NOTHING, **said})


@pytest.mark.parametrize(
    ("season", "inside", "outside"),
    [
        (SUMMER, [(7, 1), (8, 31)], [(6, 30), (9, 1)]),
        (NEW_YEAR, [(12, 15), (12, 31), (1, 1), (1, 5)], [(12, 14), (1, 6)]),
        ({"from_day": "02-29", "to_day": "03-01"}, [(2, 29), (3, 1)], [(2, 28), (3, 2)]),
    ],
)
def test_a_season_holds_both_its_ends(season, inside, outside):
    within, without = times(seasons=(season,)), times(except_seasons=(season,))
    for month, day in inside:
        assert within.holds(date(2028, month, day)) and not without.holds(date(2028, month, day))
    for month, day in outside:
        assert without.holds(date(2028, month, day)) and not within.holds(date(2028, month, day))


@given(day=DAYS, starts=DAYS, every=st.integers(2, 6))
def test_of_so_many_weeks_one_and_only_one_holds(day, starts, every):
    turns = [times(every_weeks=every, starts=starts + timedelta(weeks=number)) for number in range(every)]
    assert sum(turn.holds(day) for turn in turns) == 1
    assert turns[0].holds(starts)
    assert turns[0].is_apart_from(turns[1])


@given(day=DAYS)
def test_what_is_said_apart_never_meets(day):
    pairs = [
        (times(seasons=(SUMMER,)), times(except_seasons=(SUMMER,))),
        (times(seasons=(SUMMER,)), times(seasons=(NEW_YEAR,))),
        (times(weekdays=frozenset({1, 5})), times(weekdays=frozenset({2}))),
    ]
    for one, two in pairs:
        assert one.is_apart_from(two) and two.is_apart_from(one)
        assert not (one.holds(day) and two.holds(day))
    assert not times(seasons=(SUMMER,)).is_apart_from(times(weekdays=frozenset({1})))


def test_one_week_out_of_so_many_needs_a_week_to_count_from():
    with pytest.raises(Wrong, match="add starts"):
        times(every_weeks=2)


def test_the_days_are_told_in_both_languages():
    said = times(seasons=(SUMMER,), weekdays=frozenset({1, 5}), every_weeks=2, starts=date(2026, 1, 5))
    assert told(said, "en") == "1 July to 31 August · Monday and Friday · one week out of 2"
    assert told(said, "fr") == "du 1er juillet au 31 août · lundi et vendredi · une semaine sur 2"
    assert told(times(), "en") == ""


HEAD = 'title = "T"\nin_force = 2026-01-01\nlevel = "company"\n[articles."1"]\ntitle = "T"\nsource = "text"\n'


@pytest.mark.parametrize(
    ("kind", "when", "message"),
    [
        ("closed_days", 'seasons = [{ from_day = "31-12", to_day = "01-05" }]', "write a day of the year like 07-01"),
        ("closed_days", "every_weeks = 2", "add starts"),
        ("closed_days", 'season = "summer"', "“season” is not known. Maybe “seasons”?"),
        ("past_day", 'weekdays = ["monday"]', "This rule holds on every day"),
    ],
)
def test_days_that_make_no_sense_are_told_with_what_would(kind, when, message):
    values = "" if kind == "past_day" else "[[rules.values]]\nfrom = 2026-01-01\n"
    with pytest.raises(AgreementError) as caught:
        load(f'{HEAD}[[rules]]\nkind = "{kind}"\narticle = "1"\nwhen = {{ {when} }}\n{values}')
    [fault] = caught.value.faults
    assert message in fault.message.en
    assert fault.key == "rules[1].when"[: len(fault.key)] or fault.key.startswith("rules[1].when")


EASTER = {"first": date(2026, 4, 4), "last": date(2026, 4, 20)}
JULY = {"first": date(2026, 7, 4), "last": date(2026, 8, 31)}


@given(day=st.dates(date(2026, 3, 1), date(2026, 9, 30)))
def test_dates_hold_both_their_ends_and_leave_the_rest_to_the_other_rule(day):
    holidays, school = times(spans=(EASTER, JULY)), times(except_spans=(EASTER, JULY))
    inside = any(span["first"] <= day <= span["last"] for span in (EASTER, JULY))
    assert (holidays.holds(day), school.holds(day)) == (inside, not inside)
    assert holidays.is_apart_from(school) and school.is_apart_from(holidays)
    assert times(spans=(EASTER,)).is_apart_from(times(spans=(JULY,)))
    assert not holidays.is_apart_from(times(spans=(JULY,)))
    assert not holidays.is_apart_from(times(except_spans=(JULY,)))


def test_dates_are_told_and_stand_in_order():
    assert told(times(spans=(EASTER,)), "fr") == "du 4 avril 2026 au 20 avril 2026"
    assert told(times(except_spans=(EASTER,)), "en") == "except 4 April 2026 to 20 April 2026"
    with pytest.raises(Wrong, match="comes before"):
        times(spans=({"first": date(2026, 4, 20), "last": date(2026, 4, 4)},))
