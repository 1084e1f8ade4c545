"""Days due over a year: the sum adds up whatever the contracts, the year and the rounding."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.core import ContractFacts, Facts, NoValueInForce, allowance, balance, entitlement, gauges
from policies.core.agreement import with_readings
from policies.core.explain import entitlement_lines

from .given import HEAD, TODAY, agreement, person, rule

CAP = agreement(
    rule("yearly_cap", 'from = 1980-01-01;limit = 100;unit = "day"'), head=HEAD.replace("2020-01-01", "1980-01-01")
)


def contract(start: date, end: date | None = None, rate: object = 100, status: str = "permanent") -> ContractFacts:
    return ContractFacts(start, end, Decimal(str(rate)), status)


def due(*contracts: ContractFacts, on: date = TODAY, document=CAP):
    return entitlement(Facts(TODAY, contracts=contracts), document, on)


@pytest.mark.parametrize(
    ("contracts", "total"),
    [
        ([contract(date(2015, 1, 1))], "100"),
        ([contract(date(2015, 1, 1), rate=80)], "80"),
        ([contract(date(2015, 1, 1), rate="87.5")], "87.5"),
        ([contract(date(2026, 7, 1))], "50.5"),
        ([contract(date(2015, 1, 1), date(2026, 6, 30))], "50"),
        ([contract(date(2026, 12, 31))], "0.5"),
        ([contract(date(2015, 1, 1), date(2026, 6, 30)), contract(date(2026, 7, 1), rate=50)], "75"),
        ([contract(date(2015, 1, 1), date(2026, 6, 30)), contract(date(2026, 7, 1))], "100"),
        ([contract(date(2015, 1, 1), date(2026, 3, 31)), contract(date(2026, 10, 1))], "50"),
        ([], "0"),
    ],
)
def test_days_due_follow_the_contracts_of_the_year(contracts, total):
    found = due(*contracts)
    assert found.total == Decimal(total)
    assert sum(line.days for line in found.lines) == found.total
    assert (found.first, found.last, found.article) == (date(2026, 1, 1), date(2026, 12, 31), "1")


def test_a_leap_year_has_366_days():
    found = due(contract(date(2028, 7, 1)), on=date(2028, 8, 1))
    assert found.lines[0].data["calendar_days"] == 184
    assert found.lines[0].data["year_days"] == 366
    assert found.total == Decimal("50.5")


@pytest.mark.parametrize(
    ("direction", "step", "of", "total"),
    [
        ("up", "half_day", "total", "75.5"),
        ("down", "half_day", "total", "75"),
        ("nearest", "half_day", "total", "75"),
        ("up", "day", "total", "76"),
        ("down", "day", "total", "75"),
        ("up", "day", "each_part", "76"),
        ("down", "day", "each_part", "74"),
        ("nearest", "half_day", "each_part", "75"),
    ],
)
def test_rounding_is_a_reading(direction, step, of, total):
    """183 days at 100 % are 50.137 days, the other 182 at 50 % are 24.932: 75.068 in all."""
    document = with_readings(CAP, {"rounding": {"choice": direction, "step": step, "of": of}})
    first_half = contract(date(2015, 1, 1), date(2026, 7, 2))
    second_half = contract(date(2026, 7, 3), rate=50)
    exact = Decimal(183 * 100 + 182 * 50) / 365
    assert Decimal("75.06") < exact < Decimal("75.07")
    found = due(first_half, second_half, document=document)
    assert found.total == Decimal(total)
    assert sum(line.days for line in found.lines) == found.total


_RATES = st.sampled_from(["100", "90", "87.5", "80", "66.67", "60", "50", "33.33"])


@st.composite
def _contracts(draw):
    """Contracts one after the other, with or without gaps."""
    start = draw(st.dates(date(1990, 1, 1), date(2098, 12, 31)))
    found = []
    for _ in range(draw(st.integers(1, 5))):
        end = start + timedelta(days=draw(st.integers(0, 300)))
        found.append(contract(start, end, draw(_RATES)))
        start = end + timedelta(days=draw(st.sampled_from([1, 1, 15])))
    return found


@settings(max_examples=200, deadline=None)
@given(
    contracts=_contracts(),
    month=st.integers(1, 12),
    direction=st.sampled_from(["up", "down", "nearest"]),
    step=st.sampled_from(["half_day", "day"]),
    of=st.sampled_from(["total", "each_part"]),
)
def test_the_parts_always_add_up_to_the_whole(contracts, month, direction, step, of):
    readings = {
        "rounding": {"choice": direction, "step": step, "of": of},
        "year_start": {"choice": "from_month", "month": month},
    }
    document = with_readings(CAP, readings)
    for held in contracts:
        found = due(*contracts, on=held.start, document=document)
        assert sum(line.days for line in found.lines) == found.total
        assert found.total % (1 if step == "day" else Decimal("0.5")) == 0
        assert found.first <= held.start <= found.last
        assert 365 <= (found.last - found.first).days + 1 <= 366
        parts = [line for line in found.lines if line.code == "stretch"]
        assert sum(part.data["calendar_days"] for part in parts) == _days_held(contracts, found.first, found.last)
        assert len(entitlement_lines(found, "fr")) == len(found.lines)


def _days_held(contracts, first: date, last: date) -> int:
    spans = [(max(held.start, first), min(held.end, last)) for held in contracts]
    return sum(max(0, (end - start).days + 1) for start, end in spans)


@settings(max_examples=100, deadline=None)
@given(day=st.dates(date(1990, 1, 2), date(2100, 12, 31)))
def test_cutting_a_contract_in_two_changes_nothing(day):
    whole = due(contract(date(1985, 1, 1), rate=80), on=day)
    cut = due(contract(date(1985, 1, 1), day - timedelta(days=1), 80), contract(day, rate=80), on=day)
    assert cut.total == whole.total == 80
    assert cut.lines == whole.lines


def test_years_follow_one_another_without_hole_or_overlap():
    document = with_readings(CAP, {"year_start": {"choice": "from_month", "month": 3}})
    first = due(contract(date(2015, 1, 1)), on=date(2028, 2, 29), document=document)
    following = due(contract(date(2015, 1, 1)), on=date(2028, 3, 1), document=document)
    assert (first.first, first.last) == (date(2027, 3, 1), date(2028, 2, 29))
    assert following.first == date(2028, 3, 1)


SCALE = [{"rate": 80, "days": 78}, {"rate": 50, "days": 40}]


@pytest.mark.parametrize(
    ("between", "rate", "total"),
    [("error", 80, "78"), ("row_below", 79, "40"), ("linear", 65, "59"), ("linear", 90, "89"), ("error", 100, "100")],
)
def test_a_scale_gives_the_days_entered(between, rate, total):
    document = with_readings(CAP, {"part_time": {"choice": "scale", "scale": SCALE, "between": between}})
    assert due(contract(date(2015, 1, 1), rate=rate), document=document).total == Decimal(total)


@pytest.mark.parametrize(("between", "rate"), [("error", 70), ("row_below", 40), ("linear", 40)])
def test_a_rate_outside_the_scale_is_not_guessed(between, rate):
    document = with_readings(CAP, {"part_time": {"choice": "scale", "scale": SCALE, "between": between}})
    with pytest.raises(NoValueInForce, match="part_time"):
        due(contract(date(2015, 1, 1), rate=rate), document=document)


@pytest.mark.parametrize(("reading", "total"), [("by_days", "110.5"), ("first_day", "100")])
def test_a_cap_that_changes_within_the_year_follows_its_reading(reading, total):
    document = agreement(
        rule("yearly_cap", 'from = 2020-01-01;limit = 100;unit = "day"', 'from = 2026-07-02;limit = 120;unit = "day"')
    )
    document = with_readings(document, {"change_of_value": {"choice": reading}})
    found = due(contract(date(2015, 1, 1)), document=document)
    assert found.total == Decimal(total)
    assert due(contract(date(2015, 1, 1)), on=date(2025, 5, 1), document=document).total == 100
    assert due(contract(date(2015, 1, 1)), on=date(2027, 5, 1), document=document).total == 120


def test_a_year_before_the_agreement_is_not_counted_as_nought():
    with pytest.raises(NoValueInForce, match="12 May 1979"):
        due(contract(date(1970, 1, 1)), on=date(1979, 5, 12))


def test_without_a_yearly_cap_nothing_is_due_and_nothing_is_pretended():
    document = agreement(rule("weekly_cap", 'from = 2020-01-01;limit = 3;unit = "day"'))
    assert entitlement(person(), document, TODAY) is None
    assert balance(person(), document, TODAY) is None


def test_the_whole_year_may_be_due_to_those_who_arrive():
    document = with_readings(CAP, {"within_year": {"choice": "whole_year"}})
    assert due(contract(date(2026, 7, 1), rate=80), document=document).total == 80


def test_a_balance_parts_what_is_done_booked_and_pending():
    booked = {date(2026, 6, 8): 3, TODAY: 3, date(2026, 6, 19): 3, date(2026, 6, 22): 1, date(2025, 12, 31): 3}
    facts = person(booked=booked, pending={date(2026, 6, 19): 3, date(2026, 6, 22): 1})
    found = balance(facts, CAP, TODAY)
    assert (found.done, found.booked, found.pending, found.left) == (1, 1, Decimal("1.5"), Decimal("96.5"))


def test_the_balance_is_that_of_ordinary_days_whatever_other_yearly_caps_there_are():
    kept = 'from = 2020-01-01;limit = {};unit = "day";per = "{}"'
    school = rule("cap", kept.format(0, "year"), extra='name = "a"\nforms = ["school"]')
    extra = rule("cap", kept.format(5, "year") + ';on_top_of = ["c"]', extra='name = "b"')
    ordinary = rule("cap", kept.format(20, "half_year"), extra='name = "c"\nforms = ["ordinary"]')
    document = agreement(school, extra, ordinary)
    assert entitlement(person(), document, TODAY).total == 20
    assert balance(person(booked={TODAY: 3}), document, TODAY).left == 19
    assert entitlement(person(), agreement(school), TODAY).total == 0


def test_gauges_count_the_week_and_the_month_and_show_their_caps():
    document = agreement(rule("weekly_cap", 'from = 2020-01-01;limit = 3;unit = "day"'))
    facts = person(booked={date(2026, 6, 29): 3, date(2026, 7, 1): 1, date(2026, 7, 31): 3})
    week, month = gauges(facts, document, date(2026, 7, 1))
    assert (week.first, week.last, week.used, week.limit) == (date(2026, 6, 29), date(2026, 7, 5), Decimal("1.5"), 3)
    assert (month.first, month.last, month.used, month.limit) == (
        date(2026, 7, 1),
        date(2026, 7, 31),
        Decimal("1.5"),
        None,
    )


def test_the_allowance_pays_granted_days_each_at_its_rate():
    document = agreement(
        rule("allowance_per_day", "from = 2020-01-01;amount = 2.30", "from = 2026-06-15;amount = 2.50")
    )
    booked = {date(2026, 6, 12): 3, date(2026, 6, 15): 1, date(2026, 6, 16): 3, date(2026, 7, 1): 3}
    facts = person(booked=booked, pending={date(2026, 6, 16): 3})
    paid = allowance(facts, document, date(2026, 6, 1), date(2026, 6, 30))
    assert (paid.days, paid.rate, paid.amount, paid.article) == (Decimal("1.5"), Decimal("2.50"), Decimal("3.55"), "1")
    assert allowance(facts, CAP, date(2026, 6, 1), date(2026, 6, 30)) is None
