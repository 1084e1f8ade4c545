"""Requests asked again: the quick way answers as ``decide`` does upon a calendar copied for each of them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.core import ContractFacts, Facts, Part, PlaceFacts, RegimeFacts, Request, Verdict, Workday, decide
from policies.core.agreement import load
from policies.core.replay import Asked, Replay, standing, without

TODAY = date(2026, 1, 5)
DAYS = [date(2025, 6, 1) + timedelta(days=offset) for offset in range(760)]
WORKDAYS = {day: Workday(day, 3 if day.weekday() < 5 else 0, minutes=420) for day in DAYS}
SLUGS = ("ima-gie-2021", "exemple-deux-jours", "exemple-jours-separes")
TEXTS = {slug: Path(f"policies/agreements/{slug}.toml").read_text(encoding="utf-8") for slug in SLUGS}
AGREEMENTS = {slug: load(text, name=slug) for slug, text in TEXTS.items()}
# Few months and tight caps, so that most rules refuse now and then.
TIGHT = load(
    TEXTS["ima-gie-2021"].replace("limit = 100", "limit = 9").replace("[[rules]]", """[[rules]]
kind = "monthly_cap"
article = "3.3.1"
[[rules.values]]
from = 2022-01-01
limit = 4
unit = "day"

[[rules]]""", 1),
    name="tight",
)  # fmt: skip
ASKED = st.lists(
    st.tuples(st.integers(0, 80), st.sampled_from(Part), st.integers(0, 40)),
    min_size=1,
    max_size=40,
    unique_by=lambda a: a[0],
)


def _facts(**more) -> Facts:
    contract = ContractFacts(date(2020, 1, 1), None, Decimal(100), "permanent")
    place = PlaceFacts("home", date(2021, 1, 4), None, True, date(2099, 12, 31))
    plain = {"contracts": (contract,), "hired": date(2020, 1, 1), "job": "assistance", "autonomy": date(2021, 1, 4)}
    return Facts(TODAY, places=(place,), workdays=WORKDAYS, **plain | more)


def _asked(rows) -> list[Asked]:
    days = (TODAY + timedelta(days=offset) for offset, _part, _ahead in rows)
    return [
        Asked(Request(day, part), day - timedelta(days=ahead), key)
        for key, (day, (_offset, part, ahead)) in enumerate(zip(days, rows, strict=True))
    ]


@pytest.mark.parametrize("agreement", [*AGREEMENTS.values(), TIGHT], ids=lambda agreement: agreement.name)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=ASKED, off_quota=st.booleans())
def test_each_request_is_refused_as_decide_refuses_it(agreement, rows, off_quota):
    regimes = (RegimeFacts("", date(2026, 2, 1), date(2026, 2, 15), True),) if off_quota else ()
    facts = _facts(regimes=regimes, booked={date(2026, 1, 2): 1})
    replay = Replay(facts, agreement)
    for asked in _asked(rows):
        decision = decide(asked.request, replace(facts, today=asked.on), agreement)
        refused = replay.refused(asked)
        assert (refused is not None) == (decision.verdict is Verdict.REFUSED)
        if refused:
            assert refused.finding == decision.failing[0]
        else:
            replay.hold(asked.request)
            facts = facts.with_booking(asked.request.day, asked.request.part.halves)
    assert replay.facts.booked == facts.booked


def test_the_calendar_one_starts_from_is_left_alone():
    facts = _facts()
    list(Replay(facts, AGREEMENTS["ima-gie-2021"]).refusals(_asked([(10, Part.FULL, 20)])))
    assert facts.booked == {}


def test_days_thought_away_leave_what_else_is_held():
    facts = _facts(booked={TODAY: 3, DAYS[0]: 1}, pending={TODAY: 1}, forms={TODAY: "occasional"})
    left = without(facts, [Request(TODAY, Part.MORNING)])
    assert (left.booked, left.pending, left.forms) == ({TODAY: 2, DAYS[0]: 1}, {}, {})


def test_rules_are_held_against_the_past_as_they_stand_on_a_day():
    text = TEXTS["ima-gie-2021"].replace(
        "limit = 100\n", 'limit = 100\nunit = "day"\n[[rules.values]]\nfrom = 2027-01-01\nlimit = 60\n', 1
    )
    agreement = load(text)
    for day, due in ((date(2026, 6, 1), 100), (date(2027, 6, 1), 60)):
        stood = standing(agreement, day, date(2024, 1, 1))
        assert stood.value("yearly_cap", "limit", on=date(2024, 2, 1)) == due
        assert stood.is_in_force(date(2021, 1, 1)) and (agreement.in_force - stood.in_force).days % 364 == 0


def test_a_rule_that_has_ended_by_that_day_stays_silent():
    text = TEXTS["ima-gie-2021"].replace(
        "from = 2022-01-01\nlimit = 100", "from = 2022-01-01\nuntil = 2026-12-31\nlimit = 100", 1
    )
    stood = standing(load(text), date(2027, 6, 1), date(2026, 1, 1))
    refused = Replay(_facts(), stood).refused(Asked(Request(date(2026, 3, 3)), date(2026, 2, 2)))
    assert refused is not None and refused.finding is None
