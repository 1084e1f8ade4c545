"""What an agreement looks at beyond the plain facts, found from its clauses and held against the code of the rules."""

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

from policies.core.agreement import load
from policies.core.needs import NOTHING, OF_KIND, Quota, forms_of, needs_of, needs_of_all
from policies.core.rules import RULES
from policies.core.samples import TODAY, sample
from tests.policies.core.given import AGREEMENTS

# The attribute or method of Facts that reads each fact.
READ_BY = {
    "traits": {"traits", "trait", "has", "formula"},
    "regimes": {"regimes", "regime"},
    "units": {"units"},
    "unit_sizes": {"unit_sizes", "unit_size"},
    "collective": {"collective"},
    "team_days": {"team_days"},
    "elsewhere": {"elsewhere"},
    "absence_codes": {"absence_codes"},
    "away": {"away"},
    "in_post_since": {"in_post_since"},
}


@cache
def read_in(module: str) -> set[str]:
    """Names of facts that a module reads anywhere."""
    tree = ast.parse(Path(sys.modules[module].__file__).read_text(encoding="utf-8"))
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _is_facts(node.value)}


def _is_facts(node: ast.AST) -> bool:
    return (isinstance(node, ast.Attribute) and node.attr == "facts") or (
        isinstance(node, ast.Name) and node.id == "facts"
    )


def rules_reading(fact: str) -> list[str]:
    return [
        rule.kind for rule in RULES
        for function in (rule.judge or rule.consult,)
        if function and read_in(function.__module__) & READ_BY[fact]
    ]  # fmt: skip


@pytest.mark.parametrize("fact", READ_BY)
def test_every_fact_that_a_module_of_rules_reads_is_asked_for_by_one_of_its_kinds(fact):
    reading = set(rules_reading(fact))
    for module in {_module(rule) for rule in RULES if rule.kind in reading}:
        kinds = {rule.kind for rule in RULES if _module(rule) == module}
        needed = [kind for kind in kinds if fact in OF_KIND.get(kind, ()) or fact in _by_values(kind)]
        assert needed, f"{module} reads {fact} of {sorted(kinds)}, and none of these asks for it"


def _module(rule) -> str:
    function = rule.judge or rule.consult
    return function.__module__ if function else ""


def _by_values(kind: str) -> frozenset[str]:
    """What a kind asks for through its keys: caps ask for traits only where a number is agreed with the person."""
    return frozenset({"traits"}) if kind == "cap" else frozenset()


def test_an_agreement_of_plain_caps_needs_nothing_more():
    text = (AGREEMENTS / "ima-gie-2021.toml").read_text(encoding="utf-8")
    assert needs_of(load(text)).quotas == ()
    assert "team_days" not in needs_of(load(text))


@pytest.mark.parametrize(
    ("keys", "fact"),
    [
        ('population = { traits = ["carer"] }', "traits"),
        ('population = { unit_least = 5 }', "unit_sizes"),
        ('population = { units = ["branch"] }', "units"),
        ('forms = ["occasional"]', "forms"),
    ],
)  # fmt: skip
def test_populations_and_forms_ask_for_what_they_compare(keys, fact):
    text = sample(next(rule for rule in RULES if rule.kind == "weekly_cap"))
    assert fact not in needs_of(load(text))
    assert fact in needs_of(load(text.replace('kind = "weekly_cap"', f'kind = "weekly_cap"\n{keys}')))


def test_quotas_say_whom_they_count():
    quota = load(sample(next(rule for rule in RULES if rule.kind == "collective_quota")))
    assert needs_of(quota).quotas == (Quota("two_days", "", ("disabled",)),)
    assert needs_of_all([]) == NOTHING
    assert needs_of_all([quota, quota]) == needs_of(quota)


def test_a_quota_that_was_repealed_counts_nobody_more():
    text = sample(next(rule for rule in RULES if rule.kind == "collective_quota"))
    repealed = load(text + "\n[[rules.values]]\nfrom = 2030-01-01\napplies = false\n")
    assert needs_of(repealed).quotas == needs_of(load(text)).quotas


def test_forms_that_clauses_in_force_name_are_offered_and_the_ordinary_one_is_not():
    text = sample(next(rule for rule in RULES if rule.kind == "weekly_cap"))
    named = load(text.replace('kind = "weekly_cap"', 'kind = "weekly_cap"\nforms = ["ordinary", "occasional"]'))
    assert forms_of(named, TODAY) == ("occasional",)
    assert forms_of(load(text), TODAY) == ()
    assert forms_of(named, TODAY.replace(year=2001)) == ()
