"""What granted days are paid, by the clause that pays days: rates, half-days, ceilings, dates."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from policies.core import ContractFacts, allowance
from policies.core.engine import consult
from policies.core.rules.allowances import ALLOWANCE

from .given import agreement, person, rule

FROM = "from = 2020-01-01;"
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
NINE = {date(2026, 3, 2) + timedelta(days=n): 3 for n in (0, 1, 2, 3, 4, 7, 8, 9, 10)}


def paid(values: str, booked=NINE, first=FIRST, last=LAST, **changed):
    document = agreement(rule("allowance", FROM + values))
    return allowance(person(booked=booked, **changed), document, first, last)


@pytest.mark.parametrize(
    ("values", "amount"),
    [
        ('amount = 2.30;unit = "day"', "20.70"),
        ('amount = 1.15;unit = "half_day"', "20.70"),
        ('amount = 2.30;unit = "day";month_most = 20', "20.00"),
        ('amount = 2.30;unit = "day";year_most = 5', "5.00"),
        ('amount = 2.30;unit = "day";since = 2026-03-11', "4.60"),
        ('amount = 2.30;unit = "day";by_rate = true', "20.70"),
    ],
)
def test_days_are_paid_at_their_rate_within_the_ceilings(values, amount):
    assert paid(values).amount == Decimal(amount)


def test_what_the_year_was_paid_before_counts_in_its_ceiling():
    before = {date(2026, 1, 5) + timedelta(days=n): 3 for n in range(4)}
    assert paid('amount = 2;unit = "day";year_most = 20', booked={**before, **NINE}).amount == 12
    assert paid('amount = 2;unit = "day";month_most = 10', booked={**before, **NINE}).amount == 10


@pytest.mark.parametrize(("half_day", "amount"), [("half", "1"), ("whole", "2"), ("none", "0")])
def test_a_half_day_counts_as_the_clause_says(half_day, amount):
    found = paid(f'amount = 2;unit = "day";half_day = "{half_day}"', booked={date(2026, 3, 2): 1})
    assert found.amount == Decimal(amount)


def test_a_part_timer_is_paid_by_the_rate_of_the_contract():
    contract = ContractFacts(date(2015, 1, 1), None, Decimal(80), "permanent")
    assert paid('amount = 2.50;unit = "day";by_rate = true', contracts=(contract,)).amount == 18


def test_a_day_still_awaiting_its_answer_is_not_paid():
    assert paid('amount = 2;unit = "day"', pending={date(2026, 3, 2): 3}).amount == 16


def test_sums_by_the_month_are_not_paid_by_the_day():
    readings = "\n[readings.empty_month]\nchoice = 'due'\nby = 'ours'\n"
    document = agreement(rule("allowance", FROM + 'amount = 20;unit = "month"'), readings=readings)
    assert allowance(person(booked=NINE), document, FIRST, LAST) is None


def test_the_parts_of_a_year_are_paid_what_the_year_is():
    days = {date(2026, 1, 1) + timedelta(days=n): 3 for n in range(0, 365, 3)}
    year = paid('amount = 2.88;unit = "day";year_most = 253.44', days, date(2026, 1, 1), date(2026, 12, 31))
    starts = [*(date(2026, month, 1) for month in range(1, 13)), date(2027, 1, 1)]
    months = [
        paid('amount = 2.88;unit = "day";year_most = 253.44', days, start, following - timedelta(days=1)).amount
        for start, following in pairwise(starts)
    ]
    assert sum(months) == year.amount == Decimal("253.44")


DUE = (
    f'{FROM}until = 2026-03-31;amount = 2;unit = "day"',
    'from = 2026-04-01;amount = 3;unit = "day"',
)
ARREARS = (DUE[0], 'from = 2026-04-01;amount = 3;unit = "day";since = 2026-03-31')
ACROSS = tuple(date(2026, 3, 30) + timedelta(days=n) for n in range(4))


@pytest.mark.parametrize(
    ("values", "due"),
    [
        (DUE, "10.00"),
        (ARREARS, "11.00"),
        ((DUE[0] + ";unpaid_days = 1", DUE[1] + ";unpaid_days = 1"), "8.00"),
        (("from = 2020-01-01;applies = false", DUE[1]), "6.00"),
        ((DUE[0] + ";month_most = 4.5", DUE[1] + ";month_most = 4.5"), "9.00"),
    ],
    ids=["each day at its amount", "arrears", "the first day unpaid", "nothing before", "a ceiling for each month"],
)
def test_days_asked_about_are_each_paid_what_holds_on_them(values, due):
    document = agreement(rule("allowance", *values))
    asked = {**{key: param.default for key, param in ALLOWANCE.asks.items()}, "dates": ACROSS}
    assert consult("allowance", asked, person(), document, day=LAST + timedelta(days=20)).data["due"] == due
