"""docs/agreements.md: its examples work, its messages are the real ones, and its reference is that of the code."""

import re
from pathlib import Path

import pytest

from policies.core.agreement import AgreementError, load
from policies.core.cases import load_cases
from policies.core.checking import check
from policies.core.reference import CONDITIONS, chapters, reference
from policies.core.rules import BY_KIND, RULES
from policies.core.samples import ask_of, sample

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "agreements.md").read_text(encoding="utf-8")
BY_HAND = GUIDE.split("<!-- reference:")[0]


def blocks(heading: str) -> list[str]:
    """The TOML of one part of the page."""
    part = BY_HAND.split(f"## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"```toml\n(.*?)```", part, re.DOTALL)


START, START_CASES = blocks("One page to start")
FOR_SOME, SOMETIMES, OWN_READING = blocks("How it reads")
WORKED, WORKED_CASES = blocks("A worked example")


def said_of(text: str, cases: str) -> str:
    """Every fault that the checker tells of a text and its cases."""
    try:
        found = check(load(text), load_cases(cases))
    except AgreementError as error:
        return str(error)
    return "\n".join(fault.sentence() for fault in (*found.faults, *found.case_faults))


def test_the_page_to_start_with_is_a_whole_agreement_and_its_cases_pass():
    assert said_of(START, START_CASES) == ""


def test_the_worked_example_is_sound_and_the_law_finds_nothing_missing():
    found = check(load(WORKED), load_cases(WORKED_CASES))
    assert [fault.sentence() for fault in (*found.faults, *found.case_faults, *found.remarks)] == []


def test_the_worked_example_shows_every_rule_of_its_text():
    shown = {number for case in load_cases(WORKED_CASES) for number in case.given["rules"]}
    assert shown == set(load(WORKED).source["rules"])


def test_a_rule_for_some_people_and_a_reading_of_its_own_can_be_added_to_the_first_page():
    apart = START.replace('article = "1"\n', 'article = "1"\npopulation = { except_statuses = ["apprentice"] }\n', 1)
    assert said_of(apart + FOR_SOME, START_CASES) == ""
    assert said_of(START + SOMETIMES, START_CASES) == ""
    own = re.sub(r'\[\[rules\]\]\nkind = "notice".*?(?=\n# )', OWN_READING, START, flags=re.DOTALL)
    assert own != START
    assert said_of(own, "") == ""


TWICE = '[[rules]]\nkind = "weekly_cap"\narticle = "1"\n[[rules.values]]\nfrom = 2026-01-01\nlimit = 2\nunit = "day"\n#'
FORMULAS = (
    '[[rules]]\nkind = "formula_choice"\narticle = "1"\n[[rules.values]]\nfrom = 2026-01-01\noptions = ["fixed"]\n#'
)
CASE_MISTAKES = ("find no room", "“dew”", "does not say")
MISTAKES = {
    "“limt” is not known": (START, ("limit = 2", "limt = 2")),
    "“summer_days” is no kind of rule.": (START, ('kind = "weekly_cap"', 'kind = "summer_days"')),
    "This key stands above": (START, ("limit = 3", 'when = { weekdays = ["friday"] }\nlimit = 3')),
    "This key is dated": (START, ('kind = "notice"', 'kind = "notice"\nlimit = 3')),
    "“season” is not known.": (START, ('kind = "notice"', 'kind = "notice"\nseason = "summer"')),
    "a date without quotes": (START, ("from = 2026-01-01", 'from = "2026-01-01"')),
    "is missing: days or half-days": (START, ('limit = 2\nunit = "day"', "limit = 2")),
    "“weekly_cap” contradicts": (START, ("# What the text", TWICE)),
    "no value in force": (START, ("from = 2026-01-01", "from = 2026-02-01")),
    "Open reading": (START, ('choice = "up"\nstep = "half_day"\nof = "total"', 'choice = "open"')),
    "“9” is not known": (START, ('article = "2"', 'article = "9"')),
    "expected allowed, got refused": (START, ("limit = 60", "limit = 50")),
    "“cap” contradicts": (WORKED, ("population = { rate_below = 80 }", "")),
    "“weekley”": (WORKED, ("replace = { weekly", "replace = { weekley")),
    "Rule R4 of the source": (WORKED, ('rules = ["1",', 'rules = ["R4", "1",')),
    "find no room": (WORKED_CASES, ("used = { week = 2 }", "used = { week = 6 }")),
    "“dew”": (WORKED_CASES, ("due = 50", "dew = 50")),
    "No formula has been chosen.": (START, ("# What the text", FORMULAS)),
    "does not say “readings": (WORKED, ('[readings.year_start]\nchoice = "civil"\nby = "ours"', "")),
}
QUOTED = re.findall(r"^\| `(.*?)`(?: under .*?)? \|", BY_HAND.split("## Frequent mistakes")[1], re.MULTILINE)


@pytest.mark.parametrize("quoted", QUOTED)
def test_a_frequent_mistake_is_told_as_the_page_quotes_it(quoted):
    [(text, mistake)] = [made for words, made in MISTAKES.items() if words in quoted]
    assert mistake[0] in text
    wrong = text.replace(*mistake, 1)
    cases = START_CASES if text is START else wrong if text is WORKED_CASES else WORKED_CASES
    said = said_of(WORKED if text is WORKED_CASES else wrong, cases)
    assert all(piece in re.sub(r"rules\[\d+\] \(line \d+\)", "…", said) for piece in _pieces(quoted))


def _pieces(quoted: str) -> list[str]:
    return [piece for piece in re.sub(r"rules\[\d+\] \(line \d+\)", "…", quoted).split("…") if piece.strip()]


def test_every_mistake_of_the_page_is_tried_here():
    assert len(QUOTED) == len(MISTAKES)


def test_the_table_of_clauses_names_every_kind_and_no_other():
    part = BY_HAND.split("## The clause you have")[1].split("\n## ")[0]
    cells = [line.split("|")[2] for line in part.splitlines() if line.startswith("| ") and line.count("|") > 3]
    assert set(re.findall(r"`([a-z_]+)`", " ".join(cells))) == set(BY_KIND)


def test_the_reference_is_the_one_the_code_writes():
    assert GUIDE.endswith(reference()), "run: python -m policies.core reference --write docs/agreements.md"


def test_every_kind_has_its_chapter():
    assert [title for title, rules in chapters() if title == "More"] == []


def test_no_reading_is_asked_under_a_condition_that_the_page_cannot_tell():
    asked = {
        (rule.kind, wanted[1]) for rule in RULES for wanted in rule.readings if not isinstance(wanted, str)
    }  # fmt: skip
    assert {key for kind, key in asked if key not in CONDITIONS and key not in BY_KIND[kind].params} == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
def test_the_example_of_every_kind_can_be_read(rule):
    [clause] = load(sample(rule)).rules
    assert clause.kind == rule.kind


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.consult], ids=lambda rule: rule.kind)
def test_every_question_has_an_example(rule):
    assert ask_of(rule), "write asked = 'ask = { kind = …, … }'"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
def test_every_key_of_every_kind_is_explained_in_both_languages(rule):
    for params in (rule.params, rule.asks):
        for key, param in params.items():
            assert param.about, key
            assert param.about.fr, key
