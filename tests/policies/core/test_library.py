"""The library of agreements shipped: each is sound in both languages, and nothing of its source is left out."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from time import process_time

import pytest

from policies.core import Part, Request, Verdict, decide, glance
from policies.core.__main__ import main, mapped, open_agreement
from policies.core.agreement import load, with_readings
from policies.core.cases import run_case
from policies.core.checking import check
from policies.core.explain import remedy, sentence, title, whole
from policies.core.rules import BY_KIND

from .given import AGREEMENTS, person

DOCUMENTS = sorted(path for path in AGREEMENTS.glob("*.toml") if not path.name.endswith(".cases.toml"))
SOURCED = [path for path in DOCUMENTS if "[source]" in path.read_text(encoding="utf-8")]
MAP = Path(__file__).parents[3] / "docs" / "agreements-map.md"
LANGUAGES = ("fr", "en")

each = pytest.mark.parametrize("path", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
each_sourced = pytest.mark.parametrize("path", SOURCED, ids=[path.stem for path in SOURCED])


@cache
def opened(path: Path):
    return open_agreement(path)


def settings_of(agreement):
    """What the agreement leaves to the team to fix."""
    values = [value.params for clause in agreement.rules for value in clause.values]
    return {params[key] for params in values for key in ("chosen", "setting") if params.get(key)}


@each
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_agreement_shipped_passes_its_check_in_both_languages(path, lang, capsys):
    assert main(["check", str(path), "--lang", lang]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert re.search(r"\d+ cas réussis" if lang == "fr" else r"\d+ cases passed", said.out)


@each
def test_what_the_check_says_of_an_agreement_shipped_can_be_filled_in_both_languages(path):
    found = check(*opened(path))
    for fault in (*found.warnings, *found.remarks):
        for lang in LANGUAGES:
            assert not re.search(r"[{}]", fault.sentence(path.name, lang))


@each
def test_every_answer_to_a_case_can_be_said_in_both_languages(path):
    """No code, no placeholder and no empty gap is left in any sentence: the words of a document have labels."""
    agreement, cases = opened(path)
    for case in cases:
        for finding in run_case(agreement, case).findings:
            for lang in LANGUAGES:
                assert sentence(finding, lang), finding
                for text in (whole(finding, lang), remedy(finding, lang), title(finding, lang)):
                    assert not re.search(r"[{}]|  | \.$|\w_\w", text), (case.name, text)


def named_and_below(agreement, named: str) -> set[str]:
    """A rule, and where it is an envelope on top of others these too: without it they would refuse in its place."""
    values = [value for clause in agreement.rules if named in (clause.kind, clause.name) for value in clause.values]
    return {named, *(below for value in values for below in value.params.get("on_top_of", ()))}


@each
def test_what_one_rule_refuses_is_possible_once_that_rule_is_gone(path):
    """The refusal comes from the rule that the case names and from nothing else."""
    agreement, cases = opened(path)
    for case in cases:
        named = case.expect["rule"]
        if case.expect["verdict"] != "refused" or not named or not case.given["request"]:
            continue
        document = with_readings(agreement, case.given["readings"]) if case.given["readings"] else agreement
        gone = named_and_below(document, named)
        kept = tuple(clause for clause in document.rules if gone.isdisjoint((clause.kind, clause.name)))
        if len(kept) == len(document.rules) or (named in BY_KIND and BY_KIND[named].always):
            continue  # what a telework day is holds without being written
        without = replace(document, rules=kept, cache={})
        outcome = run_case(without, replace(case, given={**case.given, "readings": {}}))
        assert outcome.decisions, case.name
        assert all(decision.verdict is not Verdict.REFUSED for decision in outcome.decisions), case.name


@each
def test_an_agreement_shipped_is_read_in_a_blink(path):
    text = path.read_text(encoding="utf-8")
    started = process_time()
    load(text, name=path.name)
    assert process_time() - started < 0.25


@each
def test_the_greying_of_an_agreement_shipped_agrees_with_its_decision(path):
    agreement, _ = opened(path)
    first = max(agreement.in_force, date(2026, 6, 1))
    booked = {first + timedelta(days=8): 3, first + timedelta(days=9): 1}
    facts = person(booked=booked, settings=dict.fromkeys(settings_of(agreement), Decimal(2)))
    days = [first + timedelta(days=offset) for offset in range(60)]
    for day, glanced in glance(facts, agreement, days, Part.FULL).items():
        decision = decide(Request(day), facts, agreement)
        assert glanced.verdict is decision.verdict, day


@each_sourced
def test_every_number_of_the_source_is_rendered_and_shown(path):
    """The numbers of the source run on without a hole, each rule has a clause, each example a case."""
    agreement, cases = opened(path)
    rules, vectors = agreement.source["rules"], agreement.source["vectors"]
    assert list(rules) == [f"R{number}" for number in range(1, len(rules) + 1)]
    assert list(vectors) == [f"V{number}" for number in range(1, len(vectors) + 1)]
    assert set(rules) == {number for clause in agreement.rules for number in clause.ids}
    assert set(vectors) == {case.given["vector"] for case in cases} - {""}


@each_sourced
def test_every_clause_of_a_source_says_what_it_renders_and_where_it_was_read(path):
    agreement, _ = opened(path)
    assert agreement.sources
    assert all(source["url"].startswith("http") for source in agreement.sources)
    assert {article.source for article in agreement.articles.values()} <= {"text", "summary", "headings"}


def test_what_each_document_says_stands_in_both_languages():
    """The words of the texts are bilingual, typographic, and our own choices say so."""
    for path in DOCUMENTS:
        agreement, cases = opened(path)
        for article in agreement.articles.values():
            assert bool(article.title.fr) is bool(article.title.en), path.name
            assert not re.search(r" [;:!?»]|'", article.text.fr), (path.name, article.number)
        assert all(case.name.strip() == case.name for case in cases)


def test_the_map_in_the_docs_is_the_one_the_command_writes(tmp_path):
    written = tmp_path / "map.md"
    assert main(["map", "--write", str(written), *map(str, DOCUMENTS)]) == 0
    assert written.read_text(encoding="utf-8") == mapped(DOCUMENTS)
    assert MAP.read_text(encoding="utf-8") == mapped(DOCUMENTS), "python -m policies.core map --write …"
    assert "**none**" not in MAP.read_text(encoding="utf-8")


def test_the_map_prints_in_both_languages(capsys):
    assert main(["map", str(SOURCED[0]), "--lang", "fr"]) == 0
    assert "| exemple | règles | cas |" in capsys.readouterr().out
    assert main(["map", str(SOURCED[0])]) == 0
    assert "| example | rules | cases |" in capsys.readouterr().out
