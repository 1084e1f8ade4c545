"""Whatever is written in a document or a case is read or refused with sentences; nothing crashes and nothing hangs."""

from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.core import Request, consult, decide, glance
from policies.core.agreement import AgreementError, assemble, load, parse
from policies.core.case_reading import assemble_cases
from policies.core.cases import load_cases, run_case, run_cases
from policies.core.checking import check
from policies.core.facts import Part
from policies.core.faults import NoValueInForce
from policies.core.rules import BY_KIND
from policies.core.rules.bounds import BOUND

from .given import AGREEMENTS, HEAD, READINGS, person
from .test_reference import START, START_CASES, WORKED, WORKED_CASES

TRIALS = Path(__file__).resolve().parents[2] / "cases" / "agreements"
PAIRS = [
    path for path in sorted(TRIALS.glob("*.cases.toml")) if path.with_name(path.name.replace(".cases", "")).exists()
]
TEXTS = [(START, START_CASES), (WORKED, WORKED_CASES)] + [
    (path.with_name(path.name.replace(".cases", "")).read_text(encoding="utf-8"), path.read_text(encoding="utf-8"))
    for path in PAIRS
]
VALUES = st.one_of(
    st.none(),
    st.integers(),
    st.booleans(),
    st.text(max_size=5),
    st.decimals(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.lists(st.one_of(st.integers(), st.text(max_size=3), st.dictionaries(st.text(max_size=3), st.integers()))),
    st.dictionaries(st.sampled_from(["n", "unit", "code", "from", "limit", "kind", "day"]), st.integers(), max_size=2),
)


def places(value):
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from places(value[key])


@cache
def parsed(index: int):
    text, cases = TEXTS[index]
    return parse(text), parse(cases, longest=8_000_000)


def spoilt(data, raw):
    """A copy in which one value, anywhere, has become another, or its key is gone."""
    raw = deepcopy(raw)
    table, key = data.draw(st.sampled_from(list(places(raw))))
    if data.draw(st.booleans()) and isinstance(table, dict):
        del table[key]
    else:
        table[key] = data.draw(VALUES)
    return raw


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_any_value_at_any_key_of_a_document_is_read_or_refused(data):
    index = data.draw(st.integers(0, len(TEXTS) - 1))
    try:
        document = assemble(spoilt(data, parsed(index)[0]), TEXTS[index][0], "x")
    except AgreementError as error:
        assert all(fault.sentence("x", lang) for fault in error.faults for lang in ("fr", "en"))
        return
    found = check(document, load_cases(TEXTS[index][1])[:12])
    assert all(fault.sentence("x", "fr") for fault in (*found.faults, *found.case_faults, *found.warnings))
    glance(person(), document, [date(2026, 6, 19) + timedelta(days=offset) for offset in range(9)], Part.FULL)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_any_value_at_any_key_of_a_case_is_read_or_refused(data):
    index = data.draw(st.integers(0, len(TEXTS) - 1))
    document = load(TEXTS[index][0])
    raw = parsed(index)[1]
    one = {**raw, "cases": [data.draw(st.sampled_from(raw["cases"]))]}
    try:
        cases = assemble_cases(spoilt(data, one), TEXTS[index][1], "x")
    except AgreementError as error:
        assert all(fault.sentence("x", lang) for fault in error.faults for lang in ("fr", "en"))
        return
    for case in cases:
        assert all(difference.lang("fr") for difference in run_case(document, case).differences)


@pytest.mark.parametrize("kind", sorted(BY_KIND))
def test_a_kind_without_any_value_is_refused_or_read(kind):
    try:
        load(f'{HEAD}{READINGS}[[rules]]\nkind = "{kind}"\narticle = "1"\n[[rules.values]]\nfrom = 2020-01-01\n')
    except AgreementError as error:
        assert all("line" in sentence for sentence in error.sentences())


def test_the_largest_texts_are_read_at_once():
    """Half a megabyte of document and ten thousand cases, in processor seconds of one slow core."""
    articles = "".join(
        f'\n[articles."x{n}"]\ntitle = "Article {n}"\ntext = "{"mot " * 40}"\nsource = "text"\n' for n in range(2300)
    )
    promises = "".join(
        f'\n[[rules]]\nkind = "undertaking"\nname = "u{n}"\narticle = "x{n}"\n[[rules.values]]\nfrom = 2026-01-01\n'
        f'subject = "s{n}"\n'
        for n in range(470)
    )
    text = WORKED + articles + promises
    assert len(text) > 500_000
    cases = "[defaults]\ntoday = 2026-06-09\n" + "".join(
        f'[[cases]]\nname = "c{n}"\nused = {{ week = 1, month = 3 }}\nrequest = {{ day = 2026-06-{15 + n % 9} }}\n'
        for n in range(10_000)
    )
    start = process_time()
    document = load(text)
    assert process_time() - start < 5
    start = process_time()
    read = load_cases(cases)
    assert process_time() - start < 20
    start = process_time()
    outcomes = run_cases(document, read[:2000])
    assert process_time() - start < 10
    assert len(outcomes) == 2000


def test_a_decision_binds_the_rules_of_a_day_once_and_looks_at_no_absent_kind():
    document = load((AGREEMENTS / "ima-gie-2021.toml").read_text(encoding="utf-8"))
    decide(Request(date(2026, 6, 19)), person(), document)
    spans = {key: value for key, value in document.cache.items() if isinstance(key, int)}
    [span] = spans.values()
    decide(Request(date(2026, 6, 18)), person(), document)
    assert document.cache[next(iter(spans))] is span
    kinds = {bound.kind for bound in span.rules}
    assert kinds <= {rule["kind"] for rule in document.raw["rules"]} | {k for k, r in BY_KIND.items() if r.always}


def test_a_question_to_a_rule_that_answers_none_is_a_fault_of_the_case():
    case = '[[cases]]\nname = "a"\ntoday = 2026-06-09\nask = { kind = "weekly_cap" }\n'
    with pytest.raises(AgreementError, match=r"line 4, cases\[1\]\.ask\.kind"):
        load_cases(case)
    with pytest.raises(NoValueInForce):
        consult(BOUND.kind, {"value": 1}, person(), load(START))
