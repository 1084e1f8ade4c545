"""docs/agreements.md: its examples work, its messages are the real ones, and its reference is that of the code."""

import re
from pathlib import Path

import pytest

from policies.core.agreement import AgreementError, load
from policies.core.cases import load_cases, run_cases
from policies.core.lint import lint
from policies.core.reference import reference
from policies.core.rules import RULES

from .given import HEAD, READINGS

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "agreements.md").read_text(encoding="utf-8")
EXAMPLE, CASES, FOR_SOME = re.findall(r"```toml\n(.*?)```", GUIDE.split("## Frequent mistakes")[0], re.DOTALL)


def said_of(text: str) -> str:
    """Everything the checker says of a text."""
    try:
        agreement = load(text)
    except AgreementError as error:
        return str(error)
    faults = [fault.sentence() for fault in lint(agreement)]
    outcomes = run_cases(agreement, load_cases(CASES))
    return "\n".join(faults + [str(difference) for outcome in outcomes for difference in outcome.differences])


def test_the_page_to_start_with_is_a_whole_agreement_and_its_cases_pass():
    assert said_of(EXAMPLE) == ""


def test_the_rule_for_some_people_can_be_added_to_it():
    apart = EXAMPLE.replace('article = "1"\n', 'article = "1"\npopulation = { except_statuses = ["apprentice"] }\n', 1)
    assert said_of(apart + FOR_SOME) == ""


TWICE = '[[rules]]\nkind = "weekly_cap"\narticle = "1"\n[[rules.values]]\nfrom = 2026-01-01\nlimit = 2\nunit = "day"\n#'
MISTAKES = [
    ("limit = 2", "limt = 2"),
    ("from = 2026-01-01", 'from = "2026-01-01"'),
    ('limit = 2\nunit = "day"', "limit = 2"),
    ("# What the text", TWICE),
    ("from = 2026-01-01", "from = 2026-02-01"),
    ('choice = "up"\nstep = "half_day"\nof = "total"', 'choice = "open"'),
    ('article = "2"', 'article = "9"'),
    ("limit = 60", "limit = 50"),
]
QUOTED = re.findall(r"^\| `(.*?)` \|", GUIDE.split("## Every kind")[0], re.MULTILINE)


@pytest.mark.parametrize(("mistake", "quoted"), list(zip(MISTAKES, QUOTED, strict=True)))
def test_a_frequent_mistake_is_told_as_the_page_quotes_it(mistake, quoted):
    assert quoted in said_of(EXAMPLE.replace(*mistake, 1))


def test_the_reference_is_the_one_the_code_writes():
    assert GUIDE.endswith(reference()), "run: python -m policies.core reference, and put it at the end of the guide"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
def test_the_example_of_every_kind_can_be_read(rule):
    example = re.sub(r'article = "[^"]*"', 'article = "1"', rule.example)
    [clause] = load(HEAD.replace("2020", "2026") + READINGS + "[[rules]]\n" + example).rules
    assert clause.kind == rule.kind
