"""Every kind of rule in trial documents: the cases of ``tests/cases/agreements``, in words too."""

import re
from pathlib import Path

import pytest

from policies.core import Verdict, explain
from policies.core.agreement import load, with_readings
from policies.core.case_reading import load_cases
from policies.core.case_run import run_case
from policies.core.lint import lint
from policies.core.rules import BY_KIND, RULES

from .given import AGREEMENTS

TRIALS = Path(__file__).resolve().parents[2] / "cases" / "agreements"
FILES = sorted(path for path in TRIALS.glob("*.toml") if not path.name.endswith(".cases.toml"))
SHIPPED = sorted(path for path in AGREEMENTS.glob("*.toml") if not path.name.endswith(".cases.toml"))


def opened(path: Path):
    cases = path.with_name(path.name.removesuffix(".toml") + ".cases.toml")
    return load(path.read_text(encoding="utf-8"), name=path.stem), load_cases(cases.read_text(encoding="utf-8"))


DOCUMENTS = {path.stem: opened(path) for path in [*FILES, *SHIPPED]}
CASES = [(slug, case) for slug, (_, cases) in DOCUMENTS.items() for case in cases]
TRIED = [(path.stem, case) for path in FILES for case in DOCUMENTS[path.stem][1]]
# These only say what holds: they refuse nothing and answer no question here.
SILENT = {"continuity", "allowance_per_day"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_trial_document_has_no_fault(path):
    assert lint(DOCUMENTS[path.stem][0]) == ()


@pytest.mark.parametrize(("slug", "case"), TRIED, ids=[f"{slug}: {case.name}" for slug, case in TRIED])
def test_a_trial_case_is_answered_as_written(slug, case):
    assert run_case(DOCUMENTS[slug][0], case).differences == ()


@pytest.mark.parametrize(("slug", "case"), TRIED, ids=[f"{slug}: {case.name}" for slug, case in TRIED])
def test_every_answer_of_a_trial_is_said_in_both_languages_with_its_numbers(slug, case):
    for finding in run_case(DOCUMENTS[slug][0], case).findings:
        for lang in ("fr", "en"):
            said = explain.whole(finding, lang)
            assert said and not re.search(r"[{}]|None|\b\w+\.\w+_\w+\b", said), said


def kind_of(slug: str, rule: str) -> str:
    if rule in BY_KIND:
        return rule
    return next(clause.kind for clause in DOCUMENTS[slug][0].rules if clause.name == rule)


def met(slug: str, case) -> set[str]:
    """The kinds that a case is about: the rule it names, the question it puts, what is lifted, the lower text."""
    expect, given = case.expect, case.given
    kinds = {kind_of(slug, expect["rule"])} if expect["rule"] else set()
    kinds |= {given["ask"]["kind"]} if given["ask"] else set()
    if expect["lifted"]:
        kinds |= {finding.rule for finding in run_case(DOCUMENTS[slug][0], case).findings if "lifted" in finding.data}
    return kinds | ({"bound"} if given["policy"] else set())


def test_every_kind_of_rule_has_a_case_of_its_own():
    seen = {kind for slug, case in CASES for kind in met(slug, case)}
    assert {rule.kind for rule in RULES} - seen - SILENT - {"manager_approval"} == set()


def refused_alone():
    for slug, case in TRIED:
        rule = case.expect["rule"]
        if case.given["request"] and case.expect["verdict"] == "refused" and rule:
            yield slug, case, kind_of(slug, rule)


def test_a_request_that_one_kind_refuses_is_possible_without_that_kind():
    for slug, case, kind in refused_alone():
        document = DOCUMENTS[slug][0]
        if case.given["readings"]:
            document = with_readings(document, case.given["readings"])
        kept = tuple(clause for clause in document.rules if clause.kind != kind)
        fields = {name: getattr(document, name) for name in document.__slots__ if name not in ("cache", "rules")}
        without = type(document)(**fields, rules=kept)
        given = {**case.given, "readings": {}}
        decisions = run_case(without, type(case)(case.name, case.line, given)).decisions
        assert all(decision.verdict is not Verdict.REFUSED for decision in decisions), (slug, case.name)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.asked], ids=lambda rule: rule.kind)
def test_the_question_shown_in_the_reference_can_be_read(rule):
    shown = rule.asked if rule.asked.startswith("ask") else f"[cases.ask]\n{rule.asked}"
    [case] = load_cases(f'[[cases]]\nname = "shown"\ntoday = 2026-03-02\n{shown}\n')
    assert case.given["ask"]["kind"] == rule.kind


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.tells], ids=lambda rule: rule.kind)
def test_the_reference_names_every_number_that_an_answer_tells(rule):
    told = {
        key
        for slug, case in CASES
        for finding in run_case(DOCUMENTS[slug][0], case).findings
        for key in finding.data
        if finding.rule == rule.kind and not key.endswith(("_fr", "_en"))
    }
    said = {field for text in rule.sentences.values() for field in re.findall(r"\{(\w+)", text.en)}
    counted = {"requests", "refusals", "lifted", "force"}  # named by the case or by the clause itself
    assert told - said - counted <= set(rule.tells)
