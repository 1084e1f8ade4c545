"""Exceptional days off quota, and terms of one person: which rules they lift, and what is counted then."""

from datetime import date

import pytest

from policies.core import Request, Verdict, decide
from policies.core.engine import glance
from policies.core.entitlements import balance
from policies.core.facts import EffectFacts, Facts, Part, RegimeFacts
from tests.policies.core.given import agreement, person, rule

MONDAY, TUESDAY, NEXT_WEEK = date(2026, 6, 15), date(2026, 6, 16), date(2026, 6, 22)
CAPS = {
    "weekly_cap": rule("weekly_cap", 'from = 2020-01-01; limit = 1; unit = "day"'),
    "monthly_cap": rule("monthly_cap", 'from = 2020-01-01; limit = 1; unit = "day"'),
    "yearly_cap": rule("yearly_cap", 'from = 2020-01-01; limit = 1; unit = "day"'),
    "cap": rule("cap", 'from = 2020-01-01; limit = 1; unit = "day"; per = "week"'),
    "occasions": rule("cap", 'from = 2020-01-01; limit = 1; unit = "occasion"; per = "month"'),
}


def regime(first: date = MONDAY, last: date = TUESDAY, *, off_quota: bool = True, code: str = "") -> RegimeFacts:
    return RegimeFacts(code, first, last, off_quota)


def verdict(facts: Facts, day: date, document) -> Verdict:
    return decide(Request(day), facts, document).verdict


@pytest.mark.parametrize("cap", CAPS.values(), ids=CAPS)
def test_no_cap_refuses_an_exceptional_day(cap):
    document, full = agreement(cap), person(booked={date(2026, 6, 12): 3, MONDAY: 3})
    wednesday = date(2026, 6, 17)
    assert verdict(full, wednesday, document) is Verdict.REFUSED
    opened = person(booked=full.booked, regimes=(regime(wednesday, wednesday),))
    assert verdict(opened, wednesday, document) is not Verdict.REFUSED
    told = decide(Request(wednesday), opened, document).findings[-1]
    assert told.code == "exceptional_regime.lifted" and told.article == ""
    assert glance(opened, document, [wednesday], Part.FULL)[wednesday].verdict is not Verdict.REFUSED


@pytest.mark.parametrize("cap", CAPS.values(), ids=CAPS)
def test_exceptional_days_leave_the_room_of_every_cap(cap):
    document = agreement(cap)
    held = {MONDAY: 3, TUESDAY: 3}
    assert verdict(person(booked=held), date(2026, 6, 18), document) is Verdict.REFUSED
    assert verdict(person(booked=held, regimes=(regime(),)), date(2026, 6, 18), document) is not Verdict.REFUSED


def test_exceptional_days_are_not_in_the_balance():
    document = agreement(rule("yearly_cap", 'from = 2020-01-01; limit = 100; unit = "day"'))
    held = {MONDAY: 3, NEXT_WEEK: 3}
    assert balance(person(booked=held), document, MONDAY).left == 98
    assert balance(person(booked=held, regimes=(regime(),)), document, MONDAY).left == 99


def test_a_regime_that_counts_leaves_caps_as_they_are():
    facts = person(booked={MONDAY: 3}, regimes=(regime(off_quota=False),))
    assert verdict(facts, TUESDAY, agreement(CAPS["weekly_cap"])) is Verdict.REFUSED


def test_rules_that_count_nothing_hold_on_exceptional_days():
    document = agreement(rule("minimum_on_site", "from = 2020-01-01; limit = 5"), CAPS["weekly_cap"])
    assert verdict(person(regimes=(regime(),)), TUESDAY, document) is Verdict.REFUSED


def test_a_regime_under_no_clause_does_not_set_a_clause_to_work():
    strike = rule("exceptional_regime", 'from = 2020-01-01; lifts = ["all"]')
    document = agreement(CAPS["weekly_cap"], strike)
    held = {MONDAY: 3}
    assert verdict(person(booked=held, regimes=(regime(off_quota=False),)), TUESDAY, document) is Verdict.REFUSED
    named = person(booked=held, regimes=(regime(off_quota=False, code="strike"),))
    assert verdict(named, TUESDAY, document) is not Verdict.REFUSED


def test_own_terms_lift_and_replace_rules_for_their_dates_without_naming_an_article():
    document, held = agreement(CAPS["weekly_cap"]), {MONDAY: 3}
    for effect in (
        EffectFacts(TUESDAY, TUESDAY, lifts=("weekly_cap",)),
        EffectFacts(TUESDAY, TUESDAY, replace={"weekly_cap": {"limit": 2}}),
        EffectFacts(TUESDAY, TUESDAY, replace={"weekly_cap": {"limit": 2.5}}),
    ):
        facts = person(booked=held, effects=(effect,))
        assert verdict(facts, TUESDAY, document) is not Verdict.REFUSED
        assert verdict(facts, date(2026, 6, 17), document) is Verdict.REFUSED
        told = decide(Request(TUESDAY), facts, document).findings[-1]
        assert (told.code, told.article) == ("derogation.lifted", "")


@pytest.mark.parametrize(
    "replaced", [{"gone": {"limit": 2}}, {"weekly_cap": {"limit": "many"}}, {"weekly_cap": {"no": 1}}]
)
def test_values_that_the_agreement_no_longer_takes_leave_its_rules_alone(replaced):
    facts = person(booked={MONDAY: 3}, effects=(EffectFacts(MONDAY, TUESDAY, replace=replaced),))
    assert verdict(facts, TUESDAY, agreement(CAPS["weekly_cap"])) is Verdict.REFUSED
