"""A booked day that an absence covers later: counted as long as it is held, unless the agreement gives it back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from policies.core import NoValueInForce, Verdict, allowance, balance, decide, gauges
from policies.core.agreement import load
from policies.core.facts import ContractFacts, Facts, Request, Workday
from tests.factories import agreement_text

MONDAY = date(2026, 6, 8)
DAYS = [MONDAY + timedelta(days=offset) for offset in range(5)]
WEEKLY = (
    '\n[[rules]]\nkind = "weekly_cap"\narticle = "1"\n[[rules.values]]\nfrom = 2020-01-01\nlimit = 2\nunit = "day"\n'
)
PAID = '\n[[rules]]\nkind = "allowance_per_day"\narticle = "1"\n[[rules.values]]\nfrom = 2020-01-01\namount = 2.50\n'
READING = '\n[readings.absent_later]\nchoice = "{choice}"\nby = "ours"\narticle = "1"\n'


def document(choice: str = ""):
    text = agreement_text(approval=False) + WEEKLY + PAID
    return load(text.replace("[[rules]]", READING.format(choice=choice) + "[[rules]]", 1) if choice else text)


def facts(absent: int = 3) -> Facts:
    """Monday and Tuesday are booked; an absence came over these halves of Tuesday."""
    workdays = {day: Workday(day, due=3, absent=absent if day == DAYS[1] else 0) for day in DAYS}
    contracts = (ContractFacts(date(2020, 1, 1), None, Decimal(100), "permanent"),)
    return Facts(date(2026, 6, 1), contracts=contracts, workdays=workdays, booked={DAYS[0]: 3, DAYS[1]: 3})


@pytest.mark.parametrize(
    ("choice", "absent", "booked", "verdict", "paid"),
    [
        ("", 3, 2, Verdict.REFUSED, 5),
        ("counted", 3, 2, Verdict.REFUSED, 5),
        ("given_back", 3, 1, Verdict.ALLOWED, Decimal("2.5")),
        ("given_back", 1, Decimal("1.5"), Verdict.REFUSED, Decimal("3.75")),
        ("given_back", 0, 2, Verdict.REFUSED, 5),
    ],
)
def test_balance_caps_and_allowance_follow_the_reading(choice, absent, booked, verdict, paid):
    agreement, person = document(choice), facts(absent)
    held = balance(person, agreement, MONDAY)
    assert (held.booked, held.left) == (booked, 100 - booked)
    assert gauges(person, agreement, MONDAY)[0].used == booked
    assert decide(Request(DAYS[2]), person, agreement).verdict is verdict
    assert allowance(person, agreement, DAYS[0], DAYS[4]).amount == paid


def test_what_is_counted_under_one_reading_is_not_taken_for_the_other():
    person = facts()
    assert [balance(person, document(choice), MONDAY).booked for choice in ("given_back", "counted")] == [1, 2]


def test_an_open_reading_refuses_to_guess():
    with pytest.raises(NoValueInForce, match="absent_later"):
        balance(facts(), document("open"), MONDAY)
