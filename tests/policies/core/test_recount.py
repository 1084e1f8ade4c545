"""The engine against a recount by hand: random weeks, halves, holidays and absences, counted in plain loops."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.core import Part, Request, Workday, balance, decide, glance
from tests.policies.core import given as giving

FIRST, LAST = date(2026, 11, 2), date(2027, 1, 31)
SPAN = [FIRST + timedelta(days=offset) for offset in range((LAST - FIRST).days + 1)]
TODAY = date(2026, 10, 30)
WEEKLY, MONTHLY, YEARLY, ON_SITE = 2.5, 6, 12, 1.5
SIZE = {0: 0.0, 1: 0.5, 2: 0.5, 3: 1.0}
AGREEMENT = giving.agreement(
    giving.rule("weekly_cap", f'from = 2020-01-01;limit = {WEEKLY};unit = "day"'),
    giving.rule("monthly_cap", f'from = 2020-01-01;limit = {MONTHLY};unit = "day"'),
    giving.rule("yearly_cap", f'from = 2020-01-01;limit = {YEARLY};unit = "day"'),
    giving.rule("minimum_on_site", f"from = 2020-01-01;limit = {ON_SITE}"),
)
halves = st.sampled_from([0, 0, 1, 2, 3])
calendars = st.fixed_dictionaries(
    {
        "due": st.lists(st.sampled_from([0, 1, 2, 3, 3, 3, 3]), min_size=7, max_size=7),
        "absent": st.dictionaries(st.sampled_from(SPAN), st.sampled_from([1, 2, 3]), max_size=10),
        "holidays": st.sets(st.sampled_from(SPAN), max_size=4),
        "wished": st.dictionaries(st.sampled_from(SPAN), st.sampled_from([1, 2, 3]), max_size=16),
    }
)


def facts_of(drawn):
    days = {
        day: Workday(
            day,
            due=0 if day in drawn["holidays"] else drawn["due"][day.weekday()],
            absent=drawn["absent"].get(day, 0) & (0 if day in drawn["holidays"] else drawn["due"][day.weekday()]),
            holiday="Holiday" if day in drawn["holidays"] else "",
        )
        for day in SPAN
    }
    booked = {day: wish & days[day].due & ~days[day].absent for day, wish in drawn["wished"].items()}
    return giving.person(today=TODAY, workdays=days, booked={day: held for day, held in booked.items() if held})


def recount(facts, day: date, asked: int) -> set[str]:
    """The rules that a patient clerk would find broken, with the day in the calendar."""
    held = dict(facts.booked)
    workday, broken = facts.workdays[day], set()
    if asked & ~(workday.due & ~workday.absent):
        broken.add("day_worked")
    if held.get(day, 0) & asked:
        broken.add("already_booked")
    held[day] = held.get(day, 0) | asked
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=offset) for offset in range(7)]

    def total(wanted) -> float:
        return sum(SIZE[mask] for one, mask in held.items() if wanted(one))

    if total(lambda one: one in week) > WEEKLY:
        broken.add("weekly_cap")
    if total(lambda one: (one.year, one.month) == (day.year, day.month)) > MONTHLY:
        broken.add("monthly_cap")
    if total(lambda one: one.year == day.year) > YEARLY:
        broken.add("yearly_cap")
    present = 0.0
    for one in week:
        known = facts.workdays.get(one)
        present += SIZE[known.due & ~known.absent & ~held.get(one, 0)] if known else 0
    if present < ON_SITE:
        broken.add("minimum_on_site")
    return broken


@settings(max_examples=150, deadline=None)
@given(drawn=calendars, day=st.sampled_from(SPAN), part=st.sampled_from(list(Part)))
def test_a_decision_is_what_a_recount_by_hand_finds(drawn, day, part):
    facts = facts_of(drawn)
    found = {finding.rule for finding in decide(Request(day, part), facts, AGREEMENT).failing}
    expected = recount(facts, day, part.halves)
    if expected & {"day_worked", "already_booked"}:
        assert found & {"day_worked", "already_booked"}
    else:
        assert found == expected


@settings(max_examples=40, deadline=None)
@given(drawn=calendars, part=st.sampled_from(list(Part)))
def test_greying_a_season_says_what_each_decision_says(drawn, part):
    facts = facts_of(drawn)
    greyed = glance(facts, AGREEMENT, SPAN, part)
    for day in SPAN:
        assert greyed[day].verdict is decide(Request(day, part), facts, AGREEMENT).verdict, day


@settings(max_examples=100, deadline=None)
@given(drawn=calendars, year=st.sampled_from([2026, 2027]))
def test_a_balance_adds_up(drawn, year):
    facts = facts_of(drawn)
    told = balance(facts, AGREEMENT, date(year, 12, 31))
    assert float(told.booked) == sum(SIZE[mask] for day, mask in facts.booked.items() if day.year == year)
    assert told.left == told.entitlement.total - told.done - told.booked - told.pending


@pytest.mark.parametrize("name", ["weekly_cap", "monthly_cap", "yearly_cap", "minimum_on_site"])
def test_the_recount_meets_every_rule(name):
    """The property says something only if the calendars drawn break each rule now and then."""
    busy = {day: 3 for day in SPAN if day.weekday() < 5}
    drawn = {"due": [3] * 5 + [0, 0], "absent": {}, "holidays": set(), "wished": busy}
    facts = facts_of(drawn).without(SPAN[15], 3)
    assert name in recount(facts, SPAN[15], 3)
