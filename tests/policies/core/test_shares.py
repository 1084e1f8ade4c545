"""Shares of time and minimums on site against a recount by hand, day after day."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.core import AgreementError, Part, Request, TraitFacts, Workday, consult, decide

from .given import READINGS, agreement, calendar, person, rule

FIRST, LAST = date(2026, 11, 2), date(2027, 2, 28)
SPAN = [FIRST + timedelta(days=offset) for offset in range((LAST - FIRST).days + 1)]
WEEKDAYS = [day for day in SPAN if day.weekday() < 5]
days_and_halves = st.dictionaries(st.sampled_from(WEEKDAYS), st.sampled_from([1, 2, 3, 3]), max_size=25)
EXACT = READINGS + '[readings.share_rounding]\nchoice = "exact"\nby = "ours"\n'


def facts_of(booked, absent, holidays):
    days = dict(calendar(date(2025, 12, 1), date(2027, 12, 31)))
    for day, halves in absent.items():
        days[day] = Workday(day, due=3, absent=halves)
    for day in holidays:
        days[day] = Workday(day, holiday="Holiday")
    held = {day: halves & days[day].available for day, halves in booked.items()}
    return person(
        today=date(2026, 10, 30), workdays=days, booked={day: halves for day, halves in held.items() if halves}
    )


def in_same(one: date, two: date, per: str) -> bool:
    if per == "month":
        return (one.year, one.month) == (two.year, two.month)
    return one - timedelta(days=one.weekday()) == two - timedelta(days=two.weekday())


@settings(max_examples=120, deadline=None)
@given(
    booked=days_and_halves,
    absent=days_and_halves,
    holidays=st.sets(st.sampled_from(WEEKDAYS), max_size=4),
    day=st.sampled_from(WEEKDAYS),
    of=st.sampled_from(["contractual", "scheduled", "due", "absences_as_presence"]),
    key=st.sampled_from(["most", "least"]),
    per=st.sampled_from(["week", "month"]),
    percent=st.integers(0, 100),
)
def test_a_share_is_what_a_recount_by_hand_finds(booked, absent, holidays, day, of, key, per, percent):
    facts = facts_of(booked, absent, holidays)
    document = agreement(
        rule("share", f'from = 2020-01-01;{key} = {percent};of = "{of}";per = "{per}"'), readings=EXACT
    )
    part = Part.FULL if facts.workdays[day].available == 3 and not facts.booked.get(day) else None
    if part is None:
        return
    whole = remote = site = 0
    for other, workday in facts.workdays.items():
        if not in_same(other, day, per):
            continue
        usual = 2 if other.weekday() < 5 else 0
        due = 0 if workday.holiday else usual
        worked = workday.available.bit_count()
        held = 2 if other == day else facts.booked.get(other, 0).bit_count()
        whole += {"contractual": usual, "scheduled": due, "due": worked, "absences_as_presence": usual}[of]
        remote += held
        site += worked - held + (usual - worked if of == "absences_as_presence" else 0)
    found = {finding.rule for finding in decide(Request(day, part), facts, document).failing}
    counted = remote if key == "most" else site
    share = Fraction(counted * 100, whole)
    assert ("share" in found) == (share > percent if key == "most" else share < percent)


@settings(max_examples=80, deadline=None)
@given(
    booked=days_and_halves,
    absent=days_and_halves,
    day=st.sampled_from(WEEKDAYS),
    limit=st.integers(0, 12),
    per=st.sampled_from(["week", "month"]),
)
def test_a_minimum_on_site_is_what_a_recount_by_hand_finds(booked, absent, day, limit, per):
    facts = facts_of(booked, absent, ())
    if facts.workdays[day].available != 3 or facts.booked.get(day):
        return
    document = agreement(rule("minimum_on_site", f'from = 2020-01-01;limit = {limit};per = "{per}"'))
    site = sum(
        (workday.available & ~facts.booked.get(other, 0)).bit_count()
        for other, workday in facts.workdays.items()
        if in_same(other, day, per)
    )
    found = decide(Request(day), facts, document).failing
    assert bool(found) == (site - 2 < limit * 2)


def fixed(more: str = "", **facts):
    """The share that a text of 40 % allows in a week, where more is written and known."""
    document = agreement(
        rule("share", f'from = 2020-01-01;most = 40;of = "contractual";per = "week";{more}'), readings=EXACT
    )
    found = consult("share", {}, person(today=WEEKDAYS[0], **facts), document)
    return found.data["percent"], found.data["most"]


def test_a_team_or_a_person_may_have_a_share_of_their_own_within_the_bounds_of_the_text():
    own = (TraitFacts("own_share", date(2026, 1, 1), date(2026, 12, 31), number=Decimal(20)),)
    team = {"team_share": Decimal(60)}
    assert fixed() == ("40", "2")
    assert fixed('chosen = "team_share"') == ("40", "2")
    assert fixed('chosen = "team_share"', settings=team) == ("60", "3")
    assert fixed('chosen = "team_share";highest = 50', settings=team) == ("50", "2.5")
    assert fixed('chosen = "team_share";agreed = "own_share"', settings=team, traits=own) == ("20", "1")
    assert fixed('agreed = "own_share";lowest = 30', traits=own) == ("30", "1.5")


def test_the_bounds_of_a_share_are_in_order():
    with pytest.raises(AgreementError, match="lowest is above highest"):
        fixed("lowest = 60;highest = 50")
