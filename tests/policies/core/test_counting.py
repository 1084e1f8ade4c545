"""Caps of any unit over any window against a recount by hand, and the sums of prorated caps."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.core import (
    AgreementError,
    ContractFacts,
    Part,
    Request,
    TraitFacts,
    Verdict,
    balance,
    decide,
    entitlement,
    gauges,
    glance,
)
from policies.core.agreement import with_readings
from policies.core.explain import entitlement_lines, whole
from policies.core.reach import reach_of

from .given import HEAD, READINGS, agreement, calendar, person, refusing, rule

FIRST, LAST = date(2026, 11, 2), date(2027, 4, 30)
SPAN = [FIRST + timedelta(days=offset) for offset in range((LAST - FIRST).days + 1)]
WORKED = [day for day in SPAN if day.weekday() < 5]
SIZES = {"day": (0, 1, 1, 2), "half_day": (0, 1, 1, 2), "slot": (0, 1, 1, 1)}
SCALE = {"day": 2, "half_day": 1, "slot": 1}
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
bookings = st.dictionaries(st.sampled_from(WORKED), st.sampled_from([1, 2, 3, 3]), max_size=30)
LONG_AGO = HEAD.replace("2020-01-01", "1980-01-01")


def cap(name: str, **values) -> str:
    written = ";".join(f"{key} = {value}" for key, value in {"from": "2020-01-01", **values}.items())
    return rule("cap", written, extra=f'name = "{name}"')


def together(one: date, two: date, per: str) -> bool:
    """Would a clerk put both days in the same period?"""
    if per in ("week", "fortnight"):
        weeks = 1 if per == "week" else 2
        monday = date(2019, 12, 30)  # the week in which the agreement comes into force
        return (one - monday).days // 7 // weeks == (two - monday).days // 7 // weeks
    months = MONTHS[per]
    return one.year == two.year and (one.month - 1) // months == (two.month - 1) // months


@settings(max_examples=120, deadline=None)
@given(
    booked=bookings,
    day=st.sampled_from(WORKED),
    part=st.sampled_from(list(Part)),
    unit=st.sampled_from(sorted(SIZES)),
    per=st.sampled_from(["week", "fortnight", *MONTHS]),
    limit=st.integers(0, 12),
)
def test_a_cap_refuses_what_a_recount_by_hand_refuses(booked, day, part, unit, per, limit):
    document = agreement(cap("only", limit=limit, unit=f'"{unit}"', per=f'"{per}"'))
    facts = person(today=date(2026, 10, 30), booked=booked)
    if booked.get(day, 0) & part.halves:
        return
    held = {**booked, day: booked.get(day, 0) | part.halves}
    total = sum(SIZES[unit][halves] for other, halves in held.items() if together(other, day, per))
    expected = {"cap"} if total > limit * SCALE[unit] else set()
    assert {code.partition(".")[0] for code in refusing(facts, document, day, part)} == expected


@settings(max_examples=60, deadline=None)
@given(booked=bookings, day=st.sampled_from(WORKED), days=st.sampled_from([7, 14, 28]), limit=st.integers(1, 8))
def test_no_rolling_window_is_ever_fuller_than_the_cap(booked, day, days, limit):
    """If a day is allowed, every run of that many days that holds it stays within the cap; else one does not."""
    booked.pop(day, None)
    document = agreement(cap("only", limit=limit, unit='"day"', per='"week"', every=days // 7, rolling="true"))
    held = {**booked, day: 3}
    starts = (day - timedelta(days=offset) for offset in range(days))
    fullest = max(
        sum(halves.bit_count() for other, halves in held.items() if 0 <= (other - start).days < days)
        for start in starts
    )
    facts = person(today=date(2026, 10, 30), booked=booked)
    assert bool(refusing(facts, document, day)) == (fullest > limit * 2)


@settings(max_examples=60, deadline=None)
@given(booked=bookings, day=st.sampled_from(WORKED), base=st.integers(0, 3), extra=st.integers(0, 3))
def test_an_extra_is_used_only_when_the_week_is_full(booked, day, base, extra):
    booked.pop(day, None)
    document = agreement(
        cap("base", limit=base, unit='"day"', per='"week"'),
        cap("extra", limit=extra, unit='"day"', per='"month"', on_top_of='["base"]'),
    )
    weeks: dict[date, int] = {}
    over: dict[date, int] = {}
    for other, halves in sorted(booked.items()):
        monday = other - timedelta(days=other.weekday())
        fits = min(halves.bit_count(), base * 2 - weeks.get(monday, 0))
        weeks[monday] = weeks.get(monday, 0) + fits
        over[other] = halves.bit_count() - fits
    room = base * 2 - weeks.get(day - timedelta(days=day.weekday()), 0)
    beyond = max(0, 2 - room)
    month = sum(points for other, points in over.items() if (other.year, other.month) == (day.year, day.month))
    facts = person(today=date(2026, 10, 30), booked=booked)
    decision = decide(Request(day), facts, document)
    assert bool(decision.failing) == bool(beyond and month + beyond > extra * 2)
    if beyond and not decision.failing:
        assert any(finding.data.get("counted_on") == "extra" for finding in decision.findings)


@settings(max_examples=25, deadline=None)
@given(booked=bookings, part=st.sampled_from(list(Part)))
def test_greying_a_season_under_several_caps_says_what_each_decision_says(booked, part):
    document = agreement(
        cap("w", limit=2, unit='"day"', per='"week"'),
        cap("x", limit=2, unit='"half_day"', per='"month"', on_top_of='["w"]'),
        cap("s", limit=9, unit='"slot"', per='"month"'),
        cap("r", limit=20, unit='"day"', per='"month"', every=3, rolling="true"),
        readings=READINGS + '[readings.half_days_merge]\nchoice = "half_days_only"\nby = "ours"\n',
    )
    facts = person(today=date(2026, 10, 30), booked=booked)
    greyed = glance(facts, document, SPAN, part)
    for day in SPAN:
        assert greyed[day].verdict is decide(Request(day, part), facts, document).verdict, day


def contract(start: date, end: date | None = None, rate: object = 100) -> ContractFacts:
    return ContractFacts(start, end, Decimal(str(rate)), "permanent")


@st.composite
def _contracts(draw):
    start = draw(st.dates(date(1990, 1, 1), date(2098, 12, 31)))
    found = []
    for _ in range(draw(st.integers(1, 4))):
        end = start + timedelta(days=draw(st.integers(0, 300)))
        found.append(contract(start, end, draw(st.sampled_from(["100", "80", "66.67", "50"]))))
        start = end + timedelta(days=draw(st.sampled_from([1, 1, 15, 90])))
    return found


PRORATED = agreement(
    cap("main", limit=48, unit='"day"', per='"year"', prorated="true").replace("2020", "1980"), head=LONG_AGO
)


@settings(max_examples=150, deadline=None)
@given(
    contracts=_contracts(),
    months=st.sampled_from(["started", "complete", "half"]),
    month=st.integers(1, 12),
)
def test_twelfths_add_up_and_no_month_is_counted_twice(contracts, months, month):
    readings = {
        "within_year": {"choice": "by_months", "months": months},
        "year_start": {"choice": "from_month", "month": month},
        "rounding": {"choice": "none"},
    }
    document = with_readings(PRORATED, readings)
    for held in contracts:
        found = entitlement(person(contracts=tuple(contracts)), document, held.start)
        assert sum(line.days for line in found.lines) == found.total
        counted = [line.data["months"] for line in found.lines if line.code == "twelfths"]
        assert 0 <= sum(counted) <= 12
        assert found.first <= held.start <= found.last
        assert len(entitlement_lines(found, "fr")) == len(found.lines)


@settings(max_examples=60, deadline=None)
@given(year=st.integers(1990, 2099), cut=st.integers(0, 364), rate=st.sampled_from(["100", "80", "50"]))
def test_a_year_cut_in_two_contracts_of_one_rate_is_a_whole_year(year, cut, rate):
    start = date(year, 1, 1)
    middle = start + timedelta(days=cut)
    whole = person(contracts=(contract(start, None, rate),))
    parted = person(contracts=(contract(start, middle, rate), contract(middle + timedelta(days=1), None, rate)))
    for choice in ({"choice": "by_days"}, {"choice": "by_months", "months": "started"}, {"choice": "whole_year"}):
        document = with_readings(PRORATED, {"within_year": choice, "rounding": {"choice": "none"}})
        assert entitlement(whole, document, middle).total == entitlement(parted, document, middle).total
        assert entitlement(whole, document, middle).total == Decimal(48) * Decimal(rate) / 100


@pytest.mark.parametrize(
    ("readings", "quota"),
    [
        ({"change_of_value": {"choice": "first_day"}}, 48),
        ({"within_year": {"choice": "by_months", "months": "started"}}, 16),
    ],
)
def test_a_scheme_that_starts_in_september_opens_its_envelope_as_read(readings, quota):
    head = HEAD.replace("2020-01-01", "2021-09-01")
    written = cap("main", limit=48, unit='"day"', per='"year"', prorated="true").replace("2020-01-01", "2021-09-01")
    document = with_readings(agreement(written, head=head), readings)
    assert entitlement(person(), document, date(2021, 10, 1)).total == quota


def test_pages_see_a_balance_and_a_gauge_for_every_cap():
    document = agreement(
        cap("weekly", limit=3, unit='"day"', per='"week"'),
        cap("slots", limit=36, unit='"slot"', per='"year"'),
    )
    facts = person(booked={date(2026, 6, 8): 3, date(2026, 6, 10): 1}, pending={date(2026, 6, 10): 1})
    told = balance(facts, document, date(2026, 6, 10))
    assert (told.entitlement.unit, told.entitlement.total, told.done, told.pending, told.left) == ("slot", 36, 1, 1, 34)
    found = {(gauge.per, gauge.unit): (gauge.used, gauge.limit) for gauge in gauges(facts, document, date(2026, 6, 10))}
    assert found == {
        ("week", "day"): (Decimal("1.5"), 3),
        ("month", "day"): (Decimal("1.5"), None),
        ("year", "slot"): (2, 36),
    }


def test_a_cap_made_for_others_refuses_nobody():
    document = agreement(
        cap("only", limit=0, unit='"day"', per='"week"').replace(
            "[[rules.values]]", 'population = { statuses = ["fixed_term"] }\n[[rules.values]]'
        )
    )
    day = date(2026, 6, 17)
    assert refusing(person(), document, day) == set()
    temporary = replace(person().contracts[0], status="fixed_term")
    assert refusing(person(contracts=(temporary,)), document, day) == {"cap.nothing"}


UNITS = st.sampled_from(["day", "half_day", "slot", "hour", "occasion", "week"])
PERIODS = st.sampled_from(["week", "fortnight", "month", "quarter", "half_year", "year", "mission", "always"])
some_numbers = st.sampled_from([None, "0", "1", "2.5", "12"])
flags = st.sampled_from([None, "true", "false"])
written_caps = st.fixed_dictionaries(
    {
        "unit": UNITS.map('"{}"'.format),
        "per": PERIODS.map('"{}"'.format),
        "limit": st.sampled_from(["0", "1", "2.5", "12"]),
        "every": st.sampled_from([None, "1", "2", "5"]),
        "rolling": flags,
        "averaged": flags,
        "prorated": flags,
        "starts": st.sampled_from([None, "2024-02-29", "2026-08-31"]),
        "starts_with": st.sampled_from([None, '"hired"', '"mission"', '"nothing"']),
        "during": st.sampled_from([None, '"mission"']),
        "agreed": st.sampled_from([None, None, '"volume"']),
        "as_of_right": some_numbers,
        "beyond": st.sampled_from([None, '"case_by_case"']),
        "on_top_of": st.sampled_from([None, None, '["base"]']),
    }
)
TRAITS = (
    TraitFacts("mission", date(2026, 5, 1), date(2026, 12, 31)),
    TraitFacts("volume", date(2026, 1, 1), date(2026, 12, 31), Decimal(2)),
)
ANY_READING = READINGS + "".join(
    f'[readings.{name}]\nchoice = "{choice}"\nby = "ours"\n{more}'
    for name, choice, more in [
        ("measured_over", "month", 'weeks = "by_days"\n'),
        ("empty_weeks", "left_out", ""),
        ("half_days_merge", "half_days_only", ""),
    ]
)


@settings(max_examples=250, deadline=None)
@given(keys=written_caps, booked=bookings, day=st.sampled_from(WORKED), part=st.sampled_from(list(Part)))
def test_whatever_keys_are_combined_a_cap_is_a_fault_or_an_answer(keys, booked, day, part):
    """Never an exception, and the sentence has its numbers; removing a booking never turns a yes into a no."""
    written = {key: value for key, value in keys.items() if value is not None}
    try:
        document = agreement(
            cap("base", limit=2, unit='"day"', per='"week"'), cap("drawn", **written), readings=ANY_READING
        )
    except AgreementError as error:
        assert str(error)
        return
    facts = person(today=date(2026, 10, 30), booked=booked, traits=TRAITS)
    decision = decide(Request(day, part), facts, document)
    for finding in decision.findings:
        assert not set(whole(finding, "fr") + whole(finding, "en")) & {"{", "}"}
    gauges(facts, document, day)
    balance(facts, document, day)
    if decision.verdict is Verdict.ALLOWED and booked and keys["unit"] != '"occasion"':
        fewer = {other: halves for other, halves in booked.items() if other != min(booked)}
        freed = decide(Request(day, part), person(today=date(2026, 10, 30), booked=fewer, traits=TRAITS), document)
        assert freed.verdict is Verdict.ALLOWED


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ({"per": '"year"'}, 0),
        ({"per": '"week"'}, 0),
        ({"per": '"week"', "every": 4}, 28),
        ({"per": '"month"', "every": 3, "rolling": "true"}, 93),
        ({"per": '"year"', "starts_with": '"hired"'}, 372),
    ],
)
def test_an_agreement_says_how_far_it_looks_back(written, days):
    assert reach_of(agreement(cap("only", limit=2, unit='"day"', **written))) == days


def test_a_month_carried_over_is_looked_back_at():
    carry = rule("carry_over", 'from = 2020-01-01;cap = "only";limit = 2', extra='name = "carry"')
    assert reach_of(agreement(cap("only", limit=2, unit='"day"', per='"month"'), carry)) == 62


def test_what_a_period_leaves_is_not_guessed_where_the_facts_do_not_reach_it():
    text = agreement(
        rule("cap", 'from = 2020-01-01; limit = 2; unit = "day"; per = "year"', extra='name = "yearly"'),
        rule("carry_over", 'from = 2020-01-01; cap = "yearly"; limit = 1'),
    )
    taken = {date(2026, 6, 15): 3, date(2026, 6, 16): 3}
    short = calendar(date(2025, 6, 1), date(2026, 12, 31))
    asked = date(2026, 6, 17)
    assert refusing(person(booked=taken), text, asked) == set()
    assert refusing(person(booked=taken, workdays=short), text, asked) == {"cap.not_known"}
    assert refusing(person(booked={}, workdays=short), text, asked) == set()
    new = (ContractFacts(date(2026, 1, 5), None, Decimal(100), "permanent"),)
    assert refusing(person(booked=taken, workdays=short, contracts=new), text, asked) == {"cap.exceeded"}
