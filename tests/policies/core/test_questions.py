"""Questions put to rules: whatever is asked, an answer or a silence, and never a crash."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from policies.core import Finding, NoValueInForce, TraitFacts, explain
from policies.core.durations import UNITS, Length
from policies.core.engine import consult
from policies.core.rules import RULES
from policies.core.schema import Param

from .given import agreement, person, rule
from .test_kinds import DOCUMENTS

DOCUMENT = DOCUMENTS["process"][0]
NAMES = {rule.kind: [c.name for c in DOCUMENT.clauses(rule.kind)] for rule in RULES if rule.consult}
ASKED = [rule for rule in RULES if rule.consult and NAMES[rule.kind]]
WORDS = ("", "employer", "carer", "sick_leave", "distance_km", "favourable", "no", "epidemic", "ES", "activity")
FACTS = person(
    today=date(2026, 3, 2),
    units=("hospital", "branch"),
    traits=(TraitFacts("medical", date(2026, 1, 5)),),
    job="judged",
)


def values_of(param: Param):
    """Values that the key of a question may hold."""
    if param.choices:
        return some.sampled_from(param.choices)
    kinds = {
        "date": some.dates(date(1900, 1, 1), date(2999, 12, 31)),
        "number": some.decimals(0, param.most, places=2),
        "whole": some.integers(param.least, min(param.most, 10_000)),
        "flag": some.booleans(),
        "string": some.sampled_from(WORDS),
        "words": some.sampled_from(WORDS),
        "codes": some.lists(some.sampled_from(WORDS), max_size=3).map(tuple),
        "length": some.builds(Length, some.integers(0, 12_000), some.sampled_from(UNITS)),
        "clock": some.times(),
        "moment": some.datetimes(datetime(1900, 1, 1), datetime(2999, 12, 31)),
        "dates": some.lists(some.dates(date(2020, 1, 1), date(2030, 1, 1)), max_size=4).map(tuple),
    }
    if param.type == "rows":
        return some.lists(table_of(param.fields), max_size=2).map(tuple)
    return kinds[param.type]


def table_of(fields):
    optional = {
        key: values_of(param) if param.required else some.one_of(some.just(param.default), values_of(param))
        for key, param in fields.items()
    }
    return some.fixed_dictionaries(optional)


@pytest.mark.parametrize("rule", ASKED, ids=lambda rule: rule.kind)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=some.data())
def test_every_question_is_answered_in_words_or_left_to_the_silence_of_the_text(rule, data):
    asked = data.draw(table_of(rule.asks))
    name = data.draw(some.sampled_from(NAMES[rule.kind]))
    on = data.draw(some.dates(date(2010, 1, 1), date(2150, 12, 31)))
    try:
        found = consult(rule.kind, asked, FACTS, DOCUMENT, name=name, day=on)
    except NoValueInForce:
        return
    assert isinstance(found, Finding)
    for lang in ("fr", "en"):
        assert "{" not in explain.whole(found, lang)
    assert all(isinstance(value, str | int | bool | list | Decimal | type(None)) for value in found.data.values())


def test_a_question_that_names_a_clause_of_one_form_needs_not_say_the_form():
    document = agreement(
        rule("cap", 'from = 2020-01-01;limit = 12;unit = "day";per = "month"', extra='name = "float"\nforms = ["f"]'),
        rule("cap", 'from = 2020-01-01;limit = 2;unit = "day";per = "month"', extra='name = "plain"'),
    )
    found = [consult("cap", {}, person(), document, name=name).data["limit"] for name in ("float", "plain")]
    assert found == ["12", "2"]
    with pytest.raises(NoValueInForce):
        consult("cap", {}, person(), document, name="float", form="g")
