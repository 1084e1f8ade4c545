"""What is remembered with a person's facts never changes an answer: the rules that are theirs, what is counted."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from policies.core import ContractFacts, Facts, Part, Request, decide, glance
from policies.core.agreement import load, with_readings
from policies.core.case_facts import asked_days, facts_of
from policies.core.case_reading import load_cases
from policies.core.facts import TraitFacts
from policies.core.faults import NoValueInForce

from .given import agreement, person, rule

TRIAL = Path(__file__).parents[2] / "cases" / "agreements"
AROUND = (-190, -95, -40, -8, -1, 0, 1, 3, 6, 7, 8, 13, 20, 28, 35, 61, 94, 130, 185, 260)
AGREEMENTS = {name: load((TRIAL / f"{name}.toml").read_text(encoding="utf-8")) for name in ("counting", "process")}
CASES = [
    pytest.param(name, case, id=f"{name}: {case.name}")
    for name in AGREEMENTS
    for case in load_cases((TRIAL / f"{name}.cases.toml").read_text(encoding="utf-8"))[::4]
]


def answer(request: Request, facts: Facts, document):
    try:
        return decide(request, facts, document)
    except NoValueInForce as silence:
        return str(silence.message)


@pytest.mark.parametrize("name, case", CASES)
def test_the_same_is_answered_whatever_was_asked_before(name, case):
    readings = case.given["readings"]
    document = with_readings(AGREEMENTS[name], readings) if readings else AGREEMENTS[name]
    facts = facts_of(case.given)
    asked = case.given["request"] or {"part": "full", "form": ""}
    days = [asked_days(case.given)[0] + timedelta(days=offset) for offset in AROUND]
    requests = [Request(day, Part(asked["part"]), form=asked["form"]) for day in days]
    glance(facts, document, days, Part.MORNING)
    for request in requests:
        assert answer(request, facts, document) == answer(request, replace(facts), document)


def cap(name: str, limit: int, per: str, only: str) -> str:
    """A cap on days of that name, only for some."""
    values = f'from = 2020-01-01; limit = {limit}; unit = "day"; per = "{per}"'
    return rule("cap", values, extra=f'name = "{name}"\n{only}')


DATED = agreement(
    cap("carers", 3, "week", 'population = { traits = ["carer"] }'),
    cap("others", 1, "week", 'population = { except_traits = ["carer"] }'),
    cap("large", 9, "month", "population = { unit_least = 50 }"),
    cap("settled", 8, "month", "population = { months_least = 6 }"),
    cap("occasional", 7, "month", 'forms = ["occasional"]'),
    cap("part_time", 6, "month", "population = { full_time = false }"),
)


def names(day: date, facts: Facts, form: str = "") -> set[str]:
    """The names of the caps that hold for a day."""
    return {finding.name for finding in decide(Request(day, form=form), facts, DATED).findings if finding.name}


def test_each_day_meets_the_rules_of_what_is_recorded_then():
    facts = person(
        hired=date(2026, 1, 15),
        contracts=(
            ContractFacts(date(2026, 1, 15), date(2026, 8, 31), Decimal(100), "permanent"),
            ContractFacts(date(2026, 9, 1), None, Decimal(80), "permanent"),
        ),
        traits=(TraitFacts("carer", date(2026, 7, 1), date(2026, 7, 10)),),
        unit_sizes=((date(2020, 1, 1), 20), (date(2026, 8, 1), 60)),
    )
    assert names(date(2026, 6, 30), facts) == {"others"}
    assert names(date(2026, 7, 1), facts) == {"carers"}
    assert names(date(2026, 7, 10), facts) == {"carers"}
    assert names(date(2026, 7, 13), facts) == {"others"}
    assert names(date(2026, 7, 14), facts) == {"others"}
    assert names(date(2026, 7, 15), facts) == {"others", "settled"}
    assert names(date(2026, 8, 3), facts) == {"others", "settled", "large"}
    assert names(date(2026, 9, 1), facts) == {"others", "settled", "large", "part_time"}
    assert names(date(2026, 9, 1), facts, "occasional") == {"others", "settled", "large", "part_time", "occasional"}
    assert names(date(2026, 8, 31), facts) == {"others", "settled", "large"}
