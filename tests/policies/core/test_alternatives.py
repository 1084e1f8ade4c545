"""Three days a week on site or a share of the month: one rule stands for another, whatever their kinds."""

from datetime import date, timedelta

import pytest

from policies.core import Request, Verdict, decide
from policies.core.agreement import with_readings
from policies.core.lint import lint

from .given import READINGS, agreement, person, refusing, rule

MONDAY = date(2026, 6, 15)
SHARED = """
[readings.either_limit]
choice = "either"
by = "text"
[readings.share_rounding]
choice = "exact"
by = "text"
"""
BOTH = {"either_limit": {"choice": "both"}}
RULES = {
    "minimum": rule("minimum_on_site", 'from = 2020-01-01; limit = 3; or_else = ["share"]', extra='name = "minimum"'),
    "share": rule(
        "share",
        'from = 2020-01-01; least = 60; of = "scheduled"; per = "month"; or_else = ["minimum", "cap"]',
        extra='name = "share"',
    ),
    "cap": rule(
        "cap", 'from = 2020-01-01; limit = 1; unit = "day"; per = "week"; or_else = ["share"]', extra='name = "cap"'
    ),
}


def document(*names: str):
    return agreement(*(RULES[name] for name in names), readings=READINGS + SHARED)


def held(*days: int):
    """Somebody who has some days of June already."""
    return person(booked={date(2026, 6, day): 3 for day in days})


@pytest.fixture
def week():
    """Two days of the week of 15 June are remote: a third leaves two on site."""
    return held(16, 17)


def test_a_minimum_gives_way_to_a_share_that_is_met(week):
    text = document("minimum", "share", "cap")
    found = {finding.code: finding for finding in decide(Request(MONDAY), week, text).findings}
    assert found["minimum_on_site.instead"].data["other"] == "share"
    assert found["share.ok_least"].verdict is Verdict.ALLOWED
    assert refusing(week, with_readings(text, BOTH), MONDAY) == {"minimum_on_site.too_few", "cap.exceeded"}


def test_neither_has_room():
    taken = held(2, 3, 4, 9, 10, 11, 16, 17, 18)
    codes = refusing(taken, document("minimum", "share", "cap"), MONDAY)
    assert codes == {"minimum_on_site.too_few", "share.too_little", "cap.exceeded"}


def test_a_share_gives_way_to_a_minimum_or_to_a_cap():
    taken = held(2, 3, 4, 9, 10, 11, 23, 24)
    text = document("minimum", "share", "cap")
    assert refusing(taken, text, MONDAY) == set()
    assert refusing(taken, with_readings(text, BOTH), MONDAY) == {"share.too_little"}
    found = {f.code: f.data.get("other") for f in decide(Request(MONDAY), taken, text).findings}
    assert found["share.instead"] == "cap"


def test_a_cap_gives_way_to_a_share(week):
    text = document("minimum", "share", "cap")
    found = {f.code: f.data.get("other") for f in decide(Request(MONDAY), week, text).findings}
    assert found["cap.other_cap"] == "share"
    assert refusing(week, text, MONDAY + timedelta(days=3)) == set()


def test_a_rule_named_instead_must_be_there():
    faults = lint(agreement(RULES["minimum"], readings=READINGS + SHARED))
    assert ["share" in fault.message.en for fault in faults] == [True]
