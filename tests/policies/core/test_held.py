"""Every rule of the agreements shipped is held by a case: without the rule, some case is answered otherwise."""

from dataclasses import replace

import pytest

from policies.core.agreement import assemble
from policies.core.case_reading import load_cases
from policies.core.case_run import run_case
from policies.core.faults import AgreementError
from policies.core.lint import lint

from .given import AGREEMENTS, shipped

SLUGS = sorted(
    path.stem
    for path in AGREEMENTS.glob("*.toml")
    if not path.name.endswith(".cases.toml") and "[source]" in path.read_text(encoding="utf-8")
)
# These say what holds where a text has no such rule, so that nothing is answered otherwise without them.
SAID_ANYWAY = {"half_days", "past_day", "contract_in_force", "day_worked", "already_booked"}


def has_effect(clause) -> bool:
    """Is it judged, with a value that is known and not repealed?"""
    values = [value for value in clause.values if value.applies and value.known]
    return clause.is_applied and bool(values) and clause.kind not in SAID_ANYWAY


def without_rule(document, clause):
    """The document less one rule; with its source, which other readings are read from, where that still stands."""
    left = tuple(other for other in document.rules if other is not clause)
    written = sorted(other.line for other in document.rules).index(clause.line)
    raw = {**document.raw, "rules": [item for index, item in enumerate(document.raw["rules"]) if index != written]}
    try:
        return assemble(raw, document.text, document.name), True
    except AgreementError:
        return replace(document, rules=left, cache={}), False


@pytest.mark.parametrize("slug", SLUGS)
def test_without_a_rule_of_the_source_some_case_fails(slug):
    document = shipped(slug)
    cases = load_cases((AGREEMENTS / f"{slug}.cases.toml").read_text(encoding="utf-8"), name=slug)
    missed = []
    for clause in document.rules:
        if not clause.ids or not has_effect(clause):
            continue
        without, stands = without_rule(document, clause)
        if all(run_case(without, case).passed for case in cases if stands or not case.given["readings"]):
            missed.append((clause.kind, clause.name, clause.ids))
    assert not missed


def test_the_cases_name_every_rule_and_every_example_of_their_source():
    for slug in SLUGS:
        document = shipped(slug)
        cases = load_cases((AGREEMENTS / f"{slug}.cases.toml").read_text(encoding="utf-8"), name=slug)
        named = {number for case in cases for number in case.given["rules"]}
        kept = {number for clause in document.rules for number in clause.ids if not has_effect(clause)}
        assert set(document.source["rules"]) - named <= kept, slug
        assert {case.given["vector"] for case in cases} >= set(document.source["vectors"]), slug


@pytest.mark.parametrize("slug", SLUGS)
def test_no_reading_of_an_agreement_may_be_left_open(slug):
    """Each question that the source leaves open, for the whole document or for one rule, refuses while open."""
    document = shipped(slug)
    unanswered = {"choice": "open", "by": "ours"}
    rules = document.raw["rules"]
    opened = [
        {**document.raw, "readings": {**document.raw.get("readings", {}), name: unanswered}}
        for name in document.readings
    ] + [
        {
            **document.raw,
            "rules": [*rules[:index], {**rule, "readings": {**own, name: unanswered}}, *rules[index + 1 :]],
        }
        for index, rule in enumerate(rules)
        for own in [rule.get("readings", {})]
        for name in own
    ]
    assert opened
    for raw in opened:
        assert lint(assemble(raw, document.text, slug))
