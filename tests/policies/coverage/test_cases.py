"""The shared cases, and the slow program against the fast one on cases nobody has seen."""

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.coverage.__main__ import main
from policies.coverage.cases import answer, load
from tests.policies.coverage import oracle
from tests.policies.coverage.random_cases import random_case

FOLDER = Path(__file__).parents[2] / "cases" / "coverage"
SHARED = [case for name in ("worked", "cases") for case in json.loads((FOLDER / f"{name}.json").read_text())]
FIELDS = {"outcome", "moved_minutes", "failing", "gaps_before"}


def fast(case):
    return answer(load(json.dumps([case]))[0])


@pytest.mark.parametrize("case", SHARED, ids=lambda case: case["id"])
def test_a_shared_case_is_answered_exactly(case):
    assert set(case["expected"]) == FIELDS
    assert fast(case) == {"id": case["id"], **case["expected"]}


@pytest.mark.parametrize("case", SHARED[::8], ids=lambda case: case["id"])
def test_the_slow_program_answers_shared_cases_too(case):
    assert oracle.answer(case) == {"id": case["id"], **case["expected"]}


def test_the_command_prints_all_answers_in_order(capsys):
    assert main([str(FOLDER / "worked.json")]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in printed] == [f"w{number:02}" for number in range(1, 15)]
    assert all(set(one) == {"id", *FIELDS} for one in printed)


@settings(max_examples=60, deadline=None, database=None)
@given(seed=st.integers(0, 2**32))
def test_slow_and_fast_agree_on_any_case(seed):
    case = random_case(Random(seed))
    assert fast(case) == oracle.answer(case)


def test_random_cases_reach_every_outcome():
    outcomes = {fast(random_case(Random(seed)))["outcome"] for seed in range(80)}
    assert outcomes == {"allowed", "refused", "no_effect", "no_shift"}
